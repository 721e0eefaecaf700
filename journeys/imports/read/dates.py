"""A city's lines -> its introduction, its dates and its story.

The dates begin at the first line that reads as a date and end at the last that follows. A line
that does not read as one is a date all the same, which has no reading, where it

- stands between two dates: alone and short, or among lines all like a date ("Foo 2023");
- follows the dates, is like a date, and a title follows it rather than a text;
- stands right before or after the dates and counting it makes dates and milestones agree.
"""

from collections.abc import Iterator

from journeys.imports.read.closing import divide_last, find_call
from journeys.imports.read.layouts import Parts, read_apart
from journeys.imports.read.lines import NEAR_DATE_LENGTH, Line, Look
from journeys.imports.read.titles import Story, divide


def split_city(lines: list[Line], is_last: bool) -> Parts:
    """Split the lines after a city's heading; `is_last` where the page's call may follow."""
    if apart := read_apart(lines, is_last):
        return apart
    start, stop = _find_dates(lines)
    if start == stop:
        call = find_call(lines) if is_last else []
        return Parts(lines[: len(lines) - len(call)], [], Story([], fits=True, closing=call))
    while _is_date_by_place(lines, stop, stop - start, is_last):
        stop += 1
    parts = _parts(lines, start, stop, is_last)
    if parts.fits or not all(line.date for line in parts.dates):
        return parts
    for other_start, other_stop in _other_dates(lines, start, stop):
        other = _parts(lines, other_start, other_stop, is_last)
        if other.story.fits:
            return other
    return parts


def _parts(lines: list[Line], start: int, stop: int, is_last: bool) -> Parts:
    story = (divide_last if is_last else divide)(lines[stop:], stop - start)
    return Parts(lines[:start], lines[start:stop], story)


def _find_dates(lines: list[Line]) -> tuple[int, int]:
    """Where the dates start and stop; equal where there are none."""
    start = next((at for at, line in enumerate(lines) if line.date), None)
    if start is None:
        return _find_near_dates(lines)
    stop = start + 1
    while (following := _next_date(lines, stop)) is not None:
        stop = following + 1
    return start, stop


def _find_near_dates(lines: list[Line]) -> tuple[int, int]:
    """The first row of lines like dates after the introduction's first line."""
    start = next((at for at, line in enumerate(lines) if at and line.near_date), 0)
    stop = start
    while start and stop < len(lines) and lines[stop].near_date:
        stop += 1
    return start, stop


def _next_date(lines: list[Line], at: int) -> int | None:
    """The index of the next date of the same row of dates."""
    if at + 1 < len(lines) and lines[at + 1].date and _is_short(lines[at]):
        return at + 1
    while at < len(lines) and lines[at].near_date:
        at += 1
    return at if at < len(lines) and lines[at].date else None


def _is_short(line: Line) -> bool:
    return line.look is not Look.PROSE and len(line.text) <= NEAR_DATE_LENGTH


def _is_date_by_place(lines: list[Line], at: int, count: int, is_last: bool) -> bool:
    """Whether the line after the dates, though like a date, is no title: a title follows it."""
    length = len(lines) - at
    if length < 2 or not lines[at].near_date or lines[at + 1].look is not Look.TITLE:
        return False
    if length in (2 * count, 2 * count + 2 * is_last):
        return False
    of_title = length > 2 and lines[at + 2].look is not Look.TITLE
    return of_title or lines[at + 1].near_date or length % 2 == 1


def _other_dates(lines: list[Line], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where else the dates may start or stop, if the lines beside them were meant as dates."""
    before = start
    while before > 1 and lines[before - 1].near_date:
        before -= 1
    if before < start:
        yield before, stop
    if stop + 2 < len(lines) and _is_short(lines[stop]) and lines[stop + 1].look is Look.TITLE:
        is_text_after = lines[stop + 2].look is not Look.TITLE
        if is_text_after or lines[stop].near_date:
            yield start, stop + 1
