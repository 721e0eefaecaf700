import calendar
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from strongcities.edtf import Certainty, EDTFError, describe, parse, read_with_note
from strongcities.edtf.words import MONTHS


def read_printed(text: str) -> str:
    return read_with_note(text).text


QUALIFIERS = ["?", "~", "%"]

years = st.integers(1, 9999).map("{:04}".format)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.dates().map(date.isoformat)
seasons = st.builds("{}-{}".format, years, st.integers(21, 24))
exact_dates = st.one_of(years, months, days, seasons)
unspecified_dates = st.one_of(
    years.map("{}-XX".format),
    years.map("{}-XX-XX".format),
    months.map("{}-XX".format),
    st.integers(0, 999).map("{:03}X".format),
    st.integers(0, 99).map("{:02}XX".format),
)
plain_dates = st.one_of(exact_dates, unspecified_dates)
qualified_dates = st.builds(str.__add__, plain_dates, st.sampled_from(["", *QUALIFIERS]))


@st.composite
def intervals(draw, dates=qualified_dates):
    """Two dates in order, the second of which may be the first."""
    start, end = draw(dates), draw(dates)
    if parse(end).latest < parse(start).earliest:
        start, end = end, start
    return f"{start}/{end}"


one_sided_intervals = st.builds(
    str.format, st.sampled_from(["{}/..", "{}/", "../{}", "/{}"]), qualified_dates
)
accepted_texts = st.one_of(qualified_dates, intervals(), one_sided_intervals)

# Texts that are nearly dates find more than texts of any characters.
near_dates = st.text("0123456789X-/?~%.uxT ٢２–\n", max_size=34)
words = [*MONTHS, "sept", "Fall", "spring", "14", "1st", "31", "2023", "2024"]
marks = [" ", " ", "–", "-", ",", ".", "\u00a0", "İ", "٢"]
near_printed = st.lists(st.sampled_from(words + marks), max_size=12).map("".join)


@given(accepted_texts)
def test_accepted_text_comes_back_as_it_was_with_its_bounds_in_order(text):
    reading = parse(text)

    assert reading.text == text
    assert parse(reading.text) == reading
    assert describe(reading) == describe(text) != ""
    assert reading.earliest or reading.latest
    assert (reading.earliest or date.min) <= (reading.latest or date.max)
    for point in filter(None, (reading.start, reading.end)):
        assert point.earliest <= point.latest


@given(plain_dates, st.sampled_from(QUALIFIERS))
def test_qualifiers_never_widen_the_bounds(text, qualifier):
    plain, qualified = parse(text), parse(text + qualifier)

    assert (qualified.earliest, qualified.latest) == (plain.earliest, plain.latest)
    assert plain.certainty == Certainty.CERTAIN != qualified.certainty


@given(st.dates())
def test_a_printed_day_is_read_alike_in_every_form(day):
    name, year = MONTHS[day.month - 1], f"{day.year:04}"
    forms = [
        f"{day.day} {name} {year}",
        f"{day.day:02} {name[:3]}. {year}",
        f"{name} {day.day}, {year}",
        f"{day.day}{name}{year}".upper(),
        day.isoformat(),
    ]

    assert {read_printed(form) for form in forms} == {day.isoformat()}


@given(st.dates(), st.sampled_from(" \u00a0\u202f"))
def test_the_bounds_of_a_printed_month_are_its_first_and_last_day(day, blank):
    printed = f"{MONTHS[day.month - 1]}{blank}{day.year:04}"

    reading = parse(read_printed(printed))

    last_day = calendar.monthrange(day.year, day.month)[1]
    assert (reading.earliest, reading.latest) == (day.replace(day=1), day.replace(day=last_day))


@given(st.dates(), st.dates(), st.sampled_from(["-", " - ", "–", " – ", "—", "\u00a0−\u00a0"]))
def test_the_bounds_of_a_printed_range_are_its_days(one, other, dash):
    first, last = sorted([one, other])
    sides = [f"{day.day} {MONTHS[day.month - 1]} {day.year:04}" for day in (first, last)]

    reading = parse(read_printed(dash.join(sides)))

    assert (reading.earliest, reading.latest) == (first, last)


@given(
    st.one_of(st.text(), near_dates, near_printed, st.characters(categories=["Nd", "Nl", "No"])),
    st.sampled_from([parse, read_with_note]),
)
@example("2024-02-30/..", parse)
@example("0000-02-30", parse)
@example("\ud800", parse)
@example("0000-05", read_with_note)
@example("99 May 2024", read_with_note)
@example("İ" * 80, read_with_note)
def test_every_text_is_read_or_refused_in_a_sentence_that_says_what_to_type(text, read):
    found, refusal = read_or_refused(read, text)

    if refusal:
        assert str(refusal) == refusal.message % refusal.params
        assert "type " in refusal.message or "leave the side empty" in refusal.message
    else:
        assert parse(found).text == found
        assert read_printed(describe(found)) == said_once(found)


def read_or_refused(read, text: str) -> tuple[str, EDTFError | None]:
    try:
        return read(text).text, None
    except EDTFError as error:
        return "", error


def said_once(text: str) -> str:
    """One month, from itself to itself, is said as the month."""
    start, _, end = text.partition("/")
    return start if start == end else text


@given(accepted_texts)
@example("2023-03/2024")
@example("2023-03~/2024-05")
@example("20XX")
@example("2000/2099")
@example("2023-21?/2024%")
def test_what_is_said_of_a_date_can_be_typed_back(text):
    assert read_printed(describe(text)) == said_once(text)
