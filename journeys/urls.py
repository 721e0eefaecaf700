"""Addresses of journeys and of what they have in common."""

import re
from collections.abc import Iterable

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from journeys import calendars, embeds, error_reports, feeds, oembed, views
from journeys.api import views as api
from journeys.api.schema import BASE
from journeys.citations.formats import FORMATS as CITATIONS
from journeys.files import views as files
from journeys.files.columns import TABLES
from journeys.models import Event, Initiative, Milestone
from members.models import City
from strongcities.editing.export import FORMATS as FILES
from strongcities.slugs import UnicodeSlugConverter


def one_of(names: Iterable[str]) -> type[StringConverter]:
    """What an address ends in."""
    return type("Ending", (StringConverter,), {"regex": "|".join(map(re.escape, names))})


register_converter(UnicodeSlugConverter, "uslug")
register_converter(one_of(CITATIONS), "citation")
register_converter(one_of(FILES), "form")

API = BASE.removeprefix("/")
CITED = {
    "journeys/<uslug:slug>": City,
    "journeys/<uslug:city__slug>/<uslug:slug>": Milestone,
    "events/<uslug:slug>": Event,
    "initiatives/<uslug:slug>": Initiative,
}

app_name = "journeys"
urlpatterns = [
    path("journeys/", views.journey_list, name="journey_list"),
    path("journeys/<uslug:slug>/", views.journey_detail, name="journey_detail"),
    path("journeys/<uslug:city>/<uslug:slug>/", views.milestone_detail, name="milestone_detail"),
    path("id/<uuid:uuid>/", views.by_uuid, name="by_uuid"),
    path("card.png", views.card, name="card"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", views.sitemap_file, name="sitemap_file"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("report/", error_reports.report, name="error_report"),
    path("search/", views.search, name="search"),
    path("compare/", views.compare, name="compare"),
    path("cities/", views.city_list, name="city_list"),
    path("regions/", views.region_list, name="region_list"),
    path("regions/<uslug:slug>/", views.region_detail, name="region_detail"),
    path("themes/", views.theme_list, name="theme_list"),
    path("themes/<uslug:slug>/", views.theme_detail, name="theme_detail"),
    path("events/", views.event_list, name="event_list"),
    path("events/<uslug:slug>/", views.event_detail, name="event_detail"),
    path("initiatives/", views.initiative_list, name="initiative_list"),
    path("initiatives/<uslug:slug>/", views.initiative_detail, name="initiative_detail"),
    path("data/", files.data, name="data"),
    path("data/archive.zip", files.whole, name="archive"),
    path("journeys.<form:form>", files.milestone_list),
    path("journeys.timeline.json", files.timeline_of_list),
    path("cities.geojson", files.cities_on_earth, name="cities_geojson"),
    path("api/", api.description, name="api"),
    path(f"{API}openapi.json", api.openapi, name="openapi"),
]
urlpatterns += [
    path(f"{page}.{what}", view, {"kind": kind})
    for page, kind in CITED.items()
    for what, view in {"<citation:form>": views.citation, "png": views.card}.items()
]

TOLD_OF = {  # page -> its table, and the filter of the milestones that it tells of
    "journeys": ("cities", "city"),
    "regions": ("regions", "region"),
    "themes": ("themes", "theme"),
    "events": ("events", "event"),
    "initiatives": ("initiatives", "initiative"),
}
for page, (table, name) in TOLD_OF.items():
    what = {"table": table, "filter_name": name}
    urlpatterns += [
        path(f"{table}.<form:form>", files.record_list, {"table": table}),
        path(f"{page}/<uslug:slug>.<form:form>", files.record, what),
        path(f"{page}/<uslug:slug>.timeline.json", files.timeline_of_record, what),
    ]
for table in TABLES:
    what = {"table": table}
    urlpatterns += [
        path(f"{API}{table}/", api.record_list, what, name=f"api_{table}"),
        path(f"{API}{table}/<uuid:uuid>/", api.record, what),
    ]
urlpatterns += [
    path("journeys.atom", feeds.journeys, name="journeys_atom"),
    path("journeys/<uslug:slug>.atom", feeds.record, {"table": "cities"}),
    path("regions/<uslug:slug>.atom", feeds.record, {"table": "regions"}),
    path("themes/<uslug:slug>.atom", feeds.record, {"table": "themes"}),
    path("events/<uslug:slug>.atom", feeds.event),
]
urlpatterns += [
    path("journeys.ics", calendars.journeys, name="journeys_ics"),
    path("journeys/<uslug:slug>.ics", calendars.journey),
    path("events.ics", calendars.events, name="events_ics"),
    path("events/<uslug:slug>.ics", calendars.event),
]
urlpatterns += [
    path("oembed/", oembed.oembed, name="oembed"),
    path("embed/map/", embeds.map, name="embed_map"),
    path("embed/journeys/<uslug:slug>/", embeds.journey, name="embed_journey_detail"),
    path("embed/events/<uslug:slug>/", embeds.event, name="embed_event_detail"),
]
