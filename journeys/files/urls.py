"""Addresses of files: that of the page, and how it ends."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from journeys.files import views
from strongcities.editing.export import FORMATS


class FormConverter(StringConverter):
    regex = "|".join(FORMATS)


register_converter(FormConverter, "form")

OF_RECORDS = {  # page -> its table, and the filter of the milestones that it tells of
    "journeys": ("cities", "city"),
    "regions": ("regions", "region"),
    "themes": ("themes", "theme"),
    "events": ("events", "event"),
    "initiatives": ("initiatives", "initiative"),
}

urlpatterns = [
    path("journeys.<form:form>", views.milestone_list, name="milestones_file"),
    path("journeys.timeline.json", views.timeline_of_list),
    path("data/", views.data, name="data"),
    path("data/archive.zip", views.whole, name="archive"),
    path("cities.geojson", views.cities_on_earth, name="cities_geojson"),
]
urlpatterns += [
    path(f"{table}.<form:form>", views.record_list, {"table": table}, name=f"{table}_file")
    for table, _filter in OF_RECORDS.values()
]
for page, (table, filter_name) in OF_RECORDS.items():
    what = {"table": table, "filter_name": filter_name}
    address = f"{page}/<uslug:slug>"
    urlpatterns += [
        path(f"{address}.<form:form>", views.record, what, name=f"{filter_name}_file"),
        path(f"{address}.timeline.json", views.timeline_of_record, what),
    ]
