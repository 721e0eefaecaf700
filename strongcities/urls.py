"""One include per app, and the pages that draw on both."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from strongcities import views

admin.site.site_header = _("Strong Cities Member Journeys")
admin.site.site_title = _("Member Journeys")
admin.site.index_title = _("Write and correct journeys")

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("", include("members.urls")),
    path("", include("journeys.urls")),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^pictures/(?P<name>\d{4}/\d{2}/[0-9a-f]{32}\.webp)$", views.picture),
    path("admin/", admin.site.urls),
]
handler404 = "strongcities.views.page_not_found"
handler500 = "strongcities.views.server_error"
