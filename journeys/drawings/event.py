"""The drawing at the head of an event's page: lines come together, pass the capsule and part.

Coordinates in a view box 1216 wide; lines 94 apart at the sides and 20 apart in the capsule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.drawings.map.routes import Point, path, without_straight

LINES_DRAWN = 6
WIDTH, CENTRE = 1216, 608
PITCH, CLOSE_PITCH = 94, 20
FIRST_Y = 28
STRAIGHT = 70  # half of the way on which the lines run side by side
CORNER = 12
PREVIOUS_X, NEXT_X = 290, 926


@dataclass(frozen=True, slots=True)
class StopBeside:
    """A stop before or after the event."""

    title: str
    date: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """A city that was there, with the last stop before and the next one after, if there are any."""

    code: str
    colour: str
    previous: StopBeside | None
    next: StopBeside | None


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One city's line through the event; `stops` with their x, and how high their words stand."""

    code: str
    colour: str
    path: str
    y: int
    capsule_y: int
    title_y: int
    date_y: int
    stops: list[tuple[int, StopBeside]]
    starts_here: bool
    ends_here: bool


@dataclass(frozen=True, slots=True)
class EventDrawing:
    """The whole drawing, and how many cities it leaves out."""

    lines: list[DrawnLine]
    left_out: int

    @property
    def capsule_y(self) -> int:
        return self.lines[0].capsule_y - 17

    @property
    def capsule_height(self) -> int:
        return self.lines[-1].capsule_y - self.lines[0].capsule_y + 34

    @property
    def middle(self) -> int:
        return self.capsule_y + self.capsule_height // 2

    @property
    def ends_here(self) -> bool:
        """Whether no line goes on."""
        return all(line.ends_here for line in self.lines) and not self.left_out

    @property
    def height(self) -> int:
        return self.lines[-1].y + 108


def draw_event(lines: Sequence[EventLine], total: int) -> EventDrawing | None:
    """The drawing of an event of `total` cities; none where fewer than two are there."""
    drawn = lines[:LINES_DRAWN]
    if len(drawn) < 2:
        return None
    placed = [draw_line(line, place, len(drawn)) for place, line in enumerate(drawn)]
    return EventDrawing(placed, total - len(drawn))


def draw_line(line: EventLine, place: int, count: int) -> DrawnLine:
    y = FIRST_Y + PITCH * place
    middle = FIRST_Y + PITCH * (count - 1) / 2
    capsule_y = round(middle + CLOSE_PITCH * (place - (count - 1) / 2))
    sides = ((PREVIOUS_X, line.previous), (NEXT_X, line.next))
    title_y, date_y = (y - 14, y - 30) if place < count / 2 else (y + 26, y + 42)
    return DrawnLine(
        code=line.code,
        colour=line.colour,
        path=path(corners(y, capsule_y, bool(line.previous), bool(line.next)), CORNER),
        y=y,
        capsule_y=capsule_y,
        title_y=title_y,
        date_y=date_y,
        stops=[(x, stop) for x, stop in sides if stop],
        starts_here=line.previous is None,
        ends_here=line.next is None,
    )


def corners(y: int, capsule_y: int, comes: bool, goes: bool) -> list[Point]:
    """Straight at the side, a ramp of 45 degrees, straight through, and the mirror image."""
    ramp = STRAIGHT + abs(capsule_y - y)
    points = [(CENTRE, capsule_y), (CENTRE, capsule_y)]
    if comes:
        points[:1] = [(0, y), (CENTRE - ramp, y), (CENTRE - STRAIGHT, capsule_y)]
    if goes:
        points[-1:] = [(CENTRE + STRAIGHT, capsule_y), (CENTRE + ramp, y), (WIDTH, y)]
    return without_straight(points) if comes or goes else points
