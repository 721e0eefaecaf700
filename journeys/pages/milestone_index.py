"""All public milestones in memory, to count and page through a filtered list without the database.

A set of milestones is a number whose bits are the places of its milestones as told, city by city.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from journeys.models import Milestone, MilestoneTheme
from journeys.pages.places import chosen, set_at, signs
from strongcities.pagecache.kept import kept

ORDERED = ["pk", "city", "city__region__slug", "kind", "date_earliest", "date_latest", "position"]
Years = tuple[int | None, int | None]


@dataclass(slots=True)
class MilestoneIndex:
    """Which milestones there are, in which orders, and which have a value of the filter panel."""

    pks: array
    cities: list[tuple[int, int, int]]  # pk, place of its first milestone, and behind its last
    orders: dict[str, array]
    having: dict[str, dict[str, int]]
    spans: dict[Years, int]

    @property
    def everything(self) -> int:
        return (1 << len(self.pks)) - 1

    @property
    def years(self) -> set[int]:
        """Every year that a milestone begins or ends in."""
        return {year for span in self.spans for year in span if year is not None}

    def with_value(self, name: str, value: str) -> int:
        """The set of those that have a value of a filter."""
        if name != "year":
            return self.having[name].get(value, 0)
        found = 0
        for span, those in self.spans.items():
            found |= those if touches(span, int(value)) else 0
        return found

    def in_order(self, those: int, order: str) -> Iterator[int]:
        """The pks of a set in the order "told", "date" or "latest"."""
        return chosen(self.pks, those, self.orders[order])

    def by_city(self, those: int) -> list[tuple[int, int]]:
        """The cities of a set by name, each with how many of it are its own."""
        found = signs(those, len(self.pks))
        counts = [(pk, found.count("1", first, end)) for pk, first, end in self.cities]
        return [(pk, count) for pk, count in counts if count]


def milestone_index() -> MilestoneIndex:
    """The index of what is public now, kept until something changes."""
    return kept("milestones", read_index)


def read_index() -> MilestoneIndex:
    """Read all that is public; two queries."""
    rows = list(Milestone.objects.published().as_told().values_list(*ORDERED))
    pks = array("q", (row[0] for row in rows))
    cities: dict[int, list[int]] = {}
    having = {"region": defaultdict(list), "kind": defaultdict(list), "theme": defaultdict(list)}
    spans: dict[Years, list[int]] = defaultdict(list)
    for place, (_pk, city, region, kind, earliest, latest, _position) in enumerate(rows):
        cities.setdefault(city, [place, place])[1] = place + 1
        having["region"][region].append(place)
        having["kind"][kind].append(place)
        spans[earliest and earliest.year, latest and latest.year].append(place)
    places = {pk: place for place, pk in enumerate(pks)}
    for milestone, theme in MilestoneTheme.objects.order_by().values_list(
        "milestone", "theme__slug"
    ):
        if milestone in places:
            having["theme"][theme].append(places[milestone])
    return MilestoneIndex(
        pks,
        [(city, *ends) for city, ends in cities.items()],
        {name: array("l", order) for name, order in orders_of(rows, list(cities)).items()},
        {name: {value: set_at(p) for value, p in v.items()} for name, v in having.items()},
        {span: set_at(places) for span, places in spans.items()},
    )


def orders_of(rows: list[tuple], cities: list[int]) -> dict[str, list[int]]:
    """The places in each order of the list, as the querysets of milestones have them."""
    rank = {city: number for number, city in enumerate(cities)}

    def by_reading(place: int) -> tuple:
        pk, city, _region, _kind, earliest, latest, position = rows[place]
        return (earliest or latest or date.max, position, rank[city], pk)

    def latest_first(place: int) -> tuple:
        pk, city, _region, _kind, earliest, latest, position = rows[place]
        last_day = latest or (date.max if earliest else date.min)  # it goes on, or has no date
        return (-last_day.toordinal(), position, rank[city], pk)

    told = range(len(rows))
    return {
        "told": list(told),
        "date": sorted(told, key=by_reading),
        "latest": sorted(told, key=latest_first),
    }


def touches(span: Years, year: int) -> bool:
    """Whether the years from first to last touch the year; None is an open side."""
    first, last = span
    if first is None and last is None:
        return False
    return (first is None or first <= year) and (last is None or last >= year)
