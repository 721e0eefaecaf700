"""Addresses of the directories of cities and regions, and of a city's locator map."""

from django.urls import path, register_converter

from members import views
from strongcities.slugs import UnicodeSlugConverter

register_converter(UnicodeSlugConverter, "city_slug")

app_name = "members"
urlpatterns = [
    path("cities/", views.city_list, name="city_list"),
    path("cities/<city_slug:slug>/locator.svg", views.city_locator, name="city_locator"),
    path("regions/", views.region_list, name="region_list"),
]
