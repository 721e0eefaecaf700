"""The one error that reading a date raises: why it is not read, and what to type instead."""

import re


def gettext_noop(message: str) -> str:
    """The same text: the name is what Django's makemessages looks for."""
    return message


def pgettext(context: str, message: str) -> str:
    """The key of the text in a catalogue; the name is what Django's makemessages looks for."""
    return f"{context}\x04{message}"


class EDTFError(ValueError):
    """A date that cannot be read; the sentence says what to type instead.

    ``message`` is a template with named parameters, so that it can be translated before
    ``params`` are filled in; ``str(error)`` is the English sentence.
    """

    def __init__(self, message: str, params: dict[str, str]) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params


# Of EDTF

TOO_LONG = gettext_noop(
    "A date of %(length)s characters is too long: type %(limit)s at most, as in 2023-05/2024-02."
)
MORE_THAN_TWO_SIDES = gettext_noop(
    "“%(text)s” has more than one /: type a day as 2024-05-14, and one / between a start and an "
    "end, as in 2023-05/2024-02."
)
NO_DATE = gettext_noop("“%(text)s” has no date: type one side at least, as in 2023-05/ or /2017.")
END_BEFORE_START = gettext_noop(
    "%(end)s is before %(start)s: type the earlier date first, as in %(end)s/%(start)s."
)
DAY_PAST_MONTH = gettext_noop(
    "%(text)s has no day %(day)s: type 01 to %(last)s, as in %(month)s-%(last)s."
)
_OTHERWISE = gettext_noop(
    "“%(text)s” is not a date in EDTF: type a year as 2024, a month as 2024-05, a day as "
    "2024-05-14, spring as 2024-21, a start and an end as 2023-05/2024-02."
)
OUT_OF_RANGE = gettext_noop("%(text)s is out of range: type a year from 0001 to 9999, as in 2024.")

# The first pattern found in the text tells what went wrong; its named groups fill the sentence.
_REASONS = {
    r"(?i:\Aunknown\Z)": gettext_noop(
        "“%(text)s” is not a date: leave the side empty, as in 2023-05/ or /2017."
    ),
    r"(?i:\Aopen\Z)": gettext_noop(
        "“%(text)s” is not a date: type two dots, as in 2023-05/.. or ../2017"
    ),
    r"\?~|~\?": gettext_noop("“%(text)s” has two marks: type %% for both, as in 2024-06%%."),
    r"\A[0-9X-]*[xXuU][0-9xXuU-]*[?~%]?\Z": gettext_noop(
        "%(text)s is not possible: type X for digits that are not known, as in 2023-06-XX, "
        "2023-XX, 202X or 20XX."
    ),
    r"\A[0-9]{4}-(?P<month>00|1[3-9]|[2-9][0-9])(?![0-9])": gettext_noop(
        "%(text)s has no month %(month)s: type 01 to 12, as in 2024-06."
    ),
    r"\A[0-9]{4}-[0-9]{2}-(?P<day>00|3[2-9]|[4-9][0-9])(?![0-9])": gettext_noop(
        "%(text)s has no day %(day)s: type 01 to 31, as in 2024-05-14."
    ),
}


_PERHAPS_TWO_YEARS = gettext_noop(
    "%(text)s has no month %(month)s: type 01 to 12, as in 2024-06, or two years as %(years)s."
)


def not_a_date(text: str) -> EDTFError:
    span = re.fullmatch(r"([0-9]{2})([0-9]{2})-(1[3-9]|[2-9][0-9])([?~%]?)", text)
    if span and span[3] > span[2]:
        century, year, later, mark = span.groups()
        years = f"{century}{year}{mark}/{century}{later}{mark}"
        return EDTFError(_PERHAPS_TWO_YEARS, {"text": text, "month": later, "years": years})
    for pattern, message in _REASONS.items():
        if match := re.search(pattern, text):
            return EDTFError(message, {"text": text, **match.groupdict()})
    return EDTFError(_OTHERWISE, {"text": text})


# Of a printed date

TWO_DIGITS = gettext_noop(
    "“%(text)s” can mean more than one thing: type 2021–2022 for two years, May 2021 for a month."
)
PART_OF_TWO_YEARS = gettext_noop(
    "“%(text)s” can mean more than one thing: type a year behind each month or season, as in "
    "March %(year)s – May %(next)s, or only the years."
)
TOO_LONG_PRINTED = gettext_noop(
    "“%(text)s…” is too long for a date: type %(limit)s characters at most, as in March – May 2022."
)
_NOT_READ = gettext_noop(
    "“%(text)s” cannot be read as a date: type it as 14 March 2022, March 2022, spring 2022, "
    "2022 or March – May 2022."
)
_DOUBT = gettext_noop(
    "“%(text)s” cannot be read as a date: type one that is not certain with ? at its end, as in "
    "2024-06?, one that is about right with ~, as in 2024-06~."
)
_NO_SUCH_DAY = gettext_noop(
    "“%(text)s” is no possible date: type a day that the month has, as in 28 February 2023."
)
_EARLIER_FIRST = gettext_noop(
    "“%(text)s” is no possible date: type the earlier date first, each with its year, as in "
    "November 2023 – February 2024."
)
_WINTER_LAST = gettext_noop(
    "“%(text)s” is no possible date: winter %(year)s is read as December %(year)s to February "
    "%(after)s. Type winter %(before)s for the one that %(year)s began with."
)
_NO_SUCH_YEAR = gettext_noop("“%(text)s” is no possible date: type a year from 0001 to 9999.")
_DOUBTING = re.compile(
    r"[?~؟]|\b(?:perhaps|possibly|probably|maybe|likely|or so|unsure|roughly)\b", re.IGNORECASE
)


def not_read(text: str) -> EDTFError:
    return EDTFError(_DOUBT if _DOUBTING.search(text) else _NOT_READ, {"text": text})


def not_possible(text: str, error: EDTFError) -> EDTFError:
    """By what the calendar says of it: `error` is from the reading of its EDTF."""
    if error.message == END_BEFORE_START:
        start, end = error.params["start"], error.params["end"]
        if start[:7] != f"{end[:4]}-24":
            return EDTFError(_EARLIER_FIRST, {"text": text})
        year = int(end[:4])
        years = {"before": f"{year - 1:04}", "year": end[:4], "after": f"{year + 1:04}"}
        return EDTFError(_WINTER_LAST, {"text": text, **years})
    is_year_zero = "0000" in error.params.get("text", "")
    return EDTFError(_NO_SUCH_YEAR if is_year_zero else _NO_SUCH_DAY, {"text": text})
