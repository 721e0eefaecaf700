"""A city's lines -> its introduction, its dates and its story.

The dates begin at the first line that reads as a date and end at the last that follows. A line
that does not read as one is a date all the same, which has no reading, where it

- stands between two dates: alone and short, or among lines all like a date ("Foo 2023");
- follows the dates, is like a date, and a title follows it rather than a text;
- stands right before the dates and counting it makes dates and milestones agree.

The Network's page has a city's dates in one row. Where two and more dates stand apart, with a title
and a text between them, each belongs to one milestone: date, title, text, or title, date, text.
Where both are possible the city is refused.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from journeys.imports.read.lines import Line, asks, is_part_of_date, marks_of
from journeys.imports.read.records import gettext_noop
from journeys.imports.read.stories import (
    EITHER,
    Doubt,
    Milestones,
    divide,
    divide_last,
    find_call,
    join_read_more,
)
from journeys.imports.read.wrapped import ends

STRAY = gettext_noop("%(city)s: “%(line)s” stands in a text, but is like a date. Check it.")
UNSURE = gettext_noop(
    "%(city)s: the titles may stand above or below their dates. Put each date above its title."
)
BROKEN_DATE = gettext_noop(
    "%(city)s: “%(line)s” may be a part of a date. Write each date in one line, above its title."
)
NO_TITLE = gettext_noop(
    "%(city)s: a text stands where the first title should. Write each date and each title in a "
    "line of its own."
)

# Rows of lines by their marks: dates, with lines among them that are short or like dates.
ROW = re.compile("[Dd](?:[DdNnSs][Dd]|[Nn]*[Dd])*")
ROW_UNREAD = re.compile("(?<=.)[Nn]+")
UNREAD_BY_PLACE = re.compile(r"[Nn](?:[DNSL][dnslp]|N|[DNSL].(?:..)*\Z)")

# Each milestone with its date, and where its title stands, seen from that. Lines like dates are
# dates too where they stand alone and there is a title on this side and a text behind the two.
BELOW, ABOVE = 1, -1
ALONE = "(?<![DdNn])(?<![DdNn].)[Nn](?!.?[DdNn])"
UNREAD = {BELOW: re.compile(f"{ALONE}(?=[SL].)"), ABOVE: re.compile(f"(?<=[SL]){ALONE}(?=.)")}
APART = {
    BELOW: re.compile("[^Dd]*(?:[Dd][NSL][^Dd]+)+"),
    ABOVE: re.compile(r"[^Dd]*?(?:[NSL][Dd][^Dd]+?(?=[NSL][Dd]|\Z))+"),
}


@dataclass(frozen=True, slots=True)
class CityLines:
    """One city's lines by what they are: `dates` holds the unread ones too, `closing` the page's
    call behind the last city.

    `unsure` says why the city may be read in two ways; `heading` is a line among the milestones'
    texts that may be another city's.
    """

    intro: list[Line]
    dates: list[Line]
    milestones: Milestones
    notes: list[Doubt]
    closing: list[Line]
    unsure: Doubt | None = None
    heading: Line | None = None

    @property
    def agrees(self) -> bool:
        return len(self.dates) == len(self.milestones)

    @property
    def fits(self) -> bool:
        return bool(self.dates) and self.agrees and not self.unsure


def split_city(lines: list[Line], is_last: bool) -> CityLines:
    """Split the lines after a city's heading; `is_last` where the page's call may follow."""
    marks = marks_of(lines)
    if apart := read_apart(lines, marks, is_last):
        return apart
    row = ROW.search(marks) or ROW_UNREAD.search(marks)
    if row is None:
        call = find_call(lines) if is_last else []
        return CityLines(lines[: len(lines) - len(call)], [], [], [], call)
    start, stop = row.span()
    while _is_date_by_place(marks, stop, stop - start, is_last):
        stop += 1
    parts = _parts(lines, start, stop, is_last)
    # Where else the dates may start, if the lines above them were meant as dates.
    before = max(1, len(marks[:start].rstrip("Nn")))
    if parts.fits or before >= start or not all(line.date for line in parts.dates):
        return parts
    other = _parts(lines, before, stop, is_last)
    return other if other.fits and STRAY not in dict(other.notes) else parts


def _parts(lines: list[Line], start: int, stop: int, is_last: bool) -> CityLines:
    intro, dates, story = lines[:start], lines[start:stop], lines[stop:]
    divided = divide_last(story, len(dates)) if is_last else (*divide(story, len(dates)), [])
    told, doubts, closing = divided
    stray = [line for line in chain.from_iterable(told) if line.date]
    notes = [(STRAY, d) for d in [*intro[1:][-1:], *stray] if d.date or d.mark in "Nn"]
    # Above a row of dates there are no titles; above one alone its own may stand.
    above = [*intro, *dates] if len(dates) == 1 else []
    notes += ((EITHER, d) for d in doubtful_lines(above, told))
    unsure = (UNSURE, dates[0]) if len(stray) >= len(dates) else next(iter(doubts), None)
    if told and told[0][0].mark == "p" and ends(told[0][0].text):
        unsure = (NO_TITLE, told[0][0])
    broken = broken_date(lines, range(start, stop))
    return CityLines(intro, dates, told, notes, closing, broken or unsure)


def _is_date_by_place(marks: str, at: int, count: int, is_last: bool) -> bool:
    """Whether the line after the dates, though like a date, is no title: a title follows it."""
    is_full = len(marks) - at in (2 * count, 2 * count + 2 * is_last)
    return not is_full and UNREAD_BY_PLACE.match(marks, at) is not None


# Each milestone with its date


def read_apart(lines: list[Line], marks: str, is_last: bool) -> CityLines | None:
    """None where the dates stand in a row, or where a title or a text is missing beside one."""
    if re.search("[Dd].?[Dd]", marks) or not re.search("..[DdNn]", marks):
        return None
    found = ((side, UNREAD[side].sub("D", marks)) for side in (BELOW, ABOVE))
    ways = [way for way in found if APART[way[0]].fullmatch(way[1])]
    if not ways:
        return None
    side, marks = ways[0]
    dates = [date.start() for date in re.finditer("[Dd]", marks)]
    if len(dates) == 1:  # its title may only stand above it, behind an introduction
        [at] = dates
        if side != ABOVE or at < 2 or lines[at + 1].mark != "p":
            return None
    starts, known = [min(at, at + side) for at in dates], set(dates)
    parts = pairwise([*starts, len(lines)])
    told = [[lines[at] for at in range(*part) if at not in known] for part in parts]
    closing = divide_last(told[-1], 1)[-1] if is_last else []
    if len(closing) == len(told[-1]):  # one line of the file, parted within
        closing = []
    told[-1] = told[-1][: len(told[-1]) - len(closing)]
    told = [join_read_more(own) for own in told]
    intro, dated = lines[: starts[0]], [lines[at] for at in dates]
    notes = [(EITHER, line) for line in doubtful_lines(intro, told)]
    # If the dates stand below the texts, the last is followed by the page's call.
    may_be_below = notes and notes[0][1] in intro and is_last and not closing
    is_unsure = len(ways) > 1 or bool(may_be_below and asks(told[-1][0]))
    unsure = broken_date(lines, dates) or ((UNSURE, dated[0]) if is_unsure else None)
    return CityLines(intro, dated, told, notes, closing, unsure, heading_in(told))


def broken_date(lines: list[Line], dates: Collection[int]) -> Doubt | None:
    """The first line beside the dates, which are at these places, that may be a part of one."""
    beside = {at + step for at in dates for step in (-1, 1)}.difference(dates, [-1, len(lines)])
    broken = (lines[at] for at in sorted(beside) if is_part_of_date(lines[at].text))
    return next(((BROKEN_DATE, line) for line in broken), None)


def heading_in(told: Milestones) -> Line | None:
    """The first line behind a milestone's text that is like a name, in the last one if marked.

    A heading of a lower level than the milestone's title is its own.
    """
    for title, *body in told:
        for line in body[1:]:
            is_like = line.is_title if title is not told[-1][0] else line.level
            if is_like and not line.level > title.level > 0:
                return line
    return None


def doubtful_lines(intro: list[Line], told: Milestones) -> Iterator[Line]:
    """Short lines that may be titles: above a text of the introduction, between a title and its
    text, behind the last text."""
    yield from (line for line in intro[1:-1] if line.is_title)
    for title, *body in told:
        line = body[0] if len(body) > 1 else title
        goes_on = line.mark in "snl" and line.text[:1].islower()
        if line is not title and (goes_on or line.is_title):
            yield line
    for line in told[-1][2:] if told else ():
        if line.is_title and not line.level:
            yield line
