"""Milestones put in another order: by keyboard, by mouse, by number."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.axe import faults_of
from tests.editing.staff import make_editor, make_publisher
from tests.factories import make_city, make_milestone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city():
    city = make_city()
    for title in ("Asking", "Joining", "Visiting", "Leading"):
        make_milestone(city=city, title=title)
    return city


@pytest.fixture
def open_screen(open_as, city):
    """A function: the city's screen as a publisher sees it, scrolled to the milestones."""

    def open_(**options):
        address = reverse("admin:members_city_change", args=[city.pk])
        page = open_as(make_publisher(), address, **options)
        page.locator("#order-title").scroll_into_view_if_needed()
        return page

    return open_


def told(city) -> list[str]:
    return list(city.milestones.order_by("position", "pk").values_list("title", flat=True))


def shown(page) -> list[str]:
    return page.locator(".order__words > a").all_text_contents()


def row(page, title: str):
    return page.locator(f'[data-title="{title}"]')


def save(page) -> None:
    page.get_by_role("button", name="Save this order").press("Enter")


def test_milestone_is_moved_and_saved_by_keyboard_and_what_was_typed_stays(open_screen, city):
    page = open_screen()
    page.locator("#id_intro").fill("Typed, and not saved yet.")
    up = row(page, "Leading").get_by_role("button", name="Up: Leading")

    up.press("Enter")
    up.press("Enter")

    assert shown(page) == ["Asking", "Leading", "Joining", "Visiting"]
    expect(up).to_be_focused()
    expect(page.locator(".order__said")).to_have_text("“Leading” moved to place 2 of 4.")
    save(page)
    expect(page.locator(".order__said")).to_have_text("The order is saved.")
    expect(page.get_by_role("button", name="Save this order")).to_be_focused()
    expect(page.locator("#id_intro")).to_have_value("Typed, and not saved yet.")
    assert told(city) == ["Asking", "Leading", "Joining", "Visiting"]
    row(page, "Asking").get_by_role("button", name="Up").press("Enter")
    expect(page.locator(".order__said")).to_have_text("“Asking” is the first already.")
    row(page, "Asking").get_by_label("Place of “Asking”").fill("3")
    page.keyboard.press("Tab")
    assert shown(page) == ["Leading", "Joining", "Asking", "Visiting"]
    expect(row(page, "Visiting").get_by_label("Place")).to_have_value("4")
    assert page.said == []


def test_milestone_is_dragged_and_its_order_stays_until_it_is_saved(open_screen):
    page = open_screen()
    asked, moved = [], ["Asking", "Leading", "Joining", "Visiting"]
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/order/", lambda route: route.abort())
    row(page, "Joining").scroll_into_view_if_needed()
    row(page, "Leading").locator("[data-handle]").hover()

    page.mouse.down()
    target = row(page, "Joining").bounding_box()
    page.mouse.move(target["x"] + 40, target["y"] + 5, steps=6)
    page.mouse.up()

    assert shown(page) == moved
    expect(page.locator(".order__said")).to_have_text("“Leading” moved to place 2 of 4.")
    save(page)
    expect(page.locator(".order__said")).to_contain_text("The order could not be saved")
    page.get_by_role("link", name="Visiting", exact=True).click()
    assert asked == ["beforeunload"]
    assert shown(page) == moved


def test_order_and_what_was_wanted_are_accessible(open_screen, city):
    page = open_screen()
    as_opened = faults_of(page, include=[[".order"]])
    city.milestones.filter(title="Asking").update(position=9)

    row(page, "Leading").get_by_role("button", name="Up").click()
    save(page)

    expect(page.locator("[data-problem]")).to_be_focused()
    expect(page.locator("[data-problem]")).to_contain_text("Somebody has changed this order")
    assert page.locator(".order__wanted bdi").all_text_contents() == [
        "Asking",
        "Joining",
        "Leading",
        "Visiting",
    ]
    assert as_opened == []
    page.said.clear()  # the answer to an order that somebody has changed is an error
    assert faults_of(page, include=[[".order"]]) == []


def test_page_of_the_order_is_accessible_to_who_moves_some(open_as, city):
    editor = make_editor()
    make_milestone(city=city, title="Drafted", status="draft", drafted_by=editor)
    address = reverse("admin:members_city_order", args=[city.pk])

    page = open_as(editor, address)

    assert page.locator("[data-handle]").count() == 1
    assert faults_of(page) == []
