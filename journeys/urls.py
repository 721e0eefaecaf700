"""Addresses of journeys and of what they have in common."""

import re

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from journeys import calendars, embeds, error_reports, feeds, oembed, views
from journeys.citations.formats import FORMATS
from journeys.models import Event, Initiative, Milestone
from members.models import City
from strongcities.slugs import UnicodeSlugConverter


class CitationConverter(StringConverter):
    """The forms of a citation."""

    regex = "|".join(map(re.escape, FORMATS))


register_converter(UnicodeSlugConverter, "uslug")
register_converter(CitationConverter, "citation")

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
    path("", include("journeys.files.urls")),
    path("", include("journeys.api.urls")),
]
urlpatterns += [
    path(f"{page}.{what}", view, {"kind": kind})
    for page, kind in CITED.items()
    for what, view in {"<citation:form>": views.citation, "png": views.card}.items()
]

urlpatterns += [
    path("journeys.atom", feeds.journeys, name="journeys_atom"),
    path("journeys/<uslug:slug>.atom", feeds.city),
    path("regions/<uslug:slug>.atom", feeds.region),
    path("themes/<uslug:slug>.atom", feeds.theme),
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
