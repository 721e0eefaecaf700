"""Stops' names at an angle: each where it crosses least, up from its stop or down from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, radians, sin

from journeys.drawings.map.drawing import Mark
from journeys.drawings.map.routes import Point

ANGLE = 36
SIZE = 12.5
LINE_HEIGHT = 13
COS, SIN = cos(radians(ANGLE)), sin(radians(ANGLE))
NARROW = set("iljtfr.,:;'’‘“”|!()[] -")

NEAR_A_LINE, ON_A_LEADER, ON_A_STOP, ON_A_LABEL, OUTSIDE, DOWN = 2, 1.6, 2, 4, 99, 3
ON_A_LAUNCH = 9
ELSEWHERE = 60

Segment = tuple[Point, Point]


def text_width(text: str, size: float = SIZE) -> float:
    """About how wide a text is set in a sans-serif face; wide scripts count double."""
    return sum(_share(character) for character in text) * size


def _share(character: str) -> float:
    if character in NARROW:
        return 0.34
    if character >= "\u2e80":
        return 1.0
    return 0.7 if character.isupper() or character in "mwMW" else 0.56


@dataclass(slots=True)
class Surroundings:
    """What a label had better not cross, and the box that it must stay in."""

    top: float
    bottom: float
    left: float
    lines: list[Segment] = field(default_factory=list)
    leaders: list[Segment] = field(default_factory=list)
    launches: list[Segment] = field(default_factory=list)
    stops: list[Point] = field(default_factory=list)
    labels: list[list[Point]] = field(default_factory=list)

    def add_line(self, points: Sequence[Point]) -> None:
        self.lines += pairwise(points)

    def cost(self, points: Sequence[Point], stop: Point) -> float:
        """How much a label along these points would cross; `stop` is its own."""
        cost = 0.0
        for point in points:
            cost += NEAR_A_LINE * any(_near(point, line, 8) for line in self.lines)
            cost += ON_A_LEADER * any(_near(point, leader, 6) for leader in self.leaders)
        cost += ON_A_LAUNCH * any(_near(p, link, 8) for p in points for link in self.launches)
        cost += ON_A_STOP * sum(
            other != stop and any(_distance(point, other) < 15 for point in points)
            for other in self.stops
        )
        cost += ON_A_LABEL * sum(_collide(points, label) for label in self.labels)
        outside = any(y < self.top or y > self.bottom or x < self.left for x, y in points)
        return cost + OUTSIDE * outside

    def begins_elsewhere(self, start: Point, stop: Point) -> bool:
        """Whether a label's first letter stands nearer to another line than to that of its stop."""
        own = abs(start[1] - stop[1])
        return any(_near(start, line, own - 1) for line in self.lines)


def place_labels(marks: Sequence[Mark], around: Surroundings) -> None:
    """Give each mark with a label its place, "up" or "down"."""
    for mark in marks:
        stop = (mark.x, mark.y)
        tries = {place: along(mark, place) for place in ("up", "down")}
        costs = {
            place: around.cost(points, stop) + DOWN * (place == "down")
            for place, points in tries.items()
        }
        costs["down"] += ELSEWHERE * around.begins_elsewhere(tries["down"][-1], stop)
        mark.label_place = min(costs, key=costs.get)
        around.labels.append(tries[mark.label_place])


def with_label(name: str, label: str) -> str:
    """A name that holds what can be seen, so that who says the label meets its link."""
    return name if label.casefold() in name.casefold() else f"{name} – {label}"


def along(mark: Mark, place: str) -> list[Point]:
    """Points along the middle of a label, every 8 units."""
    count = max(round(text_width(mark.label) / 8), 1)
    steps = [number * 8 for number in range(count + 1)]
    if place == "down":
        x, y = mark.x - 5, mark.y + 18
        return [(x - step * COS, y + step * SIN) for step in steps]
    x, y = mark.x + 3, mark.y - 17
    return [(x + step * COS, y - step * SIN) for step in steps]


def _collide(points: Sequence[Point], label: Sequence[Point]) -> bool:
    """Whether two parallel labels overlap: as close as a line of text, and side by side."""
    (x, y), (end_x, end_y) = points[0], points[-1]
    (other_x, other_y), (other_end_x, other_end_y) = label[0], label[-1]
    across = abs((other_x - x) * SIN + (other_y - y) * COS)
    if across >= LINE_HEIGHT:
        return False
    mine = sorted((x * COS - y * SIN, end_x * COS - end_y * SIN))
    its = sorted((other_x * COS - other_y * SIN, other_end_x * COS - other_end_y * SIN))
    return mine[0] < its[1] + 8 and its[0] < mine[1] + 8


def _near(point: Point, segment: Segment, distance: float) -> bool:
    (x, y), ((ax, ay), (bx, by)) = point, segment
    if not min(ax, bx) - distance <= x <= max(ax, bx) + distance:
        return False
    if not min(ay, by) - distance <= y <= max(ay, by) + distance:
        return False
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = max(0, min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0
    return _distance(point, (ax + share * (bx - ax), ay + share * (by - ay))) < distance


def _distance(point: Point, other: Point) -> float:
    return ((point[0] - other[0]) ** 2 + (point[1] - other[1]) ** 2) ** 0.5
