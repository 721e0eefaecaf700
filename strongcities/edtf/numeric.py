"""Printed dates in digits alone -> EDTF with ``=`` for hyphens, which could part two dates.

``14.03.2022`` has one reading, ``03/04/2022`` two: it is refused.
"""

import re

from strongcities.edtf.refusals import EDTFError, gettext_noop
from strongcities.edtf.words import MONTHS

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
        raise EDTFError(_DAY_OR_MONTH, {"text": text, **_both_ways(one, other, year)})
    return _notation(year, first, second) if other > 12 else _notation(year, second, first)


def _both_ways(one: int, other: int, year: str) -> dict[str, str]:
    return {
        "one": f"{one} {MONTHS[other - 1]} {year}",
        "other": f"{other} {MONTHS[one - 1]} {year}",
    }
