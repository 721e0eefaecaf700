import re
from itertools import islice

import pytest

from members.codes import candidates, free_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Masaka", "MAS"),
        ("Hani i Elezit", "HAN"),
        ("Élan", "ELA"),
        ("St. John’s", "STJ"),
        ("Ob", "O01"),
        ("Y", "Y01"),
    ],
)
def test_code_is_of_the_first_letters(name, code):
    assert free_code(name, set()) == code


def test_code_that_is_taken_gives_way_to_other_letters_or_a_number():
    assert free_code("Masaka", {"MAS", "MAA"}) == "MAK"
    assert free_code("Ob", {"MAS", "OBA", "O01"}) == "O02"


@pytest.mark.parametrize("name", ["الرباط", "東京", "★", "", "123", "Ob"])
def test_code_is_free_and_well_made_for_any_name(name):
    taken = set(islice(candidates(name), 300))

    code = free_code(name, taken)

    assert code not in taken
    assert re.fullmatch("[A-Z0-9]{3}", code)
    assert len(set(candidates(name))) == 36**3  # every code there is
