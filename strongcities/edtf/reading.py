"""EDTF as text -> the first and last day it covers, how precise it is and how sure."""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import lru_cache

from strongcities.edtf import refusals
from strongcities.edtf.refusals import EDTFError

MAX_LENGTH = 32

_POINT = re.compile(
    r"""
    (?P<body>
        [0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]|XX)  # 2024-05-14  2024-05-XX
      | [0-9]{4}-(?:0[1-9]|1[0-2]|2[1-4])                         # 2024-05     2024-21
      | [0-9]{4}-XX(?:-XX)?                                       # 2024-XX     2024-XX-XX
      | [0-9]{4} | [0-9]{3}X | [0-9]{2}XX                         # 2024  202X  20XX
    )
    (?P<qualifier>[?~%]?)
    """,
    re.VERBOSE,
)

# Level 1 names no hemisphere; the northern months put the four seasons in the order that the
# specification sorts them in. Winter runs into February of the next year.
_FIRST_MONTH_OF_SEASON = {"21": 3, "22": 6, "23": 9, "24": 12}


class Precision(StrEnum):
    """The length of the period that a date is known to fall in: 2023-XX is a year."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class Certainty(StrEnum):
    """What the qualifiers say; BOTH is uncertain and approximate."""

    CERTAIN = "certain"
    UNCERTAIN = "uncertain"
    APPROXIMATE = "approximate"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Point:
    """One date, as written, with the first and last day of its period.

    A qualifier ("", "?", "~" or "%") never widens the period.
    """

    text: str
    qualifier: str
    precision: Precision
    earliest: date
    latest: date

    @property
    def body(self) -> str:
        """The text without its qualifier."""
        return self.text.removesuffix(self.qualifier)

    @property
    def is_unspecified(self) -> bool:
        """Whether it has digits that are not known, as in 2023-XX or 202X."""
        return "X" in self.text

    @property
    def machine(self) -> str | None:
        """The value for HTML's ``<time datetime>``: 2023 for 2023-XX, None where it has none."""
        if re.fullmatch("[0-9]{4}-XX", self.body):
            return self.body[:4]
        if self.is_unspecified or self.precision == Precision.SEASON:
            return None
        return self.body


@dataclass(frozen=True, slots=True)
class Reading:
    """A date or an interval; a single date starts and ends with the same point.

    ``start`` or ``end`` is None on a side that is open (``..``) or not known (empty).
    """

    text: str
    start: Point | None
    end: Point | None

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def earliest(self) -> date | None:
        """The first day it can cover; None where the start is open or not known."""
        return self.start.earliest if self.start else None

    @property
    def latest(self) -> date | None:
        """The last day it can cover; None where the end is open or not known."""
        return self.end.latest if self.end else None

    @property
    def precision(self) -> Precision:
        point = self.start or self.end
        return Precision.INTERVAL if self.is_interval or point is None else point.precision

    @property
    def certainty(self) -> Certainty:
        """The qualifiers of both ends together: ``2023?/2024~`` is BOTH."""
        marks = "".join(point.qualifier for point in (self.start, self.end) if point)
        is_uncertain, is_approximate = (
            not {"?", "%"}.isdisjoint(marks),
            not {"~", "%"}.isdisjoint(marks),
        )
        if is_uncertain and is_approximate:
            return Certainty.BOTH
        if is_uncertain:
            return Certainty.UNCERTAIN
        return Certainty.APPROXIMATE if is_approximate else Certainty.CERTAIN

    def before(self, other: "Reading | None") -> bool:
        """Whether it ends before the other begins; a side that is open or not known never does."""
        if other is None or self.latest is None or other.earliest is None:
            return False
        return self.latest < other.earliest

    def touches(self, other: "Reading | None") -> bool:
        """Whether nothing keeps the two from a day in common; so too where there is no other."""
        return other is None or not (self.before(other) or other.before(self))

    def same_days(self, other: "Reading | None") -> bool:
        """Whether both begin and end alike, however they are written and however sure."""
        return other is not None and (self.earliest, self.latest) == (other.earliest, other.latest)


@lru_cache(maxsize=4096)
def parse(text: str) -> Reading:
    """Read one date or interval of the subset, exactly as written, or raise EDTFError."""
    if len(text) > MAX_LENGTH:
        params = {"length": str(len(text)), "limit": str(MAX_LENGTH)}
        raise EDTFError(refusals.TOO_LONG, params)
    if "/" in text:
        return _interval(text)
    point = _point(text)
    return Reading(text, start=point, end=point)


def _interval(text: str) -> Reading:
    sides = text.split("/")
    if len(sides) > 2:
        raise EDTFError(refusals.MORE_THAN_TWO_SIDES, {"text": text})
    start, end = (None if side in ("", "..") else _point(side) for side in sides)
    if start is None and end is None:
        raise EDTFError(refusals.NO_DATE, {"text": text})
    if start and end and end.latest < start.earliest:
        raise EDTFError(refusals.END_BEFORE_START, {"start": sides[0], "end": sides[1]})
    return Reading(text, start, end)


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise refusals.not_a_date(text)
    # What is left of 2023-06-XX, 2023-XX-XX and 20XX is 2023-06, 2023 and 20.
    known = match["body"].rstrip("-X")
    if known.startswith("0000"):
        raise EDTFError(refusals.OUT_OF_RANGE, {"text": text})
    precision, earliest, latest = _period(known)
    return Point(text, match["qualifier"], precision, earliest, latest)


def _period(known: str) -> tuple[Precision, date, date]:
    """The period of a date as far as it is known: its length tells what it is."""
    year, _, rest = known.partition("-")
    if len(rest) > len("05"):
        day = _day(known)
        return Precision.DAY, day, day
    if first_month := _FIRST_MONTH_OF_SEASON.get(rest):
        return Precision.SEASON, *_months(int(year), first_month, 3)
    if rest:
        return Precision.MONTH, *_months(int(year), int(rest), 1)
    count = 10 ** (4 - len(year))
    first = int(year) * count
    precision = {1: Precision.YEAR, 10: Precision.DECADE, 100: Precision.CENTURY}[count]
    # There is no year 0 to start in.
    return precision, date(max(first, 1), 1, 1), date(first + count - 1, 12, 31)


def _day(known: str) -> date:
    year, month, day = (int(part) for part in known.split("-"))
    last_day = calendar.monthrange(year, month)[1]
    if day > last_day:
        params = {"text": known, "month": known[:7], "day": known[8:], "last": str(last_day)}
        raise EDTFError(refusals.DAY_PAST_MONTH, params)
    return date(year, month, day)


def _months(year: int, first_month: int, count: int) -> tuple[date, date]:
    """The first and last day of ``count`` months, cut off at the end of the year 9999."""
    years_on, month = divmod(first_month + count - 2, 12)
    if year + years_on > MAXYEAR:
        return date(year, first_month, 1), date.max
    last_day = calendar.monthrange(year + years_on, month + 1)[1]
    return date(year, first_month, 1), date(year + years_on, month + 1, last_day)
