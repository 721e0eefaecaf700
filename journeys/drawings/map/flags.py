"""Plates along the top that name the interchanges, in as many rows as they need."""

from collections.abc import Sequence

from journeys.drawings.map.drawing import Flag
from journeys.drawings.map.labels import text_width

TOP = 14
HEIGHT = 44
ROW = 52
GAP = 8
INSIDE = 12
NARROWEST, WIDEST = 120, 320


def plate_width(name: str, below: str) -> int:
    """As wide as its longer line of text needs."""
    widest = max(text_width(name, 13.5) * 1.2, text_width(below, 12) * 1.08)
    return round(min(max(widest + 2 * INSIDE, NARROWEST), WIDEST))


def place_flags(flags: Sequence[Flag], xs: Sequence[int], width: int) -> int:
    """Give each flag, from left to right, its place over its capsule's x; the rows needed.

    A flag makes room for the next one's leader, then takes the lowest row where it covers no
    plate and no leader. Row 0 is the lowest.
    """
    rows: list[tuple[Flag, int, int]] = []
    for number, (flag, x) in enumerate(zip(flags, xs, strict=True)):
        following = xs[number + 1] if number + 1 < len(xs) else width + flag.width
        left = min(x - flag.width // 2, following - GAP - flag.width)
        left = max(left, x - flag.width + INSIDE)
        flag.x = max(0, min(left, width - flag.width))
        row = 0
        while any(_in_the_way(flag, x, row, placed) for placed in rows):
            row += 1
        rows.append((flag, x, row))
    count = max((row for *_, row in rows), default=-1) + 1
    for flag, _, row in rows:
        flag.y = TOP + (count - 1 - row) * ROW
    return count


def _in_the_way(flag: Flag, x: int, row: int, placed: tuple[Flag, int, int]) -> bool:
    other, other_x, other_row = placed
    if row == other_row:
        return flag.x < other.x + other.width + GAP and other.x < flag.x + flag.width + GAP
    if row < other_row:
        return flag.x - GAP < other_x < flag.x + flag.width + GAP
    return False
