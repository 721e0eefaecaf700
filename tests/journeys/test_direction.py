"""Words in one script among words in another."""

import pytest
from django.utils.translation import override

from strongcities.direction import filled, isolated, listed
from tests.journeys.stories import make_told_portal
from tests.journeys.test_told_pages import TOLD
from tests.pseudo import mixed_directions, write_in_arabic

CITY = "طنجة الجديدة"
MORE = [
    "/search/?q=%D8%A8",
    "/compare/?city=rabat&city=masaka",
    "/journeys/rabat/?order=date",
    "/events/walk/",
    "/no-such-page/",
]


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("address", [*TOLD, *MORE])
def test_page_sets_words_of_editors_apart_from_ours(client, address):
    make_told_portal()
    write_in_arabic()

    page = client.get(address).content.decode()

    assert mixed_directions(page) == []


def test_words_that_run_with_the_page_stay_bare_and_others_are_set_apart():
    assert isolated("Rabat (2023)") == "Rabat (2023)"
    assert isolated("2023") == "2023"
    assert isolated(f"{CITY} (2023)") == f"\u2068{CITY} (2023)\u2069"


def test_words_in_latin_letters_are_set_apart_on_a_page_in_arabic():
    with override("ar"):
        assert isolated("Rabat!") == "\u2068Rabat!\u2069"
        assert isolated(CITY) == CITY


def test_code_runs_from_left_to_right_on_a_page_in_arabic():
    with override("ar"):
        assert isolated("2023-05/..") == "\u20682023-05/..\u2069"


def test_each_word_in_a_sentence_is_set_apart():
    words = {"name": f"{CITY}!", "place": "Rabat"}

    assert filled("%(name)s, %(place)s", words) == f"\u2068{CITY}!\u2069, Rabat"


def test_names_in_a_list_are_set_apart_one_by_one():
    assert listed(["Rabat", CITY]) == f"Rabat, \u2068{CITY}\u2069"
