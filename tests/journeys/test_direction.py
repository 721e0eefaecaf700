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
def test_no_page_mixes_words_of_editors_with_ours(client):
    make_told_portal()
    write_in_arabic()

    pages = {address: client.get(address).content.decode() for address in [*TOLD, *MORE]}
    mixed = {address: mixed_directions(page) for address, page in pages.items()}

    assert {address: words for address, words in mixed.items() if words} == {}


@pytest.mark.parametrize(
    ("language", "words", "is_apart"),
    [
        ("en", "Rabat (2023)", False),
        ("en", "2023", False),
        ("en", f"{CITY} (2023)", True),
        ("ar", "Rabat!", True),
        ("ar", CITY, False),
        ("ar", "2023-05/..", True),  # a code runs from left to right
    ],
)
def test_words_that_run_with_the_page_stay_bare_and_others_are_set_apart(language, words, is_apart):
    with override(language):
        assert isolated(words) == (f"\u2068{words}\u2069" if is_apart else words)


def test_each_word_in_a_sentence_and_in_a_list_is_set_apart():
    words = {"name": f"{CITY}!", "place": "Rabat"}

    assert filled("%(name)s, %(place)s", words) == f"\u2068{CITY}!\u2069, Rabat"
    assert listed(["Rabat", CITY]) == f"Rabat, \u2068{CITY}\u2069"
