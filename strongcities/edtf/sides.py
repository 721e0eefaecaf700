"""One side of a printed range, or a date that stands alone, in the codes of ``names`` or in digits.

A date in digits becomes EDTF with ``=`` for hyphens, which could part two dates. ``14.03.2022`` has
one reading, ``03/04/2022`` two: it is refused.
"""

import re
from dataclasses import dataclass, replace

from strongcities.edtf.refusals import EDTFError, gettext_noop
from strongcities.edtf.words import MONTHS

_MARKED = re.compile(r"(?P<about>about )?(?P<date>.*?)(?P<unsure> \(uncertain\))?")
_QUALIFIERS = {(False, False): "", (False, True): "?", (True, False): "~", (True, True): "%"}

_NOTATION = re.compile(r"[0-9]{2,4}X{0,2}(?:=[0-9X]{2}){0,2}")
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|re|o|a)?"
_NAME = r"(?:M(?P<month>[0-9]{2})|S(?P<season>2[1-4])|Q(?P<quarter>[1-4])|H(?P<half>[12]))"
_YEAR = r"(?P<year>[0-9]{4})"
_GAP = r"(?:, ?| )"
_SIDES = [
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:{_DAY} ?)?{_NAME},? ?)?{_YEAR}",  # 14 March 2022   June2024   2019
        rf"{_NAME} ?{_DAY}(?:{_GAP}{_YEAR})?",  # March 14, 2022   September 19
        rf"{_DAY}{_GAP}{_YEAR}",  # 21, 2023
        rf"(?:{_DAY} ?)?{_NAME}",  # 31 January   March
        _DAY,  # 19
    )
]


@dataclass(frozen=True, slots=True)
class Side:
    """A date in digits: a month is 01 to 12, a season 21 to 24; a quarter has three `months`."""

    day: str | None = None
    month: str | None = None
    year: str | None = None
    months: int = 1
    notation: str = ""
    mark: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether it is a date by itself: not 19, not March, not 14 spring 2021."""
        if self.day and (self.month is None or self.month > "12" or self.months > 1):
            return False
        return bool(self.notation or self.year)

    @property
    def first(self) -> str:
        return self._edtf(self.month)

    @property
    def last(self) -> str:
        return self._edtf(f"{int(self.month) + self.months - 1:02}" if self.month else None)

    def marked(self, is_about: bool, is_unsure: bool) -> "Side":
        """The side with the marks of the whole, where it has none of its own."""
        return self if self.mark else replace(self, mark=_QUALIFIERS[is_about, is_unsure])

    def _edtf(self, month: str | None) -> str:
        parts = (self.year, month, self.day)
        return (self.notation or "-".join(part for part in parts if part)) + self.mark


def read_side(text: str) -> Side | None:
    """A date with what is said of it: "about May 2023 (uncertain)" is marked %."""
    marked = _MARKED.fullmatch(text)
    mark = _QUALIFIERS[bool(marked["about"]), bool(marked["unsure"])]
    date = marked["date"]
    if ("X" in date or "=" in date) and _NOTATION.fullmatch(date):
        return Side(notation=date.replace("=", "-"), mark=mark)
    for pattern in _SIDES:
        if match := pattern.fullmatch(date):
            return replace(_from_names(match.groupdict()), mark=mark)
    return None


def _from_names(found: dict[str, str | None]) -> Side:
    day, month, months = found.get("day"), found.get("month") or found.get("season"), 1
    for name, length in (("quarter", 3), ("half", 6)):
        if number := found.get(name):
            month, months = f"{(int(number) - 1) * length + 1:02}", length
    return Side(day and day.zfill(2), month, found.get("year"), months)


def fill_in(start: Side, end: Side) -> tuple[Side, Side]:
    """Give each side the month or year that is printed only on the other.

    ``19–21 September 2023``, ``September 19–21, 2023``, ``March – May 2023``. Only dates of one
    kind share: in ``March – 2023`` nothing is filled in.
    """
    if start.year or start.notation or bool(start.day) != bool(end.day):
        return start, end
    if start.day:
        shared = start.month or end.month
        start = replace(start, month=start.month or shared)
        end = replace(end, month=end.month or shared)
    if start.month and end.month:
        start = replace(start, year=end.year)
    return start, end


# Dates in digits alone

_YEAR_FIRST = re.compile(r"(?<![0-9])([0-9]{4})([-–./])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_DAY_FIRST = re.compile(r"(?<![0-9])([0-9]{1,2})([-./]) ?([0-9]{1,2})\2 ?([0-9]{4})(?![0-9])")
_MONTH_FIRST = re.compile(r"(?:^|(?<=–)|(?<=– )|(?<= to ))(0?[1-9]|1[0-2])[-./]([0-9]{4})(?![0-9])")
_MONTH_LAST = re.compile(r"(?<![0-9])([0-9]{4})-(0[1-9]|1[0-2])(?![0-9]| ?M)")
_DECADE = re.compile(r"(?<![0-9])([0-9]{3})0'?s\b")
_CENTURY = re.compile(r"\byears (?P<century>[0-9]{2})0[01]–(?P=century)99\b")
_SOME_DAY = re.compile(r"\ba day in (?:M([0-9]{2}) )?([0-9]{4})\b")
_SOME_MONTH = re.compile(r"\ba month in ([0-9]{4})\b")

_DAY_OR_MONTH = gettext_noop(
    "“%(text)s” can mean more than one thing: type the month as a word, as in %(one)s or %(other)s."
)


def in_notation(plain: str, text: str) -> str:
    """Each date in digits in its place as 2022=03=14; EDTFError quotes `text` where it has two."""
    plain = _YEAR_FIRST.sub(lambda d: _notation(d[1], d[3], d[4]), plain)
    plain = _DAY_FIRST.sub(lambda d: _day(d[1], d[3], d[4], text), plain)
    plain = _MONTH_FIRST.sub(lambda d: _notation(d[2], d[1]), plain)
    plain = _MONTH_LAST.sub(r"\1=\2", plain)
    plain = _CENTURY.sub(r"\1XX", _DECADE.sub(r"\1X", plain))
    plain = _SOME_DAY.sub(lambda d: _notation(d[2], d[1] or "XX", "XX"), plain)
    return _SOME_MONTH.sub(r"\1=XX", plain)


def _notation(*parts: str) -> str:
    return "=".join(part.zfill(2) for part in parts)


def _day(first: str, second: str, year: str, text: str) -> str:
    one, other = int(first), int(second)
    if one != other and 0 < one <= 12 and 0 < other <= 12:
        ways = {"one": f"{one} {MONTHS[other - 1]}", "other": f"{other} {MONTHS[one - 1]}"}
        params = {name: f"{way} {year}" for name, way in ways.items()}
        raise EDTFError(_DAY_OR_MONTH, {"text": text, **params})
    return _notation(year, first, second) if other > 12 else _notation(year, second, first)
