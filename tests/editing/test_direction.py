"""Words in one script among words in another, in the admin."""

import re

import pytest
from django.contrib.staticfiles import finders

from tests.browser.example import Example
from tests.browser.staff_tour import staff_tour
from tests.pseudo import mixed_directions, write_in_arabic

DJANGOS_OWN = "Select this object for an action"  # said to who does not see the box
PLACES = (
    "dashboard",
    "list members_city",
    "list journeys_event",
    "form members.City",
    "form journeys.Milestone",
    "history of a city",
    "delete",
    "proposal approved",
    "report doubtful-dates",
)


@pytest.mark.one_database
@pytest.mark.django_db
def test_admin_sets_words_of_editors_apart_from_ours(client):
    example = Example()
    tour = staff_tour(example)
    write_in_arabic()
    client.force_login(example.staff["superuser"])
    pages = {name: client.get(at) for name, at in tour.items() if name.startswith(PLACES)}

    mixed = {name: mixed_on(page.content.decode()) for name, page in pages.items()}

    assert {name: words for name, words in mixed.items() if words} == {}


def mixed_on(page: str) -> list[str]:
    return [text for text in mixed_directions(page, set_apart()) if DJANGOS_OWN not in text]


def set_apart() -> str:
    """The selectors to which the admin's style sheet gives their own direction."""
    with open(finders.find("editing/admin.css"), encoding="utf-8") as file:
        rule = re.search(r"\n\n([^{}*]+) \{ unicode-bidi: plaintext; \}", file.read())
    return " ".join(rule[1].split())
