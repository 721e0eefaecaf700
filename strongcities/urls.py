"""One include per app, and the pages that draw on both."""

from django.contrib import admin
from django.urls import include, path

from strongcities import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("", include("members.urls")),
    path("", include("journeys.urls")),
    path("admin/", admin.site.urls),
]
handler404 = "strongcities.views.page_not_found"
handler500 = "strongcities.views.server_error"
