"""The map for narrow screens: a row for each stop in order of time, lines in a gutter beside it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from journeys.drawings.map.arrange import Arrangement
from journeys.drawings.map.crossings import Crossing, crossings_by_stop
from journeys.drawings.map.model import Journey, Region, Stop
from journeys.drawings.map.scale import COMPACT, FULL

COLUMN = 16
MIDDLE = 14  # of a mark, from the top of its row
OPEN_YEARS = 2


@dataclass(slots=True)
class Track:
    """A line's share of one row's gutter."""

    colour: str
    path: str


@dataclass(slots=True)
class Part:
    """One stop of a row: where two or more meet, a row has several."""

    journey: Journey
    stop: Stop


@dataclass(slots=True)
class Row:
    """A stop, an event where lines meet, or in an overview the stops of a region in a year."""

    day: date | None
    position: int
    columns: list[int]
    colours: list[str] = field(default_factory=list)
    shape: str = "stop"
    parts: list[Part] = field(default_factory=list)
    crossing: Crossing | None = None
    region: Region | None = None
    stops: int = 1
    cities: int = 1
    url: str = ""
    tracks: list[Track] = field(default_factory=list)

    @property
    def marks(self) -> list[tuple[int, str]]:
        """The x and the colour of each line that stops here."""
        return [(10 + COLUMN * c, k) for c, k in zip(self.columns, self.colours, strict=True)]

    @property
    def left(self) -> int:
        return COLUMN * min(self.columns) + 1

    @property
    def width(self) -> int:
        return COLUMN * (max(self.columns) - min(self.columns)) + 18


@dataclass(slots=True)
class Year:
    """A year with stops; `number` is None for those without a date.

    `tracks` are drawn beside its number, `passing` from there to its last row.
    """

    number: int | None
    rows: list[Row] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    passing: list[Track] = field(default_factory=list)
    empty_from: int = 0
    empty_to: int = 0
    is_open: bool = False

    @property
    def stops(self) -> int:
        return sum(row.stops for row in self.rows)

    @property
    def events(self) -> list[str]:
        return [row.crossing.event.name for row in self.rows if row.crossing]


@dataclass(slots=True)
class Strip:
    """All years; `gutter` is the width of the lines beside them."""

    years: list[Year]
    gutter: int


def build_strip(arrangement: Arrangement) -> Strip:
    """Rows by year, with the lines that pass each. Every stop is in one row."""
    columns = _columns(arrangement)
    if arrangement.scale in (FULL, COMPACT):
        rows = [*_stop_rows(arrangement, columns), *_event_rows(arrangement, columns)]
    else:
        rows = [*_region_rows(arrangement, columns), *_event_rows(arrangement, columns, False)]
    years: dict[int | None, Year] = {}
    for row in sorted(rows, key=lambda r: (r.day or date.max, r.position, r.columns)):
        number = row.day.year if row.day else None
        years.setdefault(number, Year(number)).rows.append(row)
    in_order = list(years.values())
    _add_gaps(in_order)
    _add_tracks(in_order, len(set(columns.values())), by_row=arrangement.scale is FULL)
    fullest = max(in_order, key=lambda year: len(year.rows), default=None)
    for year in in_order:
        year.is_open = year is fullest or year in in_order[-OPEN_YEARS:]
    return Strip(in_order, COLUMN * len(set(columns.values())) + 4)


def _columns(arrangement: Arrangement) -> dict[str, int]:
    """Journey's key -> column: its own, or with many lanes its region's."""
    if arrangement.scale is FULL:
        return {journey.key: number for number, journey in enumerate(arrangement.journeys)}
    regions: dict[str, int] = {}
    for journey in arrangement.journeys:
        regions.setdefault(journey.region.key, len(regions))
    return {journey.key: regions[journey.region.key] for journey in arrangement.journeys}


def _alone(arrangement: Arrangement) -> Iterator[Part]:
    """The stops at which no lines meet."""
    met = crossings_by_stop(arrangement.crossings)
    for journey in arrangement.journeys:
        yield from (Part(journey, stop) for stop in journey.stops if stop.key not in met)


def _stop_rows(arrangement: Arrangement, columns: dict[str, int]) -> Iterator[Row]:
    for part in _alone(arrangement):
        journey, stop = part.journey, part.stop
        row = Row(stop.day, stop.position, [columns[journey.key]], [journey.region.colour])
        row.shape, row.parts, row.url = stop.shape, [part], stop.url
        yield row


def _event_rows(
    arrangement: Arrangement, columns: dict[str, int], with_parts: bool = True
) -> Iterator[Row]:
    for crossing in arrangement.crossings:
        taking_part = [j for j in arrangement.journeys if j.key in crossing.stops]
        colours = {columns[j.key]: j.region.colour for j in taking_part}
        position = min(stop.position for stop in crossing.stops.values())
        row = Row(crossing.day, position, sorted(colours), shape="event", crossing=crossing)
        row.colours = [colours[column] for column in row.columns]
        row.stops = row.cities = len(taking_part)
        row.url = crossing.event.url
        if with_parts:
            row.parts = [Part(journey, crossing.stops[journey.key]) for journey in taking_part]
        yield row


def _region_rows(arrangement: Arrangement, columns: dict[str, int]) -> Iterator[Row]:
    """One row for a region in a year: the rows of single stops would be too many."""
    found: dict[tuple[int, int | None], list[Part]] = defaultdict(list)
    for part in _alone(arrangement):
        year = part.stop.day.year if part.stop.day else None
        found[columns[part.journey.key], year].append(part)
    for (column, year), parts in found.items():
        region = parts[0].journey.region
        day = min((part.stop.day for part in parts if part.stop.day), default=None)
        row = Row(day, 0, [column], [region.colour], region=region)
        row.stops, row.cities = len(parts), len({part.journey.key for part in parts})
        row.url = f"{region.list_url}&year={year}" if year else region.list_url
        yield row


def _add_gaps(years: Sequence[Year]) -> None:
    """Note the years without stops before each year."""
    for before, year in pairwise(years):
        if before.number and year.number and year.number - before.number > 1:
            year.empty_from, year.empty_to = before.number + 1, year.number - 1


def _add_tracks(years: Sequence[Year], columns: int, by_row: bool) -> None:
    """Draw in each gutter the lines that pass, start or end there.

    Those that pass a whole year are drawn once for it where this is not asked for row by row.
    """
    rows = [row for year in years for row in year.rows]
    for column in range(columns):
        own = [number for number, row in enumerate(rows) if column in row.columns]
        colour = rows[own[0]].colours[rows[own[0]].columns.index(column)]
        x, first, last, number = 10 + COLUMN * column, own[0], own[-1], 0
        for year in years:
            after = number + len(year.rows)
            if first < number <= last:
                year.tracks.append(Track(colour, f"M{x} 0V999"))
            if not by_row and first < number and after <= last:
                year.passing.append(Track(colour, f"M{x} 0V9999"))
            elif first < last:
                for place in range(max(number, first), min(after, last + 1)):
                    start = MIDDLE if place == first else 0
                    end = MIDDLE if place == last else 999
                    rows[place].tracks.append(Track(colour, f"M{x} {start}V{end}"))
            number = after
