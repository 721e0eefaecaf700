"""A journey's line in small, for cards and lists: one mark a stop, in order of time."""

from collections.abc import Sequence
from dataclasses import dataclass

FIRST = 8
LENGTH = 190
WIDEST_STEP = 28


@dataclass(frozen=True, slots=True)
class Mark:
    """A "stop", "joined", "interchange" or "initiative" at `x` pixels; solid if `on`."""

    x: int
    shape: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class MiniTimeline:
    """The marks of one city, and how wide they are drawn."""

    marks: list[Mark]

    @property
    def end(self) -> int:
        return self.marks[-1].x if self.marks else FIRST

    @property
    def width(self) -> int:
        return self.end + FIRST


def draw_mini_timeline(stops: Sequence[tuple[str, bool]]) -> MiniTimeline:
    """From each stop's shape, and whether it is solid."""
    step = min(WIDEST_STEP, LENGTH / max(len(stops) - 1, 1))
    return MiniTimeline(
        [Mark(round(FIRST + place * step), *stop) for place, stop in enumerate(stops)]
    )
