"""A date as a page prints it -> EDTF: ``14 March 2022``, ``June2024``, ``March – May 2023``.

What has two readings has none: ``03/04/2022``, ``March 2023–2024``. Where one is the custom and
another is possible, as in ``2009-10``, a note says so. Fiscal and school years, which differ by
country, and dates of other calendars are not read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from strongcities.edtf import refusals
from strongcities.edtf.names import coded, fold
from strongcities.edtf.reading import Point, Precision, Reading, parse
from strongcities.edtf.refusals import EDTFError, gettext_noop
from strongcities.edtf.sides import Side, fill_in, in_notation, read_side

MAX_PRINTED_LENGTH = 80

# A hyphen may part the parts of one date, a dash only two dates. The marks that say which way a
# line runs, soft hyphens, zero-width blanks and byte order marks are nothing.
_UNSEEN = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
    "\u2066\u2067\u2068\u2069\ufeff"
)
_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2043\ufe63\uff0d", "-")
    | dict.fromkeys("\u2012\u2014\u2015\u2212\ufe58", "–")
    | dict.fromkeys(_UNSEEN, "")
    | {"،": ",", "’": "'", "º": "o", "ª": "a", "&": " & "}
)
_BULLET = re.compile(r"^(?:[-–•*·▪◦‣>#]+ |[0-9]{1,2}\) |\*\*|__)+")
_TRAILING = re.compile(r"(?:[ ,:;*_|]|(?<!\.)\.)+$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# Weekdays, the "of" and "the" within a date, and the letter behind a year in Arabic and Urdu.
_NOTHING = re.compile(
    r"\bW[0-9],? |(?<=[0-9a-z]) (?:of|de|del)(?= )|\bthe (?=[0-9y])|(?<=[0-9]) ?[ءم](?![^\W\d_])"
)
_SAME_MONTH = re.compile(r"(M[0-9]{2}) ?[/(] ?\1\)?")  # Arabic names a month in two series
_QUARTER = re.compile(r"([QH][1-4]) ?[-/] ?(?=[0-9]{4})")
_YEAR_BEFORE_QUARTER = re.compile(r"([0-9]{4})[- ]?([QH][1-4])")
_PART_OF = re.compile(r"\b(?:early|mid|late)(?: ?- ?| )(?=[0-9MSQH])")

_ABOUT = re.compile(
    r"(?<![a-z])(?:about|around|circa|ca?\.?|approx\.?|approximately|~) ?(?=[0-9MSQH])"
)
_UNSURE = ", uncertain"
_MARKED = {"?": "{}, uncertain", "~": "about {}", "%": "about {}, uncertain"}
_END = r"(?:ongoing|present|now|today|date|onwards?)"
_ONE_SIDED: dict[re.Pattern, Callable[[Side], str]] = {
    re.compile(pattern): edtf
    for pattern, edtf in {
        r"(?:from )?(.+), end not known": lambda side: f"{side.first}/",
        r"to (.+), start not known": lambda side: f"/{side.last}",
        r"(?:ongoing )?since (.+)": lambda side: f"{side.first}/..",
        r"(?:until|till|up to) (.+)": lambda side: f"../{side.last}",
        r"before (.+)": lambda side: f"/{_beside(parse(side.first).start, -1)}",
        r"after (.+)": lambda side: f"{_beside(parse(side.last).end, 1)}/",
        rf"(?:from )?(.+?)(?: ?[-–,(] ?| to | and | ){_END}\)?": lambda side: f"{side.first}/..",
    }.items()
}
_BETWEEN = re.compile(r" ?[-–/&] ?| (?:to|until|till|and) ")

# A year and what may be another, behind a month or season or alone.
_TWO_YEARS = re.compile(
    r"(?!from .* to )(?P<part>[^–/]*[MSQH].*?)?"
    r"(?P<year>(?!0000)[0-9]{4}) ?(?P<by>[-–/&]|to|and) ?(?P<next>[0-9]{4}|[0-9]{2})"
)
_ISO_MONTH = re.compile(r"(?P<year>(?!0000)[0-9]{4})=(?P<next>[0-9]{2})")

NOTE_MONTH = gettext_noop("it is read as a month, but could be years")
NOTE_PART = gettext_noop("it names a part only of what it is read as")
NOTE_WINTER = gettext_noop("the winter may begin or end in that year")
NOTE_AND = gettext_noop("it is read as all the time between the two")


@dataclass(frozen=True, slots=True)
class Printed:
    """The EDTF of a printed date; `note` says what else it could be."""

    text: str
    note: str = ""


@lru_cache(maxsize=4096)
def read_with_note(text: str) -> Printed:
    """Case, accents, digits of any script and the kind of dash or blank do not matter."""
    if len(text) > MAX_PRINTED_LENGTH:
        params = {"text": text[:40], "limit": str(MAX_PRINTED_LENGTH)}
        raise EDTFError(refusals.TOO_LONG_PRINTED, params)
    plain = in_notation(plain_codes(_mark_in_words(text.rstrip())), text)
    printed = _years(plain, text) or _dated(plain, text)
    if printed is None or _is_of_another_calendar(text, printed.text):
        raise refusals.not_read(text)
    return printed


def read_typed(text: str) -> Printed:
    """What an editor types: EDTF, or else a date as people write it.

    Where it is neither, the EDTFError is the one that helps more.
    """
    text = text.strip()
    try:
        return Printed(parse(text).text)
    except EDTFError as refused:
        try:
            return read_with_note(text)
        except EDTFError as error:
            looks_like_edtf = text[:1].isdigit() and "-" in text
            raise (refused if looks_like_edtf else error) from error


def _mark_in_words(text: str) -> str:
    """A mark of EDTF at the end, "June 2024?", as it is told: "June 2024, uncertain"."""
    return _MARKED[text[-1]].format(text[:-1]) if text[-1:] in _MARKED else text


def plain_codes(text: str) -> str:
    """The text without what says nothing, with names as codes; a spaced hyphen is a dash."""
    plain = " ".join(fold(text.translate(_PLAIN)).split())
    plain = _TRAILING.sub("", _BULLET.sub("", plain + " ").strip())
    if brackets := _BRACKETS.fullmatch(plain):
        plain = brackets[1].strip()
    plain = _NOTHING.sub("", coded(plain).replace(" - ", " – "))
    plain = _QUARTER.sub(r"\1 ", _SAME_MONTH.sub(r"\1", plain))
    return _YEAR_BEFORE_QUARTER.sub(r"\2 \1", plain).strip()


def _years(plain: str, text: str) -> Printed | None:
    """A year and what may be another: two years, a month, a winter; None where it is neither."""
    if month := _ISO_MONTH.fullmatch(plain):
        return _month_of(month["year"], month["next"])
    found = _TWO_YEARS.fullmatch(plain)
    if found is None:
        return None
    year, following, by = found["year"], found["next"], found["by"]
    is_next = year != "9999" and int(following) == (int(year) + 1) % 10 ** len(following)
    if found["part"]:
        if found["part"].strip() == "S24" and is_next:
            return Printed(f"{year}-24")
        years = {"year": year, "next": f"{int(year) + 1:04}"}
        raise EDTFError(refusals.PART_OF_TWO_YEARS, {"text": text, **years})
    if len(following) == 4:
        return None
    is_season = by == "-" and "21" <= following <= "24"
    if is_next and by in "-–/" and not is_season:
        return Printed(f"{year}/{int(year) + 1:04}")
    if by in "–/" and "01" <= following <= "12":
        return _month_of(year, following)
    raise EDTFError(refusals.TWO_DIGITS, {"text": text})


def _month_of(year: str, month: str) -> Printed:
    return Printed(f"{year}-{month}", NOTE_MONTH if month > year[2:] else "")


def _dated(plain: str, text: str) -> Printed | None:
    plain, parts = _PART_OF.subn("", _ABOUT.sub("about ", plain))
    try:
        edtf = _one_sided(plain) or _both_sides(plain)
        if edtf is None:
            return None
        reading = parse(edtf)
    except EDTFError as error:
        raise refusals.not_possible(text, error) from error
    return Printed(edtf, NOTE_PART if parts else _note(plain, reading))


def _one_sided(plain: str) -> str | None:
    if not re.search("[a-z]{3}", plain):
        return None
    for pattern, edtf in _ONE_SIDED.items():
        found = pattern.fullmatch(plain)
        side = read_side(found[1]) if found else None
        if side and side.is_complete:
            return edtf(side)
    return None


def _both_sides(plain: str) -> str | None:
    """A date or a range, as EDTF not yet checked against the calendar.

    A mark of the whole is each side's: "about March – May 2023, uncertain".
    """
    is_from, body = plain.startswith("from "), plain.removeprefix("from ").removesuffix(_UNSURE)
    is_about = not is_from and body.startswith("about ") and body.count("about ") == 1
    is_unsure = plain.endswith(_UNSURE)
    sides = [read_side(each) for each in _BETWEEN.split(body.removeprefix("about " * is_about))]
    if None in sides or len(sides) not in ([2] if is_from else [1, 2]):
        return None
    if len(sides) == 2:
        sides = fill_in(*sides)
    if not all(side.is_complete for side in sides):
        return None
    start, end = (side.marked(is_about, is_unsure) for side in (sides[0], sides[-1]))
    if len(sides) == 1 and start.months == 1:
        return start.first
    return f"{start.first}/{end.last}"


def _beside(point: Point, step: int) -> str:
    """The day, month or year before (-1) or after (1) a date, or the day beside what is longer."""
    edge = point.earliest if step < 0 else point.latest
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(point.precision, 10)
    try:
        return (edge + timedelta(days=step)).isoformat()[:length]
    except OverflowError:
        raise EDTFError(refusals.OUT_OF_RANGE, {"text": point.text}) from None


def _note(plain: str, reading: Reading) -> str:
    if "S24" in plain:
        return NOTE_WINTER
    is_two = "&" in plain or " and " in plain
    if is_two and (reading.end.earliest - reading.start.latest).days > 1:
        return NOTE_AND
    return ""


def _is_of_another_calendar(text: str, edtf: str) -> bool:
    """Whether digits of another script name a year that few of our calendar would mean."""
    years = re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", edtf)
    in_latin = re.search("[0-9]", text)
    return not in_latin and any(not "1600" <= year <= "2050" for year in years)
