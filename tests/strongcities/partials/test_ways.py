"""The partials that lead from page to page."""

import pytest
from django.core.paginator import Paginator

from tests.partials import ARABIC, empty, full, typed


def page_of(number: int, total: int):
    return Paginator(range(total), 1).get_page(number)


def test_masthead_shows_where_one_is():
    sections = ["journeys", "cities", "regions", "events", "initiatives", "themes", "about"]
    for section in sections:
        head = full("shared/_masthead.html", section=section, here="page")
        assert head.all("a[aria-current=page]") == [
            {"regions": "Regional hubs"}.get(section, section.capitalize())
        ]

    below = full("shared/_masthead.html", section="cities")
    outside = empty("shared/_masthead.html", section="")

    assert below.all("a[aria-current=true]") == ["Cities"]
    assert outside.attributes("a", "aria-current") == [None] * 8
    addresses = [f"/{section}/" for section in sections]
    assert [address for _words, address in outside.links] == ["/", *addresses]


def test_next_page_keeps_the_rest_of_the_address():
    nav = full("shared/_next_page.html", asked="/themes/youth/?a=1&page=2", page=page_of(2, 3))

    assert nav.links == [("Previous", "?a=1&page=1"), ("Next", "?a=1&page=3")]
    assert "Page 2 of 3" in nav.text


@pytest.mark.parametrize("name", ["shared/_next_page.html", "shared/_pagination.html"])
@pytest.mark.parametrize(("number", "ways"), [(1, ["next"]), (2, ["prev"])])
def test_first_and_last_page_lead_one_way(name, number, ways):
    nav = full(name, asked="/journeys/", page=page_of(number, 2), page_range=[])

    assert nav.attributes("a", "rel") == ways


def test_one_page_has_no_way_on():
    assert empty("shared/_next_page.html", asked="/themes/youth/", page=page_of(1, 1)).names == []

    nav = empty("shared/_pagination.html", asked="/journeys/", page=page_of(1, 1), page_range=[1])

    assert nav.names == []


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


def test_search_keeps_the_words_and_paper_the_address_if_there_are_any():
    field = full("shared/_search.html", q=typed(ARABIC))
    line = full("shared/_source.html", asked="/journeys/?q=tea&page=2")

    assert field.attributes("input", "value") == [typed(ARABIC)]
    assert empty("shared/_search.html").attributes("input", "value") == [""]
    assert "http://testserver/journeys/?q=tea&page=2, read on " in line.text
    assert empty("shared/_source.html").names == []
