"""Lines as paths: straight along their lane, by ramps into interchanges and back."""

from collections.abc import Sequence
from math import hypot

CORNER = 9
LINK_CORNER = 8

Point = tuple[float, float]


def ramp_run(rise: float, longest: int) -> float:
    """How far a ramp runs along the axis: 45 degrees, steeper where it would run too far."""
    return min(abs(rise), longest)


def route(y: int, stations: Sequence[Point], hold: int, longest: int) -> list[Point]:
    """The corners of a line through its stations; one off its lane is met by ramps."""
    points: list[Point] = []
    for number, (x, port) in enumerate(stations):
        run = ramp_run(port - y, longest)
        if run and number > 0:
            points += [(x - hold - run, y), (x - hold, port)]
        points.append((x, port))
        if run and number < len(stations) - 1:
            points += [(x + hold, port), (x + hold + run, y)]
    return without_straight(points)


def without_straight(points: Sequence[Point]) -> list[Point]:
    """Only the ends and the corners."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) >= 2 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) < 1e-6


def path(points: Sequence[Point], corner: float = CORNER) -> str:
    """SVG path data with rounded corners; empty for fewer than two points."""
    if len(points) < 2:
        return ""
    parts = [f"M{_pair(points[0])}"]
    at = points[0]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(here, before, corner), _towards(here, after, corner)
        parts += [_line(at, start), f"Q{_pair(here)} {_pair(end)}"]
        at = end
    parts.append(_line(at, points[-1]))
    return "".join(parts)


def _towards(corner: Point, other: Point, cut: float) -> Point:
    """The point where the rounding of a corner begins: at most half way to the next one."""
    length = hypot(other[0] - corner[0], other[1] - corner[1])
    share = min(cut, length / 2) / length if length else 0
    return corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share


def _line(start: Point, end: Point) -> str:
    if start[1] == end[1]:
        return f"H{_number(end[0])}"
    return f"V{_number(end[1])}" if start[0] == end[0] else f"L{_pair(end)}"


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def launch_link(x: int, top: int, bottom: int, to: tuple[int, int]) -> list[Point]:
    """From a capsule straight down (or up), level if the stop is far, then at 45 degrees to it."""
    sign, start_y = (1, bottom) if to[1] > bottom else (-1, top)
    if to[0] == x:
        return [(x, start_y), (x, to[1] - sign * 10)]
    side = 1 if to[0] > x else -1
    if sign < 0:
        x, start_y = x + 8 * side, top + 3  # beside the leader of the flag
    end = (to[0] - side * 6, to[1] - sign * 6)
    run, rise = abs(end[0] - x), abs(end[1] - start_y)
    drop = min(run, max(rise - 16, 0), 32 if run > rise - 16 else run)
    level = end[1] - sign * drop
    return without_straight([(x, start_y), (x, level), (end[0] - side * drop, level), end])
