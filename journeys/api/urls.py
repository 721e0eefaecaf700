"""Addresses of the API."""

from django.urls import path

from journeys.api import views
from journeys.api.schema import BASE
from journeys.files.columns import TABLES

base = BASE.removeprefix("/")

urlpatterns = [
    path("api/", views.description, name="api"),
    path(f"{base}openapi.json", views.openapi, name="openapi"),
]
for table in TABLES:
    what = {"table": table}
    urlpatterns += [
        path(f"{base}{table}/", views.record_list, what, name=f"api_{table}"),
        path(f"{base}{table}/<uuid:uuid>/", views.record, what),
    ]
