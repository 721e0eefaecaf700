"""A city's journey as its page tells it: stops in order, each with what happened there."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from django.db.models import BigIntegerField, QuerySet, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import (
    Event,
    Initiative,
    Milestone,
    MilestoneKind,
    MilestoneLink,
    MilestoneRelation,
    MilestoneTheme,
    Source,
)
from journeys.pages.involvements import Involvement, Other, involvements_of
from members.models import City, CitySource
from strongcities.direction import filled, listed
from strongcities.prepared import Prepared
from strongcities.slugs import path_to

REST = (
    lambda n: ngettext("%(n)d theme", "%(n)d themes", n),
    lambda n: ngettext("%(n)d event", "%(n)d events", n),
    lambda n: ngettext("%(n)d initiative", "%(n)d initiatives", n),
    lambda n: ngettext("%(n)d milestone before or after", "%(n)d milestones before or after", n),
    lambda n: ngettext("%(n)d source", "%(n)d sources", n),
)
UNPRINTED = (
    *("uuid", "search_names", "search_text", "date_precision", "position", "drafted_by"),
    *("review_by", "withdrawn_at", "withdrawn_reason"),
)
LINES_DRAWN = 2
OWN_X = 25  # where the own line runs in the drawing of an interchange
PITCH = 24


@dataclass
class Step:
    """A link from or to another milestone: "inspired", "Mardan Joins Strong Cities"."""

    relation: str
    milestone: Milestone
    quote: str


class Topic(NamedTuple):
    """A theme as a journey names it."""

    name: str
    address: str


class Tie(NamedTuple):
    """What a stop has to do with something: "Spoke at", its address and name; of an event more."""

    words: str
    address: str
    name: str
    place: str = ""
    when: str = ""


class Read(NamedTuple):
    """Where something was read, about one of the milestones or, without one, about the city."""

    pk: int
    milestone: int | None
    title: str
    url: str
    read_on: date | None


@dataclass(frozen=True, slots=True)
class Joining:
    """Another city's line at an interchange: it bends in, passes the capsule and leaves."""

    colour: str
    x: int
    path: str


@dataclass
class Stop:
    """One milestone on the line."""

    milestone: Milestone
    number: int
    order_note: str = ""
    text_note: str = ""  # unless the page says it above
    themes: list[Topic] = field(default_factory=list)
    events: list[Involvement] = field(default_factory=list)
    initiatives: list[Involvement] = field(default_factory=list)
    came_from: list[Step] = field(default_factory=list)
    led_to: list[Step] = field(default_factory=list)
    sources: list[Read] = field(default_factory=list)

    @property
    def is_interchange(self) -> bool:
        return any(one.others for one in self.events)

    @cached_property
    def others(self) -> list[Other]:
        """The other cities at the stop's events, each once."""
        found = {other.city.pk: other for one in self.events for other in one.others}
        return list(found.values())

    @cached_property
    def joinings(self) -> list[Joining]:
        """The lines of the first two other cities, side by side at the start of the own one."""
        drawn = self.others[:LINES_DRAWN]
        return [joining(other, OWN_X - PITCH * (len(drawn) - n)) for n, other in enumerate(drawn)]

    @property
    def capsule_x(self) -> int:
        return OWN_X - PITCH * len(self.joinings) - 14

    @property
    def capsule_width(self) -> int:
        return PITCH * len(self.joinings) + 28

    @property
    def is_initiative(self) -> bool:
        return any(one.others and one.record.is_declaration for one in self.initiatives)

    @property
    def ties(self) -> list[Tie]:
        """Events and initiatives that no other journey shares, then the stops before and after."""
        own = [one for one in [*self.events, *self.initiatives] if not one.others]
        return [*map(tie_of, own), *map(step_of, [*self.came_from, *self.led_to])]

    @property
    def rest(self) -> str:
        """What else there is to read of it, counted: "3 themes · 1 source"."""
        events = [one for one in self.events if not one.others]
        steps = [*self.came_from, *self.led_to]
        counts = map(len, (self.themes, events, self.initiatives, steps, self.sources))
        parts = zip(REST, counts, strict=True)
        return " · ".join(words(n) % {"n": n} for words, n in parts if n)

    @property
    def joined(self) -> bool:
        return self.milestone.kind == MilestoneKind.JOINED


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

    @property
    def has_events(self) -> bool:
        """Whether it tells of an event with a date that the city took part in."""
        events = [one for stop in self.stops for one in stop.events]
        return any(one.took_part and one.record.date for one in events)

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
    return Milestone.objects.published().filter(city=city).as_told().defer(*UNPRINTED)


@Prepared
def by_reading(city: int) -> QuerySet:
    return Milestone.objects.published().filter(city=city).by_reading().defer(*UNPRINTED)


@Prepared
def themes_of(milestones: list[int]) -> QuerySet:
    links = MilestoneTheme.objects.filter(milestone__in=milestones).order_by("theme__name")
    return links.values_list("milestone", "theme__name", "theme__slug")


def joining(other: Other, x: int) -> Joining:
    """A line at `x` in a drawing of 64 by 64 whose capsule is at 32; it may begin or end there."""
    comes = f"M{x - 25}-34L{x - 4}-13Q{x}-9 {x}-4V32" if other.comes_from_a_stop else f"M{x} 32"
    goes = f"V68Q{x} 73 {x - 4} 77L{x - 25} 98" if other.goes_on_to_a_stop else ""
    return Joining(other.city.region.colour, x, comes + goes)


def tie_of(one: Involvement) -> Tie:
    words = capfirst(listed(one.before_name)) if one.took_part else _("Mentioned here")
    record = one.record
    event = (record.place, record.date_in_words) if one.is_event else ()
    return Tie(words, record.get_absolute_url(), record.name, *event)


def step_of(step: Step) -> Tie:
    return Tie(capfirst(step.relation), f"#{step.milestone.slug}", step.milestone.title)


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
