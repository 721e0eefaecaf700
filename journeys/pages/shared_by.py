"""Which cities an event or initiative has in common."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Value

from journeys.models import Event, Initiative, MilestoneEvent, MilestoneInitiative
from journeys.pages.neighbours import Neighbour
from strongcities.pagecache.kept import kept

CITIES_NAMED = 12  # of a summit of a thousand cities
OF_CITY = ("city", "city__slug", "city__name", "city__code", "city__region", "city__region__colour")
OF_MILESTONE = ("pk", "slug", "date_earliest", *OF_CITY, "position")


class TookPart(NamedTuple):
    """A link of a city to what others may share; the city's rank by name, of so many cities."""

    rank: int
    city_total: int
    record: int
    milestone: int
    slug: str
    day: date | None
    city: int
    city_slug: str
    city_name: str
    code: str
    region: int
    colour: str
    position: int
    is_event: bool

    @property
    def neighbour(self) -> Neighbour:
        return Neighbour(*self[6:12])


Cities = dict[tuple[bool, int], list[TookPart]]


def with_cities(records: Iterable[Event | Initiative]) -> list[Event | Initiative]:
    """The records as a list, each with `.cities`: who took part, by name; no query of its own.

    The first CITIES_NAMED of `.city_count`; `.more_cities` is the number of the others.
    """
    records = list(records)
    found = first_cities() if records else {}
    for record in records:
        rows = found.get((isinstance(record, Event), record.pk), [])
        record.city_count = rows[0].city_total if rows else 0
        record.cities = [row.neighbour for row in rows]
        record.more_cities = max(record.city_count - CITIES_NAMED, 0)
    return records


def first_cities() -> Cities:
    """Whether it is an event, and its pk -> the first cities by name that took part; kept."""
    return kept("first-cities", read_first_cities)


def read_first_cities() -> Cities:
    found: dict[tuple[bool, int], dict[int, TookPart]] = defaultdict(dict)
    for row in links_of_first_cities():
        found[row.is_event, row.record].setdefault(row.city, row)
    return {record: list(rows.values()) for record, rows in found.items()}


def links_of_first_cities() -> list[TookPart]:
    """Links of the first public cities that took part, by city, as their journeys tell."""
    printed = [f"milestone__{name}" for name in OF_MILESTONE]
    events, initiatives = (
        model.objects.between_public()
        .taking_part()
        .order_by()
        .of_first_cities(CITIES_NAMED)
        .values_list("rank", "city_total", model.target, *printed, Value(model is MilestoneEvent))
        for model in (MilestoneEvent, MilestoneInitiative)
    )
    found = [TookPart(*row) for row in events.union(initiatives, all=True)]
    return sorted(found, key=lambda row: (row.rank, row.position, row.milestone))
