"""The partials that lead from page to page."""

import pytest
from django.core.paginator import Paginator

from tests.factories import make_city
from tests.partials import Shown, full


def page_of(number: int, total: int):
    return Paginator(range(total), 1).get_page(number)


def masthead(client, address: str) -> Shown:
    return Shown(client.get(address).text.partition("<main")[0], "body").part("header")


@pytest.mark.django_db
def test_masthead_leads_to_each_section_and_shows_where_one_is(client):
    city = make_city(slug="rabat")

    home = masthead(client, "/")
    _logo, *sections = home.links

    assert home.attributes("a", "aria-current") == [None] * 8
    words = ["Journeys", "Cities", "Regional hubs", "Events", "Initiatives", "Themes", "About"]
    assert [name for name, _address in sections] == words
    for name, address in sections:
        assert masthead(client, address).all("a[aria-current=page]") == [name]
    assert masthead(client, city.get_absolute_url()).all("a[aria-current=true]") == ["Journeys"]


def test_next_page_keeps_the_rest_of_the_address():
    nav = full("shared/_next_page.html", asked="/themes/youth/?a=1&page=2", page=page_of(2, 3))

    assert nav.links == [("Previous", "?a=1&page=1"), ("Next", "?a=1&page=3")]
    assert "Page 2 of 3" in nav.text


def test_pagination_leads_to_each_page_but_this():
    nav = full(
        "shared/_pagination.html",
        asked="/journeys/?q=%3Cb%3E%22&page=2",
        page=page_of(2, 9),
        page_range=[1, 2, "…", 9],
    )

    assert nav.links == [
        ("Previous", "?q=%3Cb%3E%22&page=1"),
        ("Page 1", "?q=%3Cb%3E%22&page=1"),
        ("Page 9", "?q=%3Cb%3E%22&page=9"),
        ("Next", "?q=%3Cb%3E%22&page=3"),
    ]
    assert nav.all("[aria-current=page]") == ["Page 2"]
