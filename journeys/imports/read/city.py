"""A city's lines -> its introduction, its dates and its story.

The dates begin at the first line that reads as a date and end at the last that follows. A line
that does not read as one is a date all the same, which has no reading, where it

- stands between two dates: alone and short, or among lines all like a date ("Foo 2023");
- follows the dates, is like a date, and a title follows it rather than a text;
- stands right before or after the dates and counting it makes dates and milestones agree.

The Network's page has a city's dates in one row. Where two and more dates stand apart, with a title
and a text between them, each belongs to one milestone: date, title, text, or title, date, text.
Where both are possible the city is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from journeys.imports.read.lines import NEAR_DATE_LENGTH, Line, Look, asks
from journeys.imports.read.records import gettext_noop
from journeys.imports.read.stories import (
    EITHER,
    Story,
    divide,
    divide_last,
    find_call,
    join_read_more,
)

STRAY = gettext_noop("%(city)s: “%(line)s” stands in a text, but is like a date. Check it.")

TOGETHER = 3  # lines that a milestone has at least: its date, its title, its text
BELOW, ABOVE = 1, -1  # where the title stands, seen from the date


@dataclass(frozen=True, slots=True)
class Parts:
    """One city's lines by what they are. `dates` holds the unread ones too.

    `is_unsure` where the titles may be above or below the dates; `heading` is a line among the
    milestones' texts that may be another city's.
    """

    intro: list[Line]
    dates: list[Line]
    story: Story
    is_unsure: bool = False
    heading: Line | None = None

    @property
    def fits(self) -> bool:
        return bool(self.dates) and self.story.fits and not self.is_unsure


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
    intro, dates = lines[:start], lines[start:stop]
    stray = [line for line in chain.from_iterable(story.milestones) if line.date]
    notes = [(STRAY, line) for line in [*intro[1:][-1:], *stray] if line.near_date or line.date]
    doubts = doubtful_lines(intro, story.milestones)
    # In a row of dates their number tells which lines are titles.
    notes += ((EITHER, d) for d in doubts if len(dates) == 1 or d.look is not Look.TITLE)
    story = replace(story, notes=[*story.notes, *notes])
    return Parts(intro, dates, story, is_unsure=len(stray) >= len(dates))


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


# Each milestone with its date


def read_apart(lines: list[Line], is_last: bool) -> Parts | None:
    """None where the dates stand in a row, or where a title or a text is missing beside one."""
    read = [at for at, line in enumerate(lines) if line.date]
    like = [at for at, line in enumerate(lines) if line.near_date]
    together = any(other - one < TOGETHER for one, other in pairwise(read))
    if together or max([*read, *like], default=0) < 2:
        return None
    ways = (
        (side, some)
        for side in (BELOW, ABOVE)
        if (some := with_unread(lines, read, like, side)) and fits(lines, some, side)
    )
    side, dates = next(ways, (0, []))
    if not dates:
        return None
    if len(dates) == 1:  # its title may only stand above it, behind an introduction
        [at] = dates
        if side != ABOVE or at < 2 or lines[at + 1].look is not Look.PROSE:
            return None
    starts, known = [min(at, at + side) for at in dates], set(dates)
    parts = pairwise([*starts, len(lines)])
    told = [[lines[at] for at in range(*part) if at not in known] for part in parts]
    closing = divide_last(told[-1], 1).closing if is_last else []
    if len(closing) == len(told[-1]):  # one line of the file, parted within
        closing = []
    told[-1] = told[-1][: len(told[-1]) - len(closing)]
    told = [join_read_more(own) for own in told]
    intro, dated = lines[: starts[0]], [lines[at] for at in dates]
    notes = [(EITHER, line) for line in doubtful_lines(intro, told)]
    story = Story(told, fits=True, notes=notes, closing=closing)
    # If the dates stand below the texts, the last is followed by the page's call.
    may_be_below = notes and notes[0][1] in intro and is_last and not closing
    is_unsure = any(ways) or bool(may_be_below and asks(told[-1][0]))
    return Parts(intro, dated, story, is_unsure, heading_in(told))


def with_unread(lines: list[Line], dates: list[int], like: list[int], side: int) -> list[int]:
    """The dates, and the lines like dates that fit and stand apart from all others."""
    if not like:
        return dates
    known = {*dates, *like}
    near = (known.intersection(range(at - TOGETHER + 1, at + TOGETHER)) for at in like)
    alone = [at for at, others in zip(like, near, strict=True) if len(others) == 1]
    return sorted([*dates, *(at for at in alone if fits(lines, [at], side))])


def fits(lines: list[Line], dates: list[int], side: int) -> bool:
    """Whether each date has a title on this side, and a text behind the two."""
    titles = [at + side for at in dates]
    if titles[0] < 0 or titles[-1] >= len(lines):
        return False
    texts = [max(pair) + 1 for pair in zip(dates, titles, strict=True)]
    ends = [*(min(pair) for pair in zip(dates[1:], titles[1:], strict=True)), len(lines)]
    return all(lines[at].look is Look.TITLE for at in titles) and all(
        text < end for text, end in zip(texts, ends, strict=True)
    )


def heading_in(told: list[list[Line]]) -> Line | None:
    """The first line behind a milestone's text that is like a name, in the last one if marked.

    A heading of a lower level than the milestone's title is its own.
    """
    for title, *body in told:
        for line in body[1:]:
            is_like = line.look is Look.TITLE if title is not told[-1][0] else line.level
            if is_like and not line.level > title.level > 0:
                return line
    return None


def doubtful_lines(intro: list[Line], told: list[list[Line]]) -> Iterator[Line]:
    """Short lines that may be titles: above a text of the introduction, between a title and its
    text, behind the last text."""
    yield from (line for line in intro[1:-1] if line.look is Look.TITLE)
    for title, *body in told:
        line = body[0] if len(body) > 1 else title
        goes_on = line.look is Look.SENTENCE and line.text[:1].islower()
        if line is not title and (goes_on or line.look is Look.TITLE):
            yield line
    for line in told[-1][2:] if told else ():
        if line.look is Look.TITLE and not line.level:
            yield line
