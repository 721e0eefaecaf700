"""One include per app, and the pages on the portal itself."""

from django.urls import URLResolver, include, path, register_converter
from django.urls.resolvers import RoutePattern
from django.views.decorators.http import require_safe

from strongcities import views
from strongcities.editing.preview import link_view
from strongcities.pictures.names import PictureNameConverter

register_converter(PictureNameConverter, "picture")


class LateResolver(URLResolver):
    """Imports the addresses of a namespace once one of them is asked for, or linked to."""

    def _populate(self):
        """Nothing: for a link to any page Django would look through these too."""


admin = LateResolver(RoutePattern("admin/"), "strongcities.editing.urls", None, "admin", "admin")

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("", include("members.urls")),
    path("", include("journeys.urls")),
    path("preview/<str:token>/", require_safe(link_view), name="preview"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("pictures/<picture:name>", views.picture),
    path("admin/account/", include("strongcities.staff.urls")),
    admin,
]
handler404 = "strongcities.views.page_not_found"
handler500 = "strongcities.views.server_error"
