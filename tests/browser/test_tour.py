"""The way of a visitor, in a real browser."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page, selector: str) -> None:
    """Press Tab until the element has the focus, as someone without a mouse does."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


def test_visitor_filters_by_keyboard_and_opens_a_journey(open_page, seed):
    page = open_page("/")

    tab_to(page, ".masthead a[href='/journeys/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journeys/")
    tab_to(page, "a[href='#main']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journeys/#main")
    tab_to(page, "input[name=region][value=mena]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=theme][value=youth-engagement]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**theme=youth-engagement**")

    assert page.locator("h2").first.inner_text() == "2 milestones in 1 city"
    tab_to(page, "main a[href='/journeys/rabat/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journeys/rabat/")
    assert page.locator("h1").inner_text() == "Rabat"
    assert page.said == []


def test_filter_that_has_the_focus_is_above_the_button_that_applies_them(open_page, seed):
    page = open_page("/journeys/", width=1280)
    filters = page.locator(".filter__legend, .filter__box")

    for _number in range(filters.count()):
        tab_to(page, ".filter__legend, .filter__box")
        focused = page.locator(":focus").bounding_box()
        button = page.locator(".filter > .button").bounding_box()
        assert focused["y"] + focused["height"] <= button["y"]


def test_on_a_phone_filters_are_closed_and_the_masthead_takes_three_rows(open_page, seed):
    narrow, wide = open_page("/journeys/", width=390), open_page("/journeys/", width=1280)

    assert not narrow.locator("input[name=region]").first.is_visible()
    assert wide.locator("input[name=region]").first.is_visible()
    narrow.locator(".filter__summary").click()
    assert narrow.locator("input[name=region]").first.is_visible()
    narrow.locator("summary.filter__legend").first.click()
    assert not narrow.locator("input[name=region]").first.is_visible()
    logo = narrow.locator(".masthead__logo").bounding_box()
    field = narrow.locator(".masthead__field").bounding_box()
    assert field["y"] < logo["y"] + logo["height"]
    links = narrow.locator(".masthead__link").all()
    assert len({link.bounding_box()["y"] for link in links}) == 2
