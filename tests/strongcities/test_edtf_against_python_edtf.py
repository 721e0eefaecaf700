"""The same days as python-edtf's strict bounds, wherever both read the text.

Its fuzzy bounds widen a qualified date; ours never do, so the strict ones are compared.
"""

import math
import re
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given

from strongcities.edtf import parse
from tests.strongcities.test_edtf_properties import accepted_texts

KNOWN_TO_DIFFER = re.compile(
    r"""
    # It takes December alone for the winter; here it runs to February.
    \b\d{4}-24\b(?!-)
    # It guesses ten years for a side that is not known; here there is no bound.
  | ^/ | /$
    # datetime.date has no year 0 to start in.
  | \b00(0X|XX)
    # It refuses a season that is not certain,
  | \b\d{4}-2[1-3][?~%]
    # and digits that are not known in an interval with a mark, an open side or 2023-XX.
  | (?=.*/)(?=.*X).*(?:[?~%]|\.\.|\d{4}-XX(?!-))
    """,
    re.VERBOSE,
)


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


@given(accepted_texts.filter(lambda text: not KNOWN_TO_DIFFER.search(text)))
def test_dates_and_intervals_have_the_same_bounds(text):
    assert our_bounds(text) == their_bounds(text)


@pytest.mark.parametrize("text", ["2024-24", "2023-05/", "/2017"])
def test_known_differences_in_bounds_still_stand(text):
    assert our_bounds(text) != their_bounds(text)
