"""The second factor in a browser: set it up, lose the telephone, guess too often."""

from base64 import b32decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from tests.browser.test_access import RULES
from tests.editing.staff import make_editor, make_superuser
from tests.staff.codes import code_of, give_device, later, wrong_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _second_factor(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def log_in(open_page):
    """A function: the page to which a name and a password lead."""

    def log_in_(user, **options):
        page = open_page("/admin/", **options)
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return page

    return log_in_


def type_code(page, code: str, button: str) -> None:
    page.get_by_label("Code from your app").fill(code)
    page.get_by_role("button", name=button).click()


def look(page, broken: dict) -> None:
    """Note what a page's console says and which rules of access it breaks."""
    said = [words for words in page.said if "404" not in words and "429" not in words]
    rules = [rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]]
    page.said.clear()  # what Axe itself does is no fault of the page
    if said or rules:
        broken[page.locator("h1").inner_text()] = said + rules


@pytest.mark.parametrize("script", [True, False])
def test_second_factor_is_set_up_and_a_recovery_code_helps_out(log_in, script):
    page = log_in(make_editor(password=PASSWORD), java_script_enabled=script)
    secret = page.locator(".staff-secret").inner_text().replace(" ", "")

    type_code(page, code_of(b32decode(secret).hex()), "Confirm")
    codes = page.locator(".staff-codes code").all_inner_texts()
    expect(page.get_by_role("button", name="Print")).to_be_visible(visible=script)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("h1")).to_have_text("Write and correct journeys")
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("link", name="Log in again").click()
    page.get_by_label("Username").fill(TOTPDevice.objects.get().user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    type_code(page, wrong_code(b32decode(secret).hex()), "Go on")
    page.get_by_text("No telephone at hand?").click()
    page.get_by_label("Recovery code").fill(codes[9])
    page.get_by_role("button", name="Go on").click()

    expect(page.locator(".messagelist")).to_contain_text("9 are left")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pages_of_the_second_factor_keep_the_rules_of_access_and_the_policy(log_in, scheme, width):
    broken: dict = {}
    superuser, editor = make_superuser(password=PASSWORD), make_editor(password=PASSWORD)
    give_device(editor)
    page = log_in(superuser, color_scheme=scheme, width=width)
    origin = page.url.split("/admin/")[0]

    look(page, broken)
    secret = page.locator(".staff-secret").inner_text().replace(" ", "")
    type_code(page, code_of(b32decode(secret).hex()), "Confirm")
    look(page, broken)
    page.goto(f"{origin}/admin/second-factor/")
    look(page, broken)
    page.goto(f"{origin}/admin/auth/user/{editor.pk}/login-help/")
    look(page, broken)
    page.get_by_role("button", name="Reset the second factor").click()
    expect(page.locator(".messagelist")).to_contain_text("forgotten")

    assert broken == {}
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pages_that_refuse_keep_them_too(log_in, scheme, width):
    broken: dict = {}
    user = make_editor(password=PASSWORD)
    give_device(user)
    page = log_in(user, color_scheme=scheme, width=width)

    look(page, broken)
    for _time in range(5):
        later(user)
        type_code(page, wrong_code(), "Go on")
        look(page, broken)

    expect(page.locator("h1")).to_have_text("Wait before you try again")
    assert broken == {}
