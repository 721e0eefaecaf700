"""Where lines meet: the events that two or more journeys took part in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from journeys.drawings.map.model import Event, Initiative, Journey, Stop, month_of


@dataclass(slots=True)
class Crossing:
    """An event with the one stop of each journey that stands for it, by the journey's key."""

    event: Event
    stops: dict[str, Stop] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        days = [stop.day for stop in self.stops.values() if stop.day]
        return self.event.day or min(days, default=None)

    @property
    def month(self) -> int:
        return month_of(self.day)


def find_crossings(journeys: Sequence[Journey], events: Sequence[Event]) -> list[Crossing]:
    """In order of time. A stop that took part in several stands at the one with most journeys."""
    takers = participants(journeys)
    largest_first = sorted(events, key=lambda e: (-len(takers[e.key]), e.day or date.max, e.name))
    taken: set[str] = set()
    crossings = []
    for event in largest_first:
        crossing = Crossing(event)
        for journey, stops in takers[event.key].items():
            free = [stop for stop in stops if stop.key not in taken]
            if free:
                crossing.stops[journey] = min(free, key=by_day)
        if len(crossing.stops) >= 2:
            taken.update(stop.key for stop in crossing.stops.values())
            crossings.append(crossing)
    return sorted(crossings, key=lambda c: (c.day or date.max, c.event.name, c.event.key))


def crossings_by_stop(crossings: Sequence[Crossing]) -> dict[str, Crossing]:
    """A stop's key -> the crossing that it stands at."""
    return {stop.key: crossing for crossing in crossings for stop in crossing.stops.values()}


def participants(journeys: Sequence[Journey]) -> dict[str, dict[str, list[Stop]]]:
    """Event's key -> journey's key -> its stops there."""
    takers: dict[str, dict[str, list[Stop]]] = defaultdict(lambda: defaultdict(list))
    for journey in journeys:
        for stop in journey.stops:
            for event in stop.events:
                takers[event][journey.key].append(stop)
    return takers


def acting_on(journeys: Sequence[Journey], initiative: Initiative) -> dict[str, list[Stop]]:
    """Journey's key -> its stops that act on an initiative, in order of time."""
    return {
        journey.key: sorted(stops, key=by_day)
        for journey in journeys
        if (stops := [stop for stop in journey.stops if initiative.key in stop.initiatives])
    }


def by_day(stop: Stop) -> tuple[date, int, str]:
    """The order by reading: day, then place in the story; undated stops last."""
    return (stop.day or date.max, stop.position, stop.key)
