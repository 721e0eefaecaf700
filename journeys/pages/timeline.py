"""A city's journey as its page tells it: stops in order, each with what happened there."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from django.db.models import BigIntegerField, QuerySet, Value
from django.utils.translation import gettext as _

from journeys.models import (
    Event,
    Initiative,
    Milestone,
    MilestoneLink,
    MilestoneRelation,
    MilestoneTheme,
    Source,
)
from journeys.pages.involvements import involvements_of
from journeys.pages.stop import Read, Step, Stop, Topic
from members.models import City, CitySource
from strongcities.direction import filled
from strongcities.prepared import Prepared
from strongcities.slugs import path_to


@dataclass
class Crossing:
    """Another city, and the events and initiatives in which both took part."""

    city: City
    records: list[Event | Initiative]


@dataclass
class Timeline:
    """All stops of a city in one order; five queries, however long it is."""

    city: City
    stops: list[Stop]
    sources: list[Read] = field(default_factory=list)

    @cached_property
    def themes(self) -> list[Topic]:
        """The themes of all stops, the most frequent first."""
        counts = Counter(theme for stop in self.stops for theme in stop.themes)
        return sorted(counts, key=lambda theme: (-counts[theme], theme.name))

    @cached_property
    def places(self) -> list[str]:
        """Other places that the journey names, each once, by name."""
        return sorted({place for stop in self.stops for place in stop.milestone.place_names})

    @cached_property
    def crossings(self) -> list[Crossing]:
        """The other cities of all events and initiatives, by name, with what both took part in."""
        found: dict[City, dict[Event | Initiative, None]] = defaultdict(dict)
        for stop in self.stops:
            for involvement in [*stop.events, *stop.initiatives]:
                for other in involvement.others:
                    found[other.city][involvement.record] = None
        return [
            Crossing(city, list(found[city])) for city in sorted(found, key=lambda city: city.name)
        ]


def timeline_of(city: City, order: str = "told") -> Timeline:
    """The public stops of a city, as told or ("date") by reading."""
    stops = load_stops(city, order)
    add_involvements(stops, city)
    add_steps(stops)
    add_order_notes(stops, order)
    add_text_notes(stops, city)
    return Timeline(city, stops, add_sources(stops, city))


def load_stops(city: City, order: str) -> list[Stop]:
    """Milestones with their themes, by name; two queries."""
    milestones = by_reading(city.pk) if order == "date" else as_told(city.pk)
    stops = {one.pk: Stop(one, n) for n, one in enumerate(milestones, start=1)}
    for stop in stops.values():
        stop.milestone.city = city
    for stop, name, slug in themes_of(list(stops)):
        stops[stop].themes.append(Topic(name, path_to("journeys:theme_detail", slug)))
    return list(stops.values())


@Prepared
def as_told(city: int) -> QuerySet:
    return Milestone.objects.of_public_city(city)


@Prepared
def by_reading(city: int) -> QuerySet:
    return Milestone.objects.published().filter(city=city).by_reading()


@Prepared
def themes_of(milestones: list[int]) -> QuerySet:
    links = MilestoneTheme.objects.filter(milestone__in=milestones).order_by("theme__name")
    return links.values_list("milestone", "theme__name", "theme__slug")


def add_involvements(stops: list[Stop], city: City) -> None:
    involvements = involvements_of([stop.milestone for stop in stops], city)
    for stop in stops:
        stop.events = involvements.events.get(stop.milestone.pk, [])
        stop.initiatives = involvements.initiatives.get(stop.milestone.pk, [])


def add_steps(stops: list[Stop]) -> None:
    """What each stop led to and came from, among the stops of this city."""
    by_pk = {stop.milestone.pk: stop for stop in stops}
    for one, other, named, quote in links_among(list(by_pk)):
        here, there, relation = by_pk[one], by_pk[other], MilestoneRelation(named)
        here.led_to.append(Step(relation.label, there.milestone, quote))
        there.came_from.append(Step(relation.backwards, here.milestone, quote))


@Prepared
def links_among(milestones: list[int]) -> QuerySet:
    links = MilestoneLink.objects.filter(milestone__in=milestones, leads_to__in=milestones)
    return links.values_list("milestone", "leads_to", "relation", "quote")


def add_sources(stops: list[Stop], city: City) -> list[Read]:
    """Give each stop where it was read of; what is left is about the city itself."""
    by_pk = {stop.milestone.pk: stop for stop in stops}
    rows = sources_of(list(by_pk), city.pk)
    read = sorted((Read(*row) for row in rows), key=lambda one: one.pk)
    for one in read:
        if one.milestone:
            by_pk[one.milestone].sources.append(one)
    return [one for one in read if not one.milestone]


@Prepared
def sources_of(milestones: list[int], city: int) -> QuerySet:
    rows = ("title", "url", "read_on")
    told = Source.objects.filter(milestone__in=milestones).order_by()
    own = CitySource.objects.filter(city=city).order_by()
    own_rows = own.values_list("pk", Value(None, BigIntegerField()), *rows)
    return own_rows.union(told.values_list("pk", "milestone", *rows), all=True)


def add_order_notes(stops: list[Stop], order: str) -> None:
    """Say where the printed date steps back behind the stop before it."""
    if order == "date":
        return
    for before, stop in pairwise(stops):
        printed = stop.milestone.printed_reading
        if printed and printed.before(before.milestone.printed_reading):
            words = {"date": before.milestone.date_as_printed}
            stop.order_note = filled(_("In published order, after %(date)s."), words)


def add_text_notes(stops: list[Stop], city: City) -> None:
    """Explain an abbreviation once, where it is used first."""
    said = {city.intro_note}
    for stop in stops:
        note = stop.milestone.text_note
        stop.text_note = "" if note in said else note
        said.add(note)
