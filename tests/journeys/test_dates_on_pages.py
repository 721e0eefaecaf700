"""No page tells a milestone's printed date without its reading, or the reading alone."""

import re

import pytest
from justhtml import JustHTML

from journeys.models import Event, Initiative, Milestone, Theme
from members.models import City, Region
from tests.browser.tour import TOUR
from tests.partials import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOLDERS = {"p", "li", "dd", "g", "article", "tr", "a"}
DIFFERING = {("rabat", 4), ("hani-i-elezit", 3), ("masaka-city", 8)}


def addresses() -> list[str]:
    """Every public page of the seed, three journeys in both orders and compared too."""
    cities = ["athens-ohio", "hani-i-elezit", "masaka-city", "rabat"]
    kinds = (City, Region, Theme, Event, Initiative, Milestone)
    records = [record.get_absolute_url() for kind in kinds for record in kind.objects.all()]
    by_date = [f"/journeys/{city}/?order=date" for city in cities]
    pairs = [f"/compare/?city={city}&city=rabat" for city in cities[:3]]
    lists = [f"/journeys/?city={city}" for city in cities]
    searches = ["/search/?q=Rabat", "/search/?q=Hani", "/search/?q=Masaka"]
    return [*dict.fromkeys([*TOUR, *records, *by_date, *pairs, *lists, *searches])]


def words_and_names(element) -> str:
    """What an element says, seen or spoken."""
    spoken = [one.attrs.get("aria-label") or "" for one in [element, *element.query("*")]]
    return " ".join([words_of(element), *spoken])


def tellings(tree, milestone: Milestone):
    """The words beside each place that names a milestone or leads to it."""
    for element in tree.query("*"):
        if element.name in ("head", "title", "script") or not names(element, milestone):
            continue
        yield words_and_names(holder(element, milestone))


def names(element, milestone: Milestone) -> bool:
    """Whether it has the title as a text of its own, leads there or is its text in a drawing."""
    if re.search(rf"[/#]{milestone.slug}/?$", element.attrs.get("href") or ""):
        return True
    own = [child.data or "" for child in element.children if child.name == "#text"]
    in_drawing = "event-drawing__title" in element.attrs.get("class", "")
    in_drawing = in_drawing and milestone.map_title in own
    return in_drawing or any(milestone.title in text for text in own)


def holder(element, milestone: Milestone):
    """The smallest part of the page around a title that tells a date of it, else that is whole."""
    while element.name != "body":
        said = words_and_names(element)
        if element.name in HOLDERS or any(date in said for date in dates_of(milestone)):
            return element
        element = element.parent
    return element


def dates_of(milestone: Milestone) -> tuple[str, str]:
    """As printed, and the month of the reading."""
    return milestone.date_as_printed, milestone.date_in_words.split(" ", 1)[1]


def test_every_page_tells_both_dates_of_a_milestone_or_none(client, seed):
    differing = [one for one in Milestone.objects.with_city() if one.date_differs]
    assert {(one.city.slug, one.position) for one in differing} == DIFFERING

    told, halves = 0, []
    for address in addresses():
        response = client.get(address)
        page = response.content.decode()
        named = [one for one in differing if one.slug in page]
        tree = JustHTML(page, sanitize=False) if named else None
        for milestone in named:
            for words in tellings(tree, milestone):
                found = [date in words for date in dates_of(milestone)]
                told += all(found)
                if any(found) and not all(found):
                    halves.append((address, milestone.title, words[:120]))

    assert halves == []
    assert told > 30
