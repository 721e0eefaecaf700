"""One include per app, and the pages that draw on both."""

from django.contrib import admin
from django.urls import include, path, register_converter
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from strongcities import views
from strongcities.editing.preview import link_view
from strongcities.pictures.names import PictureNameConverter

register_converter(PictureNameConverter, "picture")

admin.site.site_header = _("Strong Cities Member Journeys")
admin.site.site_title = _("Member Journeys")
admin.site.index_title = _("Write and correct journeys")

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
    path("admin/", admin.site.urls),
]
handler404 = "strongcities.views.page_not_found"
handler500 = "strongcities.views.server_error"
