"""A page with two problems, pasted; half of it taken, and undone."""

import pytest

from journeys.models import Milestone
from members.models import City
from tests.browser.axe import faults_of
from tests.editing.staff import make_editor
from tests.journeys.pages import make_city, make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START = "/admin/journeys/pageimport/"


def page_with_two_problems() -> str:
    unread = make_city("Westgate", dates=["2021", "Sometime 2022"])
    uneven = make_city("Eastgate", dates=["2023"])
    return make_page(make_city("Northgate"), unread, make_city("Southgate"), uneven)


def check(page, seen: dict) -> None:
    if faults := faults_of(page, widths=(390, 1280)):
        seen[page.title()] = faults


def test_page_with_two_problems_is_half_taken_and_undone(open_as):
    page = open_as(make_editor(), START)
    seen = {}
    check(page, seen)

    page.get_by_label("Paste the page's text").fill(page_with_two_problems())
    page.get_by_role("button", name="Look at it").click()
    check(page, seen)

    assert page.get_by_role("heading", name="2 problems").is_visible()
    page.locator(".import-problem-list a").first.click()
    check(page, seen)
    line = page.locator(".import-lines tr:target td")
    assert line.inner_text() in ("Sometime 2022", "2023")
    assert line.is_visible()
    page.go_back()
    for name in ("Westgate", "Southgate"):  # one of them has a date that was not read
        page.get_by_role("checkbox", name=name, exact=True).uncheck()
    page.get_by_role("checkbox", name="2. Step 2 of Northgate").uncheck()
    check(page, seen)
    page.get_by_role("button", name="Take what is ticked").click()
    check(page, seen)

    assert page.get_by_role("link", name="Step 1 of Northgate").is_visible()
    assert list(City.objects.values_list("name", flat=True)) == ["Northgate"]
    assert [milestone.title for milestone in Milestone.objects.all()] == ["Step 1 of Northgate"]
    page.get_by_role("button", name="Undo this import").click()
    check(page, seen)

    assert page.get_by_role("heading", name="This import is undone").is_visible()
    assert not City.objects.exists()
    assert seen == {}


def test_field_for_the_text_is_no_wider_than_a_phone(open_as):
    page = open_as(make_editor(), START)
    page.set_viewport_size({"width": 390, "height": 844})

    field = page.get_by_label("Paste the page's text").bounding_box()

    assert field["x"] + field["width"] <= 390


def test_more_boxes_than_fields_may_be_sent_are_taken_as_ticked(open_as):
    page = open_as(make_editor(), START)
    text = make_page(*(make_city(f"Place {number}", count=12) for number in range(80)))

    file = {"name": "page.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_label("Or choose a file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("checkbox", name="Place 7", exact=True).uncheck()
    page.get_by_role("checkbox", name="3. Step 3 of Place 9").uncheck()
    page.get_by_role("button", name="Take what is ticked").click()
    page.get_by_role("button", name="Undo this import").wait_for(timeout=60_000)

    assert City.objects.count() == 79
    assert Milestone.objects.count() == 79 * 12 - 1
