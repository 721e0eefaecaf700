"""A map too wide for its page scrolls, and the heads of its lanes stay."""

import pytest

from tests.factories import make_city, make_milestone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_heads_of_lanes_stay_when_the_map_scrolls_and_hide_no_stop_in_focus(open_page):
    city = make_city(name="Rabat", slug="rabat")
    for number in range(72):
        make_milestone(
            city=city, slug=f"s{number}", date=f"{2019 + number // 12}-{number % 12 + 1:02}"
        )
    page = open_page("/")
    sheet, heads = page.locator(".map__sheet"), page.locator(".map__heads")
    before = heads.bounding_box()

    sheet.evaluate("sheet => { sheet.scrollLeft = 700 }")

    assert sheet.evaluate("sheet => sheet.scrollLeft") == 700
    assert heads.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    stops = page.locator(".map__drawing--wide g a")
    for number in (-1, 30, 15, 3):
        stops.nth(number).focus()
        assert stops.nth(number).bounding_box()["x"] >= before["x"] + before["width"]
