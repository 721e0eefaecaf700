"""Two to four journeys on one time axis: rows are periods, columns are cities."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Event, Milestone, MilestoneEvent
from members.models import City
from strongcities import edtf
from strongcities.folding import terms
from strongcities.prepared import Prepared

FEWEST, MOST = 2, 4
CITIES_OFFERED = 50


@dataclass
class Span:
    """Neighbouring columns of cities that took part in an event, or of others: then nothing."""

    columns: int
    milestones: list[Milestone]


@dataclass
class Shared:
    """An event in which two or more of the compared cities took part; it spans their columns."""

    event: Event
    milestones: list[Milestone]
    spans: list[Span]


@dataclass
class Period:
    """One row: a month, a season or a year, and what each city tells of it."""

    label: str
    shared: list[Shared] = field(default_factory=list)
    cells: list[list[Milestone]] = field(default_factory=list)

    @property
    def has_cells(self) -> bool:
        return any(self.cells)


@dataclass
class Comparison:
    """The cities side by side, and their periods in order of time."""

    cities: list[City]
    periods: list[Period]


def compare_page(slugs: list[str], q: str = "") -> dict:
    """What the template prints: cities to choose from, and the table once two are chosen.

    Where there are more than CITIES_OFFERED, they are those chosen and those with the name `q`.
    """
    chosen = list(dict.fromkeys(slug for slug in slugs if slug))[:CITIES_OFFERED]
    public = City.objects.published()
    are_many = public.order_by()[: CITIES_OFFERED + 1].count() > CITIES_OFFERED
    choices = list((chosen_or_named(chosen, q) if are_many else public).for_choice())
    cities = [city for slug in chosen for city in choices if city.slug == slug]
    is_searching = are_many and bool(q) and len(chosen) < FEWEST
    problem = "" if is_searching else why_not(chosen, len(cities))
    return {
        "choices": choices,
        "are_many": are_many,
        "q": q if are_many else "",
        "chosen": chosen,
        "problem": problem,
        "comparison": comparison(cities) if len(cities) >= FEWEST and not problem else None,
        "most": MOST,
    }


def chosen_or_named(chosen: list[str], q: str) -> QuerySet[City]:
    """The chosen cities, and the first that have the words searched for in a name."""
    cities, asked = City.objects.published(), terms(q)
    named = (
        cities.with_words(asked, "search_names")
        .by_name()
        .values_list("pk", flat=True)[:CITIES_OFFERED]
    )
    either = Q(slug__in=chosen) | Q(pk__in=list(named) if asked else [])
    return cities.filter(either)


def why_not(chosen: list[str], known: int) -> str:
    """What is wrong with the choice, in a sentence; empty where nothing is."""
    if known < len(chosen):
        return _("One of these cities has no journey here. Choose from the list.")
    if len(chosen) == 1:
        return _("Choose one more city to compare with.")
    if len(chosen) > MOST:
        return ngettext(
            "Choose at most %(most)s city.", "Choose at most %(most)s cities.", MOST
        ) % {"most": MOST}
    return ""


def comparison(cities: list[City]) -> Comparison:
    """The table of some cities; two queries."""
    milestones = milestones_of([city.pk for city in cities])
    shared = shared_events(milestones, cities)
    told_there = {m.pk for event in shared for m in event.milestones}
    columns = {city.pk: place for place, city in enumerate(cities)}
    periods: dict[tuple, Period] = {}
    for event in shared:
        period_of(periods, event.event.date or event.milestones[0].date).shared.append(event)
    for milestone in milestones:
        if milestone.pk not in told_there:
            period = period_of(periods, milestone.date)
            period.cells = period.cells or [[] for _city in cities]
            period.cells[columns[milestone.city_id]].append(milestone)
    return Comparison(cities, [periods[key] for key in sorted(periods)])


@Prepared
def milestones_of(cities: list[int]) -> QuerySet:
    milestones = Milestone.objects.published().filter(city__in=cities).with_city()
    return milestones.by_reading().defer("body", "search_text")


@Prepared
def links_of(milestones: list[int]) -> QuerySet:
    links = MilestoneEvent.objects.public().taking_part().filter(milestone__in=milestones)
    return links.select_related("event").order_by("milestone__city__search_names", "pk")


def shared_events(milestones: list[Milestone], cities: list[City]) -> list[Shared]:
    """Events that milestones of two or more of the cities took part in, sessions left out."""
    by_pk = {milestone.pk: milestone for milestone in milestones}
    found: dict[Event, dict[int, Milestone]] = defaultdict(dict)
    for link in links_of(list(by_pk)):
        found[link.event][link.milestone_id] = by_pk[link.milestone_id]
    return [
        Shared(event, list(told.values()), spans_of(list(told.values()), cities))
        for event, told in found.items()
        if len({milestone.city_id for milestone in told.values()}) >= FEWEST
    ]


def spans_of(milestones: list[Milestone], cities: list[City]) -> list[Span]:
    """The columns of an event's milestones and those between them, from first to last."""
    there = {milestone.city_id for milestone in milestones}
    runs = [[city.pk for city in run] for _, run in groupby(cities, lambda c: c.pk in there)]
    return [Span(len(run), [m for m in milestones if m.city_id in run]) for run in runs]


def period_of(periods: dict[tuple, Period], text: str) -> Period:
    """The row of an EDTF date: its month, or its season, year or decade where that is all."""
    if not text:
        return periods.setdefault((date.max, 0, ""), Period(_("Without a date")))
    reading = edtf.parse(text)
    first = reading.earliest or reading.latest
    point = reading.start or reading.end
    if point.precision in (edtf.Precision.DAY, edtf.Precision.MONTH):
        label = edtf.describe(f"{first:%Y-%m}", _)
        return periods.setdefault((first.replace(day=1), 1, label), Period(label))
    label = edtf.describe(point.text, _)
    return periods.setdefault((first, 0, label), Period(label))
