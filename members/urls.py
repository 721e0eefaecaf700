"""The address of the picture of where a city is."""

from django.urls import path, register_converter

from members import views
from strongcities.slugs import UnicodeSlugConverter

register_converter(UnicodeSlugConverter, "city_slug")

app_name = "members"
urlpatterns = [
    path("cities/<city_slug:slug>/locator.svg", views.city_locator, name="city_locator"),
]
