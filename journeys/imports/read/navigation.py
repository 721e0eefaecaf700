"""What stands before the cities, the cities' names among it, and where each city begins.

A heading is a line with a city's name, wherever it stands. A name that stands twice is an error:
a milestone's title or a paragraph may be like a city's heading, and nothing tells them apart.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from journeys.imports.read.characters import WITHOUT_INVISIBLE
from journeys.imports.read.lines import Line, marks_of, paragraphs
from journeys.imports.read.records import PageError, gettext_noop

NAME_LENGTH = 200
NOT_IN_NAMES = WITHOUT_INVISIBLE | dict.fromkeys(map(ord, "\u00ad'’‘ʼʻ`´"))
BETWEEN_LETTERS = re.compile("[-\u2010-\u2015_]")
ACCENTS = re.compile("[\u0300-\u036f]")
BRACKET = re.compile(r"(.*\S)\s*\([^()]*\)")
ICON_NAMES = re.compile(r"[a-z0-9 _-]+")
BEFORE_DATES, TITLE_ABOVE_TEXT = re.compile("[^Dd]*(?=[Dd])"), re.compile("[SL](?=[nslp])")
ITEM = re.compile(r"(?:[-–—•*·▪◦‣]|\d{1,2}[.)])\s+")

UNLISTED = ""
# Where a city that the navigation lacks begins: a title between texts, above two or more dates.
UNLISTED_HEADING = re.compile("[dnslp]([SL])[nslp]+(?=[Dd]{2})")

NO_NAVIGATION = gettext_noop(
    "This is not a Member Journeys page: no line “Explore” is followed by the cities' names, "
    "parted by “|” or each on its line, and it does not begin with one city's name, "
    "introduction and dates."
)


@dataclass(frozen=True, slots=True)
class Top:
    """The page above its cities. `names` holds each key once; `twice` those that stand twice.

    `has_names` is false where no navigation names the cities.
    """

    title: str
    heading: str
    intro: str
    names: dict[str, str]
    twice: list[str]
    line: int
    end: int
    has_names: bool = True


def read_top(lines: list[Line]) -> Top:
    """Read up to the first city: `line` is the navigation's number, `end` the index after it."""
    if not lines:
        raise PageError(gettext_noop("The file is empty."))
    start = _find_navigation(lines)
    if start is None:
        return _top_without_names(lines)
    names: dict[str, str] = {}
    twice: dict[str, None] = {}
    end, end_of_list = start, _end_of_list(lines, start)
    while end == start or end < end_of_list or _goes_on(lines, end, names):
        for name in _names_in(lines[end]):
            if key(name) in names:
                twice[key(name)] = None
            names.setdefault(key(name), name)
        end += 1
    return Top(*_head(lines[: start - 1]), names, list(twice), lines[start].number, end)


def _top_without_names(lines: list[Line]) -> Top:
    """The top of a page without navigation, which is the journey of one city."""
    start = _heading_of_one_city(lines)
    name = lines[start].text
    head = [line for line in lines[:start] if key(name) not in heading_keys(line)]
    return Top(*_head(head), {key(name): name}, [], lines[start].number, start, has_names=False)


def _heading_of_one_city(lines: list[Line]) -> int:
    """The title that a text follows, the last before the dates, or what the page begins with."""
    before_dates = BEFORE_DATES.match(marks_of(lines))
    above_texts = TITLE_ABOVE_TEXT.finditer(before_dates[0]) if before_dates else ()
    titles = [at.start() for at in above_texts if key(lines[at.start()].text)]
    if not titles:
        raise PageError(NO_NAVIGATION)
    return 0 if titles[0] == 0 else titles[-1]


def _names_in(line: Line) -> list[str]:
    names = (ITEM.sub("", name.strip(" ,،;؛"), count=1) for name in line.text.split("|"))
    return list(filter(key, names))


def _end_of_list(lines: list[Line], start: int) -> int:
    """Where names that stand each on its line end: at the heading of one; `start` if at none."""
    names: set[str] = set()
    for at in range(start, len(lines)):
        line = lines[at]
        if not names.isdisjoint(heading_keys(line)):
            return at
        if line.date or line.mark == "p":
            return start
        names |= {spelt(name) for name in _names_in(line) for spelt in (key, loose_key)}
    return start


def _goes_on(lines: list[Line], at: int, names: dict[str, str]) -> bool:
    """Whether the names go on over another line, which is not the first city's heading."""
    if at == len(lines):
        return False
    goes_on = lines[at - 1].text.endswith("|") and names.keys().isdisjoint(heading_keys(lines[at]))
    return goes_on or "|" in lines[at].text


def key(text: str) -> str:
    """A name for comparison: white space, direction marks and composition do not matter."""
    visible = " ".join(text.translate(WITHOUT_INVISIBLE).split())
    # Normalising a long run of combining letters takes time that grows with its square.
    return unicodedata.normalize("NFC", visible) if len(visible) <= NAME_LENGTH else visible


def loose_key(text: str) -> str:
    """A key in which case, accents, apostrophes, hyphens and marks behind it do not matter."""
    parted = BETWEEN_LETTERS.sub(" ", text.translate(NOT_IN_NAMES))
    plain = " ".join(parted.split()).rstrip(" .,:;*").casefold()
    if plain.isascii() or len(plain) > NAME_LENGTH:
        return plain
    return ACCENTS.sub("", unicodedata.normalize("NFD", plain))


def heading_keys(line: Line) -> tuple[str, ...]:
    """The short names that a line can be the heading of, the likeliest first."""
    if len(line.text) > NAME_LENGTH or line.more:
        return ()
    whole = key(line.text)
    bracket = BRACKET.fullmatch(whole)
    keys = [whole, bracket[1]] if bracket else [whole]
    keys += [each[:-5] for each in keys if each.casefold().endswith(" city")]
    return tuple(keys + [loose_key(each) for each in keys])


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Each key of a name and, where it is one city's only, the loose one -> the key."""
    times = Counter(loose_key(name) for name in names)
    loose = {loose_key(name): name for name in names if times[loose_key(name)] == 1}
    return loose | {name: name for name in names}


def _find_navigation(lines: list[Line]) -> int | None:
    """The index of the first line after an Explore that holds names: two, or one that follows."""
    explores = [at for at, line in enumerate(lines[:-1], 1) if loose_key(line.text) == "explore"]
    for at in explores:
        if len(_names_in(lines[at])) > 1 or _end_of_list(lines, at) > at:
            return at
    if explores:
        raise PageError(NO_NAVIGATION, lines[explores[0] - 1].number)
    return None


def _head(lines: list[Line]) -> tuple[str, str, str]:
    """Title, heading and introduction; a first line of icon names is left out if it is there."""
    if lines and _is_furniture(lines):
        lines = lines[1:]
    title = lines[0].text if lines else ""
    has_heading = len(lines) > 1 and (len(lines) > 2 or lines[1].is_title)
    heading = lines[1].text if has_heading else ""
    return title, heading, paragraphs(lines[1 + has_heading :])


def _is_furniture(lines: list[Line]) -> bool:
    """Icon names are small letters and hyphens; or title and heading stand below the line."""
    if ICON_NAMES.fullmatch(lines[0].text):
        return True
    return len(lines) > 3 and lines[1].is_title and lines[2].is_title


# The cities


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
