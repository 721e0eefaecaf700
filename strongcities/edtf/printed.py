"""A date as a page prints it -> EDTF: ``14 March 2022``, ``June2024``, ``March – May 2023``."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from strongcities.edtf.errors import EDTFError, gettext_noop
from strongcities.edtf.reading import parse
from strongcities.edtf.words import MONTHS, SEASONS

MAX_PRINTED_LENGTH = 80

# january, jan and sept are 01, 01 and 09; spring and fall are 21 and 23, as in EDTF.
_MONTH_NUMBERS = {name.lower(): f"{number:02}" for number, name in enumerate(MONTHS, start=1)}
_SHORT_NUMBERS = {name[:3]: number for name, number in _MONTH_NUMBERS.items()}
_SEASON_NUMBERS = {name: number for number, name in SEASONS.items()}
_OTHER_NUMBERS = {"sept": "09", "fall": "23"}
_NUMBERS = _MONTH_NUMBERS | _SHORT_NUMBERS | _SEASON_NUMBERS | _OTHER_NUMBERS

# Hyphens, dashes and minus signs of every length are one dash. The marks that say which way a
# line runs, soft hyphens, zero-width blanks and byte order marks are nothing.
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_UNSEEN = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
    "\u2066\u2067\u2068\u2069\ufeff"
)
_PLAIN = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_UNSEEN, ""))

_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_NAME = rf"(?P<name>{'|'.join(_NUMBERS)})\.?"
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
_YEAR_DASH_TWO_DIGITS = re.compile(r"[0-9]{4} ?- ?[0-9]{2}")
_ISO = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?")

_NOT_READ = gettext_noop(
    "“%(text)s” cannot be read as a date: type it as 14 March 2022, March 2022, spring 2022, "
    "2022 or March – May 2022."
)
_NOT_POSSIBLE = gettext_noop(
    "“%(text)s” is no possible date: type a day that the month has, and the earlier date first, "
    "as in 19–21 September 2023."
)
_TWO_MEANINGS = gettext_noop(
    "“%(text)s” can mean more than one thing: type 2021–2022 for two years, May 2021 for a month."
)
_TOO_LONG = gettext_noop(
    "“%(text)s…” is too long for a date: type %(limit)s characters at most, as in March – May 2022."
)


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands on one side of a dash, in digits; a month is 01 to 12, a season 21 to 24."""

    day: str | None = None
    month: str | None = None
    year: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it is a date by itself: not 19, not March, not 14 spring 2021."""
        if self.day and (self.month is None or self.month > "12"):
            return False
        return self.year is not None

    @property
    def edtf(self) -> str:
        return "-".join(part for part in (self.year, self.month, self.day) if part)


@lru_cache(maxsize=4096)
def read_printed(text: str) -> str:
    """Turn a printed English date into EDTF text; EDTFError quotes what cannot be read.

    Case, the kind of dash, the kind of blank and blanks around the text do not matter. A year,
    a dash and two digits are a month (``2024-05``), never two years: ``2021–22`` is refused.
    """
    if len(text) > MAX_PRINTED_LENGTH:
        raise EDTFError(_TOO_LONG, {"text": text[:40], "limit": str(MAX_PRINTED_LENGTH)})
    plain = " ".join(text.translate(_PLAIN).lower().split())
    edtf = plain if _ISO.fullmatch(plain) else _spelled_out(plain)
    if edtf is None:
        two_meanings = _YEAR_DASH_TWO_DIGITS.fullmatch(plain)
        raise EDTFError(_TWO_MEANINGS if two_meanings else _NOT_READ, {"text": text})
    try:
        return parse(edtf).text
    except EDTFError as error:
        raise EDTFError(_NOT_POSSIBLE, {"text": text}) from error


def _spelled_out(plain: str) -> str | None:
    """The EDTF of a date in words, not yet checked against the calendar."""
    sides = [_side(side.strip()) for side in plain.split("-")]
    if len(sides) == 2 and sides[0] and sides[1]:
        sides = _fill_in(sides[0], sides[1])
    if len(sides) > 2 or not all(side and side.is_complete for side in sides):
        return None
    return "/".join(side.edtf for side in sides)


def _side(text: str) -> _Side | None:
    for pattern in _SIDES:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            day, name = found.get("day"), found.get("name")
            return _Side(
                day=day.zfill(2) if day else None,
                month=_NUMBERS[name] if name else None,
                year=found.get("year"),
            )
    return None


def _fill_in(start: _Side, end: _Side) -> list[_Side]:
    """Give each side the month or year that is printed only on the other.

    ``19–21 September 2023``, ``September 19–21, 2023``, ``March – May 2023``. Only dates of one
    kind share: in ``March – 2023`` nothing is filled in.
    """
    if start.year or bool(start.day) != bool(end.day):
        return [start, end]
    if start.day:
        shared = start.month or end.month
        start = replace(start, month=start.month or shared)
        end = replace(end, month=end.month or shared)
    if start.month and end.month:
        start = replace(start, year=end.year)
    return [start, end]
