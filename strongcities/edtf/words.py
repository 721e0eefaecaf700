"""A reading -> words for readers: ``2023-03/2023-05`` is "March – May 2023".

A day or a month stands in its year through one template, and so does a range within a year, so
that a language that puts the year first can say so in one place.
"""

from collections.abc import Callable

from strongcities.edtf.reading import Point, Precision, Reading, parse
from strongcities.edtf.refusals import gettext_noop, pgettext

Translate = Callable[[str], str]

MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
SEASONS = {
    "21": gettext_noop("spring"),
    "22": gettext_noop("summer"),
    "23": gettext_noop("autumn"),
    "24": gettext_noop("winter"),
}

_DAY_OF_MONTH = gettext_noop("%(day)s %(month)s")
_IN_YEAR = gettext_noop("%(part)s %(year)s")
_A_DAY_IN_MONTH = pgettext("in a month", "a day in %(period)s")
_A_DAY_IN_YEAR = pgettext("in a year", "a day in %(period)s")
_A_MONTH_IN = gettext_noop("a month in %(period)s")
_DECADE = gettext_noop("the %(year)ss")
_CENTURY = gettext_noop("the years %(start)s–%(end)s")

_RANGE_OF_NUMBERS = gettext_noop("%(start)s–%(end)s")
_RANGE_OF_DATES = gettext_noop("%(start)s – %(end)s")
_FROM_TO = gettext_noop("from %(start)s to %(end)s")
# Words before a date differ with its precision: "depuis le 14 mai", "depuis mai".
_BEFORE = {
    Precision.DAY: {
        "about": pgettext("a day", "about %(date)s"),
        "since": pgettext("a day", "since %(date)s"),
        "from": pgettext("a day", "from %(date)s, end not known"),
        "until": pgettext("a day", "until %(date)s"),
        "to": pgettext("a day", "to %(date)s, start not known"),
    },
    Precision.MONTH: {
        "about": pgettext("a month", "about %(date)s"),
        "since": pgettext("a month", "since %(date)s"),
        "from": pgettext("a month", "from %(date)s, end not known"),
        "until": pgettext("a month", "until %(date)s"),
        "to": pgettext("a month", "to %(date)s, start not known"),
    },
    Precision.SEASON: {
        "about": pgettext("a season", "about %(date)s"),
        "since": pgettext("a season", "since %(date)s"),
        "from": pgettext("a season", "from %(date)s, end not known"),
        "until": pgettext("a season", "until %(date)s"),
        "to": pgettext("a season", "to %(date)s, start not known"),
    },
    Precision.YEAR: {
        "about": pgettext("a year", "about %(date)s"),
        "since": pgettext("a year", "since %(date)s"),
        "from": pgettext("a year", "from %(date)s, end not known"),
        "until": pgettext("a year", "until %(date)s"),
        "to": pgettext("a year", "to %(date)s, start not known"),
    },
    Precision.DECADE: {
        "about": pgettext("a decade or a century", "about %(date)s"),
        "since": pgettext("a decade or a century", "since %(date)s"),
        "from": pgettext("a decade or a century", "from %(date)s, end not known"),
        "until": pgettext("a decade or a century", "until %(date)s"),
        "to": pgettext("a decade or a century", "to %(date)s, start not known"),
    },
}
_BEFORE[Precision.CENTURY] = _BEFORE[Precision.DECADE]

_UNCERTAIN = gettext_noop("%(date)s, uncertain")
_UNCERTAIN_SIDE = gettext_noop("%(date)s (uncertain)")  # a comma would seem to speak of the whole

_ABOUT = ("~", "%")
_WITHIN_A_YEAR = (Precision.DAY, Precision.MONTH, Precision.SEASON)


def describe(reading: Reading | str, translate: Translate = str) -> str:
    """Say a date in words, in lower case but for names; raise EDTFError for a text that is none.

    ``translate`` takes an English template or name and returns it in the reader's language.
    """
    if isinstance(reading, str):
        reading = parse(reading)
    translate = _without_context(translate)
    match reading:
        case Reading(start=Point() as start, end=Point() as end):
            return _both_ends(start, end, translate)
        case Reading(start=Point() as point):
            before = "since" if reading.open_end else "from"
        case Reading(end=Point() as point):
            before = "until" if reading.open_start else "to"
    words = _side(point, _within_a_date(translate))
    return translate(_BEFORE[point.precision][before]) % {"date": words}


def _without_context(translate: Translate) -> Translate:
    return lambda text: translate(text).rpartition("\x04")[2]


def _within_a_date(translate: Translate) -> Translate:
    """Names of months as they stand in a date, where they differ; Django's catalogues have them."""

    def translated(text: str) -> str:
        other = translate(pgettext("alt. month", text)) if text in MONTHS else text
        return translate(text) if other == text else other

    return translated


def _both_ends(start: Point, end: Point, translate: Translate) -> str:
    """A single date, or an interval with both ends known."""
    if _needs_from(start, end):
        return _join(_FROM_TO, _side(start, translate), _side(end, translate), translate)
    if start.qualifier == end.qualifier:
        within = _within_a_date(translate) if start.qualifier in _ABOUT else translate
        words = _one_date(start, within) if start == end else _range(start, end, within)
        return _qualified(words, start, _UNCERTAIN, translate)
    return _join(_RANGE_OF_DATES, _side(start, translate), _side(end, translate), translate)


def _needs_from(start: Point, end: Point) -> bool:
    """Whether a dash would do twice: "March 2023 – 2024", "about March 2023 – May 2024"."""
    is_about, ends_about = (point.qualifier in _ABOUT for point in (start, end))
    before_year = start.precision in _WITHIN_A_YEAR and end.precision == Precision.YEAR
    return (before_year and not end.is_unspecified) or (is_about and not ends_about)


def _side(point: Point, translate: Translate) -> str:
    return _qualified(_one_date(point, translate), point, _UNCERTAIN_SIDE, translate)


def _qualified(words: str, point: Point, uncertain: str, translate: Translate) -> str:
    if point.qualifier in _ABOUT:
        words = translate(_BEFORE[point.precision]["about"]) % {"date": words}
    return translate(uncertain) % {"date": words} if point.qualifier in ("?", "%") else words


def _range(start: Point, end: Point, translate: Translate) -> str:
    """Two dates without their qualifiers, naming once the month or year that they share."""
    precision, year = start.precision, start.body[:4]
    alike = precision == end.precision and not (start.is_unspecified or end.is_unspecified)
    if alike and precision == Precision.YEAR:
        return _join(_RANGE_OF_NUMBERS, start.body, end.body, translate)
    if alike and precision in _WITHIN_A_YEAR and year == end.body[:4]:
        return _in_year(_range_in_year(start, end, translate), year, translate)
    return _join(_RANGE_OF_DATES, _one_date(start, translate), _one_date(end, translate), translate)


def _range_in_year(start: Point, end: Point, translate: Translate) -> str:
    if start.precision == Precision.DAY and start.earliest.month == end.earliest.month:
        days = _join(_RANGE_OF_NUMBERS, str(start.earliest.day), str(end.earliest.day), translate)
        return _day_of_month(days, start, translate)
    return _join(
        _RANGE_OF_DATES, _part_of_year(start, translate), _part_of_year(end, translate), translate
    )


def _one_date(point: Point, translate: Translate) -> str:
    """A date without its qualifier."""
    if point.is_unspecified:
        return _some_date(point, translate)
    year = point.body[:4]
    if point.precision in _WITHIN_A_YEAR:
        return _in_year(_part_of_year(point, translate), year, translate)
    return year


def _some_date(point: Point, translate: Translate) -> str:
    """A date with digits that are not known."""
    year = f"{point.earliest.year:04}"
    if point.precision == Precision.CENTURY:
        return _join(_CENTURY, year, f"{point.latest.year:04}", translate)
    if point.precision == Precision.DECADE:
        return translate(_DECADE) % {"year": point.body.replace("X", "0")}
    if point.precision == Precision.MONTH:
        month = _in_year(_part_of_year(point, translate), year, translate)
        return translate(_A_DAY_IN_MONTH) % {"period": month}
    template = _A_DAY_IN_YEAR if point.body.endswith("-XX-XX") else _A_MONTH_IN
    return translate(template) % {"period": year}


def _part_of_year(point: Point, translate: Translate) -> str:
    """What stands before the year: 14 May, May or spring."""
    if point.precision == Precision.SEASON:
        return translate(SEASONS[point.body[5:]])
    if point.precision == Precision.MONTH:
        return translate(MONTHS[point.earliest.month - 1])
    return _day_of_month(str(point.earliest.day), point, translate)


def _day_of_month(day: str, point: Point, translate: Translate) -> str:
    month = _within_a_date(translate)(MONTHS[point.earliest.month - 1])
    return translate(_DAY_OF_MONTH) % {"day": day, "month": month}


def _in_year(part: str, year: str, translate: Translate) -> str:
    return translate(_IN_YEAR) % {"part": part, "year": year}


def _join(template: str, start: str, end: str, translate: Translate) -> str:
    return translate(template) % {"start": start, "end": end}
