"""A preview in a browser: the form keeps all that was typed, a guest needs no account."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults_of
from tests.editing.staff import make_publisher
from tests.editing.test_preview import picture
from tests.editing.two_editors import address_of
from tests.factories import make_city, make_milestone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft():
    city = make_city(status="draft", name="Hidden place", latitude="34.02", longitude="-6.84")
    return make_milestone(city=city, status="draft", title="Hidden step")


@pytest.fixture
def open_form(open_as):
    """A function: a record's form, as a publisher sees it, on the live server."""

    def open_(record, **options):
        return open_as(make_publisher(), address_of(record), **options)

    return open_


def press(page, name: str):
    """Press a button or link that opens another tab."""
    with page.expect_popup() as opened:
        page.locator(".submit-row").last.get_by_text(name, exact=True).click()
    opened.value.wait_for_load_state()
    return opened.value


def test_form_keeps_what_was_typed_and_chosen_while_it_is_previewed(open_form, draft):
    page = open_form(draft, java_script_enabled=False)
    page.locator("#id_title").fill("Typed step")
    file = {"name": "new.png", "mimeType": "image/png", "buffer": picture().read()}
    page.locator("#id_image").set_input_files(file)
    page.locator("[name=image_alt]").evaluate("field => field.closest('details').open = true")
    page.locator("[name=image_alt]").fill("A street")
    page.locator("[name=image_credit]").fill("The city")

    preview = press(page, "Preview")

    expect(preview.locator(".preview")).to_contain_text("as typed; nothing is saved.")
    expect(preview.locator("h1")).to_have_text("Typed step")
    assert preview.locator(".picture__image").evaluate("image => image.naturalWidth") == 60
    assert page.locator("#id_title").input_value() == "Typed step"
    assert page.locator("#id_image").evaluate("field => field.files[0].name") == "new.png"


def test_guest_opens_the_link_and_no_page_breaks_a_rule_of_access(open_form, open_page, draft):
    form = open_form(draft)
    preview, link = press(form, "Preview"), press(form, "Preview link for a guest")
    broken = {"preview": faults_of(preview), "ask": faults_of(link)}

    link.get_by_role("button", name="Make a link").click()
    address = link.get_by_label("Copy this address").input_value()
    broken["link"] = faults_of(link)
    form.locator("#id_title").fill("")
    broken["problems"] = faults_of(press(form, "Preview"))
    guest = open_page(urlsplit(address).path)

    expect(guest.locator(".preview")).to_contain_text("Preview until")
    expect(guest.locator("h1")).to_have_text("Hidden step")
    assert guest.said == []
    assert {name: rules for name, rules in broken.items() if rules} == {}
