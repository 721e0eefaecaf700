"""Which lines are the cities' headings, and the lines that belong to each.

A city's name can also be the title of a milestone or a paragraph. The heading is the line that
an introduction and dates follow: of the lines with a city's name between one row of dates and
the next, the last one that has a line between it and the dates. Where a heading stands, and
not the order of the navigation, says which lines are the city's.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from journeys.imports.read.lines import Line, marks_of
from journeys.imports.read.navigation import heading_keys, spellings

UNLISTED = ""
ROW_OF_DATES = re.compile("[DdNn]{2,}|[Dd]")  # by the marks of lines
# Where a city that the navigation lacks begins: a title between texts, or the first line of all.
UNLISTED_HEADING = re.compile(r"(?:\A|[dnslp])([DNSL])[dnslp]+\Z")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines to the next one; `key` is "" where the navigation lacks it.

    `others` are the indices in `lines` of lines with the name of a city that no dates follow.
    """

    key: str
    heading: Line
    lines: list[Line]
    others: dict[int, str]

    def parted(self, at: int) -> list["Section"]:
        """The lines before index `at`, then those from each of `others` on, once a name."""
        first_seen = {name: other for other, name in reversed(self.others.items()) if other >= at}
        starts = sorted((other, name) for name, other in first_seen.items())
        head = Section(self.key, self.heading, self.lines[: starts[0][0]], {})
        return [head, *_cut(self.lines, starts, {})]


def find_sections(lines: list[Line], names: dict[str, str]) -> list[Section]:
    """The cities' sections in the order of the page."""
    known = spellings(names)
    named = [next((known[k] for k in heading_keys(line) if k in known), "") for line in lines]
    claims, unlisted = _claims(lines, named)
    taken = {name for _, name in claims}
    others = {at: name for at, name in enumerate(named) if name and name not in taken}
    headings = sorted([*claims, *((at, UNLISTED) for at in unlisted)])
    first = headings[0][0] if headings else len(lines)
    early = {name: at for at, name in reversed(others.items()) if at < first}
    headings = sorted([*headings, *((at, name) for name, at in early.items())])
    return _cut(lines, headings, others)


def _cut(
    lines: list[Line], headings: list[tuple[int, str]], others: dict[int, str]
) -> list[Section]:
    """Each heading with the lines to the next; `others`, by place, go to theirs."""
    places, sections = list(others), []
    for (start, name), (end, _) in pairwise([*headings, (len(lines), "")]):
        own = places[bisect_right(places, start) : bisect_left(places, end)]
        parts = {at - start - 1: others[at] for at in own}
        sections.append(Section(name, lines[start], lines[start + 1 : end], parts))
    return sections


def _claims(lines: list[Line], named: list[str]) -> tuple[list[tuple[int, str]], list[int]]:
    """The headings of rows of dates: with their names, and those that the navigation lacks."""
    rivals: list[list[tuple[int, str]]] = []
    unlisted: list[int] = []
    marks, end = marks_of(lines), 0
    for start, stop in map(re.Match.span, ROW_OF_DATES.finditer(marks)):
        pending = [(at, named[at]) for at in range(end, start) if named[at]]
        with_intro = [claim for claim in pending if start - claim[0] > 1]
        if pending:
            rivals.append([*pending, (with_intro or pending)[-1]])
        elif marks[start:stop].lower().count("d") > 1:
            unlisted += (at.start(1) for at in UNLISTED_HEADING.finditer(marks, end, start))
        end = stop
    return _settle(rivals), unlisted


def _settle(rivals: list[list[tuple[int, str]]]) -> list[tuple[int, str]]:
    """The last of each list, unless its name is also another's and one here is nobody's."""
    claims = [each[-1] for each in rivals]
    times = Counter(name for _, name in claims)
    for index, each in enumerate(rivals):
        if times[claims[index][1]] > 1:
            free = [claim for claim in each if not times[claim[1]]]
            if free:
                times[claims[index][1]] -= 1
                times[free[-1][1]] += 1
                claims[index] = free[-1]
    return claims
