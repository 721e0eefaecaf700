"""Which lines are the cities' headings, and the lines that belong to each.

A heading is a line with a city's name, wherever it stands. A name that stands twice is an error:
a milestone's title or a paragraph may be like a city's heading, and nothing tells them apart.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from journeys.imports.read.lines import Line
from journeys.imports.read.navigation import heading_keys, spellings

UNLISTED = ""
# Where a city that the navigation lacks begins: a title between texts, above two or more dates.
UNLISTED_HEADING = re.compile("[dnslp]([SL])[nslp]+(?=[Dd]{2})")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines to the next one; `key` is "" where the navigation lacks it."""

    key: str
    heading: Line
    lines: list[Line]


def find_sections(lines: list[Line], names: dict[str, str]) -> list[Section]:
    """The cities' sections in the order of the page."""
    known, times = spellings(names), Counter[str]()
    named: dict[int, str] = {}
    for at, line in enumerate(lines):
        name = next((known[key] for key in heading_keys(line) if key in known), None)
        if name and times[name] < 2:  # a third time says no more than the second
            times[name] += 1
            named[at] = name
    marks = "".join("#" if at in named else line.mark for at, line in enumerate(lines))
    named |= {found.start(1): UNLISTED for found in UNLISTED_HEADING.finditer(marks)}
    parts = pairwise([*sorted(named), len(lines)])
    return [Section(named[at], lines[at], lines[at + 1 : end]) for at, end in parts]
