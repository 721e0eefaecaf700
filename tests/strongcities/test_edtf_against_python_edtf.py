"""The same days as python-edtf's strict bounds, wherever both read the text.

Known to differ, and left out of what is generated:

- Winter (24): python-edtf takes December alone; here it runs to February, three months like the
  other seasons.
- An unknown side (``2023-05/``): python-edtf guesses ten years; here there is no bound.
- The year 0 in ``0000``, ``000X`` and ``00XX``: ``datetime.date`` has no such year.
- A qualified season (``2024-21?``), and an interval with a side such as ``2023-XX`` or ``202X?``:
  python-edtf refuses the one and fails on the other; the specification allows both.
- 29 February in every year: python-edtf does not look at the calendar and accepts 2023-02-29.
- Its fuzzy bounds widen a qualified date; ours never do, so the strict ones are compared.
"""

import math
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from strongcities.edtf import parse

years = st.integers(1, 9999).map("{:04}".format)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.dates().map(date.isoformat)
seasons = st.builds("{}-{}".format, years, st.integers(21, 23))
unspecified_sides = st.one_of(
    years.map("{}-XX-XX".format),
    months.map("{}-XX".format),
    st.integers(1, 999).map("{:03}X".format),
    st.integers(1, 99).map("{:02}XX".format),
)
unspecified_dates = st.one_of(unspecified_sides, years.map("{}-XX".format))
plain_dates = st.one_of(years, months, days)


def qualified(dates):
    return st.builds(str.__add__, dates, st.sampled_from("?~%"))


@st.composite
def intervals(draw, dates):
    start, end = draw(dates), draw(dates)
    if parse(end).latest < parse(start).earliest:
        start, end = end, start
    return f"{start}/{end}"


def our_bounds(text):
    reading = parse(text)
    return reading.earliest, reading.latest


def their_bounds(text):
    """python-edtf's strict bounds as dates; its infinity is our None."""
    theirs = parse_edtf(text)
    return tuple(
        None if isinstance(bound, float) and math.isinf(bound) else date(*bound[:3])
        for bound in (theirs.lower_strict(), theirs.upper_strict())
    )


texts = st.one_of(
    seasons,
    unspecified_dates,
    plain_dates | qualified(plain_dates | unspecified_dates),
    intervals(plain_dates | seasons | unspecified_sides),
    intervals(plain_dates | qualified(plain_dates)),
    st.builds(
        str.format, st.sampled_from(["{}/..", "../{}"]), plain_dates | qualified(plain_dates)
    ),
)


@settings(deadline=None, max_examples=200)  # python-edtf reads some hundred texts a second
@given(texts)
def test_dates_and_intervals_have_the_same_bounds(text):
    assert our_bounds(text) == their_bounds(text)


@pytest.mark.parametrize("text", ["2024-24", "2023-05/", "/2017"])
def test_known_differences_in_bounds_still_stand(text):
    assert our_bounds(text) != their_bounds(text)
