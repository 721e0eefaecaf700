"""Which stops and interchanges share a month, and who stands before whom in it.

A month is a row of groups of stops with its interchanges between them: group 0, first
interchange, group 1, ... Lanes that no interchange of the month touches keep to its middle.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from journeys.drawings.map.crossings import Crossing, by_day, crossings_by_stop
from journeys.drawings.map.model import Journey, Stop, month_of

Groups = dict[int, list[list[Stop]]]


@dataclass(slots=True)
class Month:
    """What happens in one month; `groups` and `free` hold stops lane by lane."""

    number: int
    crossings: list[Crossing] = field(default_factory=list)
    groups: Groups = field(default_factory=lambda: defaultdict(list))
    free: list[list[Stop]] = field(default_factory=list)

    def widest(self, group: int) -> int:
        """Most stops that one lane has in a group."""
        return max((len(stops) for stops in self.groups.get(group, [])), default=0)

    @property
    def widest_free(self) -> int:
        return max((len(stops) for stops in self.free), default=0)


def plan_months(lanes: Sequence[Journey], crossings: Sequence[Crossing]) -> list[Month]:
    """The months that have stops, in order; undated stops make a last one."""
    months: dict[int, Month] = {}
    for crossing in crossings:
        months.setdefault(crossing.month, Month(crossing.month)).crossings.append(crossing)
    order = {journey.key: index for index, journey in enumerate(lanes)}
    met = crossings_by_stop(crossings)
    for journey in lanes:
        alone: dict[int, list[Stop]] = defaultdict(list)
        for stop in sorted(journey.stops, key=by_day):
            if stop.key not in met:
                alone[month_of(stop.day)].append(stop)
        for number, stops in alone.items():
            _add(months.setdefault(number, Month(number)), journey, order, stops)
    return [months[number] for number in sorted(months)]


def _add(month: Month, journey: Journey, order: dict[str, int], stops: list[Stop]) -> None:
    """Put a lane's stops of a month where its interchanges leave room for them."""
    lowest = max((order[key] for c in month.crossings for key in c.stops), default=-1)
    if order[journey.key] > lowest:
        month.free.append(stops)
        return
    groups: dict[int, list[Stop]] = defaultdict(list)
    for stop in stops:
        before = sum(_comes_after(stop, crossing, journey) for crossing in month.crossings)
        groups[before].append(stop)
    for group, some in groups.items():
        month.groups[group].append(some)


def _comes_after(stop: Stop, crossing: Crossing, journey: Journey) -> bool:
    day, its_day = stop.day or date.max, crossing.day or date.max
    mine = crossing.stops.get(journey.key)
    if day == its_day and mine is not None:
        return stop.position > mine.position
    return day > its_day
