"""The partials that lead from page to page."""

from django.core.paginator import Paginator

from tests.partials import empty, full


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
