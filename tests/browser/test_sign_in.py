"""Signing in with a browser: an app for codes, passkeys, and what is said when one fails."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.browser.axe import faults_of
from tests.editing.staff import make_editor, make_superuser
from tests.staff.codes import FACTORS, PASSWORD, code_of, wrong_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _second_factor(settings):
    settings.SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def log_in(open_page):
    """A function: the page to which a name and a password lead."""

    def log_in_(user, **options):
        page = open_page("/admin/", **options)
        give_name(page, user)
        return page

    return log_in_


class Telephone:
    """A virtual authenticator, on which somebody puts a finger, or does not."""

    def __init__(self, page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})[
            "authenticatorId"
        ]

    def recognises(self, is_owner: bool) -> None:
        state = {"authenticatorId": self.id, "isUserVerified": is_owner}
        self.session.send("WebAuthn.setUserVerified", state)


def give_name(page, user) -> None:
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def log_out(page) -> None:
    page.get_by_role("button", name="Log out").first.click()
    page.goto(page.url.split("/admin/")[0] + "/admin/")


def look(page, broken: dict) -> None:
    page.said[:] = [words for words in page.said if "404" not in words]
    if faults := faults_of(page, widths=(390, 1280)):
        broken[page.url] = faults


def is_desk(page) -> None:
    expect(page.locator("h1")).to_have_text("Write and correct journeys")


@pytest.mark.parametrize("script", [True, False])
def test_app_is_set_up_and_a_recovery_code_helps_out(log_in, script):
    user = make_editor(password=PASSWORD)
    page = log_in(user, java_script_enabled=script)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".staff-secret").inner_text().replace(" ", "")

    page.get_by_label("Code from your app").fill(code_of(secret))
    page.get_by_role("button", name="Confirm").click()
    codes = page.locator(".staff-codes code").all_inner_texts()
    expect(page.get_by_role("button", name="Print")).to_be_visible(visible=script)
    page.get_by_role("link", name="I have kept them").click()
    is_desk(page)
    log_out(page)
    give_name(page, user)
    for code in (wrong_code(secret), codes[9]):
        page.get_by_label("Code from your app").fill(code)
        page.get_by_role("button", name="Go on").click()

    is_desk(page)


def test_passkey_is_added_and_opens_the_admin_alone_and_after_the_password(log_in):
    user = make_editor(password=PASSWORD)
    page = log_in(user)
    Telephone(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What you call it").fill("My telephone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    log_out(page)

    page.goto(page.url.split("/admin/")[0] + "/admin/members/city/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.locator("h1")).to_contain_text("city")
    log_out(page)
    give_name(page, user)
    expect(page.locator("#content-main")).to_contain_text("Now use your passkey")
    page.get_by_role("button", name="Use a passkey").click()
    is_desk(page)
    page.get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="remove").click()
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove this passkey").click()

    expect(page.locator(".messagelist")).to_contain_text("The passkey is removed")
    assert page.said == []


def test_passkey_that_fails_or_is_cancelled_says_so(log_in):
    page = log_in(make_editor(password=PASSWORD))
    telephone = Telephone(page)
    page.get_by_role("link", name="Add a passkey").click()
    telephone.recognises(False)

    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing came of it")
    telephone.recognises(True)
    page.get_by_role("button", name="Add a passkey").click()

    expect(page.locator("h1")).to_have_text("Your recovery codes")


def test_pages_of_signing_in_keep_the_rules_of_access_and_the_policy(log_in, open_page, settings):
    settings.MAIL_IS_SET_UP = True
    broken: dict = {}
    editor = make_editor(password=PASSWORD, email="nour@city.example")
    look(open_page("/admin/"), broken)
    page = log_in(make_superuser(password=PASSWORD))
    origin = page.url.split("/admin/")[0]

    look(page, broken)
    page.get_by_role("link", name="Set up an app").click()
    look(page, broken)
    secret = page.locator(".staff-secret").inner_text().replace(" ", "")
    page.get_by_label("Code from your app").fill(code_of(secret))
    page.get_by_role("button", name="Confirm").click()
    look(page, broken)
    for address in (
        FACTORS,
        f"{FACTORS}app/remove/",
        f"{FACTORS}codes/",
        f"{FACTORS}codes/new/",
        f"{FACTORS}again/",
        f"{FACTORS}passkeys/add/",
        "/admin/account/sessions/",
        "/admin/account/password/",
        "/admin/account/password/reset/",
        "/admin/account/password/sent/",
        "/admin/account/password/reset/key/1-2/",
        f"/admin/auth/user/{editor.pk}/login-help/",
        "/admin/editing/auditentry/",
    ):
        page.goto(origin + address)
        look(page, broken)

    assert broken == {}
