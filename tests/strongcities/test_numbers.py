import pytest

from strongcities.numbers import whole_number

NUMBERS = {"0": 0, "7": 7, "007": 7, "2023": 2023, "9" * 18: 10**18 - 1}
OTHERS = ["", " ", " 7", "7 ", "-1", "+1", "1.5", "1e3", "1_000", "²", "१", "٣", "ten", "9" * 19]


@pytest.mark.parametrize("text", [*NUMBERS, *OTHERS])
def test_ascii_digits_are_a_whole_number_and_nothing_else_is(text):
    assert whole_number(text) == NUMBERS.get(text)
