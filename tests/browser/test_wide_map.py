"""A map too wide for its page scrolls, and the heads of its lanes stay."""

import pytest

from tests.factories import make_city, make_milestone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wide_map(open_page):
    city = make_city(name="Rabat", slug="rabat")
    for number in range(72):
        make_milestone(
            city=city, slug=f"s{number}", date=f"{2019 + number // 12}-{number % 12 + 1:02}"
        )
    return open_page("/")


def test_heads_of_lanes_stay_when_the_map_scrolls(wide_map):
    sheet, head = wide_map.locator(".map__sheet"), wide_map.locator(".map__head")
    before = head.bounding_box()

    sheet.evaluate("sheet => { sheet.scrollLeft = 700 }")

    assert sheet.evaluate("sheet => sheet.scrollLeft") == 700
    assert head.bounding_box() == before
    assert wide_map.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_stop_in_focus_is_not_under_the_heads(wide_map):
    heads = wide_map.locator(".map__heads").bounding_box()
    stops = wide_map.locator(".map__drawing--wide g a")
    stops.last.focus()

    for number in (30, 15, 3):
        stops.nth(number).focus()

        assert stops.nth(number).bounding_box()["x"] >= heads["x"] + heads["width"]
