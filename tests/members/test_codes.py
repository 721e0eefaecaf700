import re
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.codes import candidates, free_code
from members.models import City
from tests.factories import make_city, make_region

pytestmark = pytest.mark.django_db


def take(*codes: str) -> None:
    region = make_region()
    City.objects.bulk_create(
        City(name=code, short_name=code, slug=code.lower(), code=code, region=region)
        for code in dict.fromkeys(codes)
    )


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
    assert free_code(name) == code


def test_code_that_is_taken_gives_way_to_other_letters_of_the_name():
    take("MAS", "MAA")

    assert free_code("Masaka") == "MAK"


def test_code_has_a_number_where_all_letters_are_taken():
    take("MAS", "OBA", "O01")

    assert free_code("Ob") == "O02"


@pytest.mark.parametrize("name", ["الرباط", "東京", "★", "", "123", "Ob"])
def test_code_is_free_and_well_made_for_any_name(name):
    taken = list(islice(candidates(name), 300))
    take(*taken)

    code = free_code(name)

    assert code not in taken
    assert re.fullmatch("[A-Z0-9]{3}", code)


@pytest.mark.parametrize("name", ["Masaka", "الرباط"])
def test_candidates_hold_every_code_there_is(name):
    assert len(set(candidates(name))) == 36**3


def test_candidates_differ_for_names_without_latin_letters():
    assert next(candidates("الرباط")) != next(candidates("東京"))


def test_code_is_the_same_at_every_run():
    assert free_code("الرباط") == next(candidates("الرباط"))


def test_no_code_left_is_an_error_in_words(monkeypatch):
    monkeypatch.setattr("members.codes.candidates", lambda name: iter(["MAS"]))
    make_city(code="MAS")

    with pytest.raises(ValueError, match="Every code of three letters and digits is taken"):
        free_code("Masaka")


def test_code_takes_one_query_however_many_cities_there_are():
    take(*islice(candidates("Rabat"), 20))

    with CaptureQueriesContext(connection) as queries:
        free_code("Masaka")

    assert len(queries) == 1
