"""Addresses of the directories of cities and regions."""

from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("cities/", views.city_list, name="city_list"),
    path("regions/", views.region_list, name="region_list"),
]
