"""A journey's line in small, for cards and lists: one mark a stop, in order of time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from journeys.models import Milestone, MilestoneKind
from members.models import City

MIDDLE = 12
FIRST = 8
LENGTH = 190
WIDEST_STEP = 28


@dataclass(frozen=True, slots=True)
class Mark:
    """A stop at `x` pixels: "stop", "joined", "interchange" or "initiative"; solid if `on`."""

    x: int
    shape: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class LineStrip:
    """The marks of one city, and how wide they are drawn."""

    marks: list[Mark]

    @property
    def end(self) -> int:
        return self.marks[-1].x if self.marks else FIRST

    @property
    def width(self) -> int:
        return self.end + FIRST


def with_strips(cities: Iterable[City], on: Iterable[int] = ()) -> list[City]:
    """The cities as a list, each with `.strip`; one query.

    `on` are pks of milestones: where there are any, these stops alone are solid.
    """
    cities, on = list(cities), set(on)
    stops: dict[int, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.published().filter(city__in=cities).for_strips():
        stops[milestone.city_id].append(milestone)
    for city in cities:
        city.strip = strip_of(stops[city.pk], on)
    return cities


def strip_of(milestones: list[Milestone], on: set[int]) -> LineStrip:
    step = min(WIDEST_STEP, LENGTH / max(len(milestones) - 1, 1))
    shapes = [shape_of(milestone) for milestone in milestones]
    return LineStrip(
        [
            Mark(
                round(FIRST + place * step), shape, milestone.pk in on if on else shape == "joined"
            )
            for place, (milestone, shape) in enumerate(zip(milestones, shapes, strict=True))
        ]
    )


def shape_of(milestone: Milestone) -> str:
    """The sign of a stop; a shared event outweighs the rest, as on the map."""
    if milestone.meets:
        return "interchange"
    if milestone.kind == MilestoneKind.JOINED:
        return "joined"
    return "initiative" if milestone.acts else "stop"
