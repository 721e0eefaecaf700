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
    words = _Words(translate)
    match reading:
        case Reading(start=Point() as start, end=Point() as end):
            return words.both_ends(start, end)
        case Reading(start=Point() as point):
            before = "since" if reading.text.endswith("..") else "from"
        case Reading(end=Point() as point):
            before = "until" if reading.text.startswith("..") else "to"
    date = _Words(translate, is_within=True).side(point)
    return words.say(_BEFORE[point.precision][before], date=date)


class _Words:
    """Dates in a reader's language; `is_within` where other words stand before them."""

    def __init__(self, translate: Translate, is_within: bool = False):
        self.translate = translate
        self.is_within = is_within

    def say(self, template: str, **params: str) -> str:
        return self.translate(template).rpartition("\x04")[2] % params

    def both_ends(self, start: Point, end: Point) -> str:
        """A single date, or an interval with both ends known."""
        if start.qualifier != end.qualifier or _needs_from(start, end):
            template = _FROM_TO if _needs_from(start, end) else _RANGE_OF_DATES
            return self.say(template, start=self.side(start), end=self.side(end))
        words = _Words(self.translate, is_within=start.qualifier in _ABOUT)
        date = words.one_date(start) if start == end else words.range(start, end)
        return self.qualified(date, start, _UNCERTAIN)

    def side(self, point: Point) -> str:
        return self.qualified(self.one_date(point), point, _UNCERTAIN_SIDE)

    def qualified(self, date: str, point: Point, uncertain: str) -> str:
        if point.qualifier in _ABOUT:
            date = self.say(_BEFORE[point.precision]["about"], date=date)
        return self.say(uncertain, date=date) if point.qualifier in ("?", "%") else date

    def range(self, start: Point, end: Point) -> str:
        """Two dates without their qualifiers, naming once the month or year that they share."""
        precision, year = start.precision, start.body[:4]
        alike = precision == end.precision and not (start.is_unspecified or end.is_unspecified)
        if alike and precision == Precision.YEAR:
            return self.say(_RANGE_OF_NUMBERS, start=start.body, end=end.body)
        if alike and precision in _WITHIN_A_YEAR and year == end.body[:4]:
            return self.say(_IN_YEAR, part=self.range_in_year(start, end), year=year)
        return self.say(_RANGE_OF_DATES, start=self.one_date(start), end=self.one_date(end))

    def range_in_year(self, start: Point, end: Point) -> str:
        if start.precision == Precision.DAY and start.earliest.month == end.earliest.month:
            first, last = str(start.earliest.day), str(end.earliest.day)
            return self.day_of_month(self.say(_RANGE_OF_NUMBERS, start=first, end=last), start)
        first, last = self.part_of_year(start), self.part_of_year(end)
        return self.say(_RANGE_OF_DATES, start=first, end=last)

    def one_date(self, point: Point) -> str:
        """A date without its qualifier."""
        if point.is_unspecified:
            return self.some_date(point)
        year = point.body[:4]
        if point.precision in _WITHIN_A_YEAR:
            return self.say(_IN_YEAR, part=self.part_of_year(point), year=year)
        return year

    def some_date(self, point: Point) -> str:
        """A date with digits that are not known."""
        year = f"{point.earliest.year:04}"
        if point.precision == Precision.CENTURY:
            return self.say(_CENTURY, start=year, end=f"{point.latest.year:04}")
        if point.precision == Precision.DECADE:
            return self.say(_DECADE, year=point.body.replace("X", "0"))
        if point.precision == Precision.MONTH:
            month = self.say(_IN_YEAR, part=self.part_of_year(point), year=year)
            return self.say(_A_DAY_IN_MONTH, period=month)
        return self.say(
            _A_DAY_IN_YEAR if point.body.endswith("-XX-XX") else _A_MONTH_IN, period=year
        )

    def part_of_year(self, point: Point) -> str:
        """What stands before the year: 14 May, May or spring."""
        if point.precision == Precision.SEASON:
            return self.say(SEASONS[point.body[5:]])
        if point.precision == Precision.MONTH:
            return self.month(point, self.is_within)
        return self.day_of_month(str(point.earliest.day), point)

    def day_of_month(self, day: str, point: Point) -> str:
        return self.say(_DAY_OF_MONTH, day=day, month=self.month(point, is_within=True))

    def month(self, point: Point, is_within: bool) -> str:
        """Its name alone or, where it differs, within a date; Django's catalogues have both."""
        name = MONTHS[point.earliest.month - 1]
        within = self.say(pgettext("alt. month", name)) if is_within else name
        return self.say(name) if within == name else within


def _needs_from(start: Point, end: Point) -> bool:
    """Whether a dash would do twice: "March 2023 – 2024", "about March 2023 – May 2024"."""
    is_about, ends_about = (point.qualifier in _ABOUT for point in (start, end))
    before_year = start.precision in _WITHIN_A_YEAR and end.precision == Precision.YEAR
    return (before_year and not end.is_unspecified) or (is_about and not ends_about)
