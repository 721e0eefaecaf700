"""Why a printed date is not read, and what to type instead: true of what was typed."""

import re

from strongcities.edtf.errors import EDTFError, gettext_noop

_NOT_READ = gettext_noop(
    "“%(text)s” cannot be read as a date: type it as 14 March 2022, March 2022, spring 2022, "
    "2022 or March – May 2022."
)
_DOUBT = gettext_noop(
    "“%(text)s” cannot be read as a date: type one that is not certain with ? at its end, as in "
    "2024-06?, one that is about right with ~, as in 2024-06~."
)
_TWO_DIGITS = gettext_noop(
    "“%(text)s” can mean more than one thing: type 2021–2022 for two years, May 2021 for a month."
)
_PART_OF_TWO_YEARS = gettext_noop(
    "“%(text)s” can mean more than one thing: type a year behind each month or season, as in "
    "March %(year)s – May %(next)s, or only the years."
)
_NO_SUCH_DAY = gettext_noop(
    "“%(text)s” is no possible date: type a day that the month has, as in 28 February 2023."
)
_END_BEFORE_START = gettext_noop(
    "“%(text)s” is no possible date: type the earlier date first, each with its year, as in "
    "November 2023 – February 2024."
)
_OUT_OF_RANGE = gettext_noop("“%(text)s” is no possible date: type a year from 0001 to 9999.")
_TOO_LONG = gettext_noop(
    "“%(text)s…” is too long for a date: type %(limit)s characters at most, as in March – May 2022."
)
_DOUBTING = re.compile(
    r"[?~؟]|\b(?:perhaps|possibly|probably|maybe|likely|or so|unsure|roughly)\b", re.IGNORECASE
)


def not_read(text: str) -> EDTFError:
    return EDTFError(_DOUBT if _DOUBTING.search(text) else _NOT_READ, {"text": text})


def two_digits(text: str) -> EDTFError:
    return EDTFError(_TWO_DIGITS, {"text": text})


def part_of_two_years(text: str, year: str) -> EDTFError:
    years = {"year": year, "next": f"{int(year) + 1:04}"}
    return EDTFError(_PART_OF_TWO_YEARS, {"text": text, **years})


def not_possible(text: str, error: EDTFError) -> EDTFError:
    """By what the calendar says of it: `error` is from the reading of its EDTF."""
    if {"start", "end"} <= error.params.keys():
        message = _END_BEFORE_START
    else:
        message = _OUT_OF_RANGE if "0000" in error.params.get("text", "") else _NO_SUCH_DAY
    return EDTFError(message, {"text": text})


def too_long(text: str, limit: int) -> EDTFError:
    return EDTFError(_TOO_LONG, {"text": text[:40], "limit": str(limit)})
