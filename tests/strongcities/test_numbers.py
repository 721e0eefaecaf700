import pytest

from strongcities.numbers import whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("2023", 2023), ("9" * 18, 10**18 - 1)]
)
def test_digits_are_a_whole_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", " 7", "7 ", "-1", "+1", "1.5", "1e3", "1_000", "²", "१", "٣", "ten", "9" * 19]
)
def test_anything_else_is_none(text):
    assert whole_number(text) is None
