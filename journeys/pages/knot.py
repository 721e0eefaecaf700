"""The drawing at the head of an event's page: lines come together, pass the capsule and part.

Coordinates in a view box 1216 wide; lines 94 apart at the sides and 20 apart in the capsule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.models import Milestone
from journeys.pages.meeting import Presence

LINES_DRAWN = 6
WIDTH, CENTRE = 1216, 608
PITCH, CLOSE_PITCH = 94, 20
FIRST_Y = 28
STRAIGHT = 70  # half of the way on which the lines run side by side
SIDES = {"previous": 290, "next": 926}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The last stop before, or the next one after the event, with the place of its two words."""

    title: str
    date: str
    x: int
    title_y: int
    date_y: int


@dataclass(frozen=True, slots=True)
class Thread:
    """One city's line through the knot."""

    code: str
    colour: str
    path: str
    y: int
    capsule_y: int
    neighbours: list[Neighbour]
    starts_here: bool
    ends_here: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """The whole drawing, and how many cities it leaves out."""

    threads: list[Thread]
    left_out: int

    @property
    def capsule_y(self) -> int:
        return self.threads[0].capsule_y - 17

    @property
    def capsule_height(self) -> int:
        return self.threads[-1].capsule_y - self.threads[0].capsule_y + 34

    @property
    def middle(self) -> int:
        return self.capsule_y + self.capsule_height // 2

    @property
    def ends_here(self) -> bool:
        """Whether no line goes on."""
        return all(thread.ends_here for thread in self.threads) and not self.left_out

    @property
    def height(self) -> int:
        return self.threads[-1].y + 108


def knot_of(presences: Sequence[Presence], total: int) -> Knot | None:
    """The knot of an event of `total` cities; none where fewer than two are there."""
    drawn = presences[:LINES_DRAWN]
    if len(drawn) < 2:
        return None
    threads = [thread(presence, place, len(drawn)) for place, presence in enumerate(drawn)]
    return Knot(threads, total - len(drawn))


def thread(presence: Presence, place: int, count: int) -> Thread:
    y = FIRST_Y + PITCH * place
    middle = FIRST_Y + PITCH * (count - 1) / 2
    capsule_y = round(middle + CLOSE_PITCH * (place - (count - 1) / 2))
    above = place < count / 2
    city = presence.city
    return Thread(
        code=city.code,
        colour=city.region.colour,
        path=path(y, capsule_y, bool(presence.previous), bool(presence.next)),
        y=y,
        capsule_y=capsule_y,
        neighbours=[
            neighbour(stop, SIDES[side], y, above)
            for side, stop in (("previous", presence.previous), ("next", presence.next))
            if stop
        ],
        starts_here=presence.previous is None,
        ends_here=presence.next is None,
    )


def neighbour(stop: Milestone, x: int, y: int, above: bool) -> Neighbour:
    title_y, date_y = (y - 14, y - 30) if above else (y + 26, y + 42)
    return Neighbour(stop.map_title, stop.date_as_printed, x, title_y, date_y)


def path(y: int, capsule_y: int, comes: bool, goes: bool) -> str:
    """Straight at the side, a ramp of 45 degrees with round corners, straight through."""
    parts = [f"M0 {y}" + ramp_in(y, capsule_y) if comes else f"M{CENTRE} {capsule_y}"]
    if goes:
        parts.append(ramp_out(y, capsule_y))
    else:
        parts.append(f"H{CENTRE}")
    return "".join(parts)


def ramp_in(y: int, capsule_y: int) -> str:
    """From the start side to the straight part before the capsule."""
    rise = capsule_y - y
    if not rise:
        return ""
    sign, inner = (1 if rise > 0 else -1), CENTRE - STRAIGHT
    outer = inner - abs(rise)
    return (
        f"H{outer - 12}Q{outer} {y} {outer + 8.5} {y + 8.5 * sign}"
        f"L{inner - 8.5} {capsule_y - 8.5 * sign}Q{inner} {capsule_y} {inner + 12} {capsule_y}"
    )


def ramp_out(y: int, capsule_y: int) -> str:
    """From the capsule to the end side, the mirror image of `ramp_in`."""
    rise = capsule_y - y
    if not rise:
        return f"H{WIDTH}"
    sign, inner = (1 if rise > 0 else -1), CENTRE + STRAIGHT
    outer = inner + abs(rise)
    return (
        f"H{inner - 12}Q{inner} {capsule_y} {inner + 8.5} {capsule_y - 8.5 * sign}"
        f"L{outer - 8.5} {y + 8.5 * sign}Q{outer} {y} {outer + 12} {y}H{WIDTH}"
    )
