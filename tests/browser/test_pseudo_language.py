"""The portal in a language that is longer and runs from right to left, in a real browser."""

from collections.abc import Iterable

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.urls import reverse

from strongcities.editing import history
from strongcities.editing.models import PreviewLink
from tests.admin_forms import address_of
from tests.browser.example import Example
from tests.browser.staff_tour import rest_of_the_admin, staff_tour
from tests.browser.test_large_text import FAULTS
from tests.browser.tour import TOUR
from tests.editing.staff import make_editor, make_superuser
from tests.factories import make_city, make_milestone
from tests.pseudo import CLOSE, LONGER, OPEN, all_that_is_stored, bare_words, speak, write_in_arabic
from tests.staff.codes import FACTORS, LOGIN, PASSWORD, code_of, give_app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True),
]

WITH_AN_APP = ["", "codes/", "codes/new/", "passkeys/add/", "app/remove/"]
# What scripts say, whatever catalogue Django sends them.
SCRIPTS_SPEAK = f"""Object.defineProperty(window, 'gettext', {{
  set() {{}}, get: () => words => `{OPEN}{LONGER} ${{words}}{CLOSE}`
}})"""


def faults_of(page, known: str, widths: Iterable[int]) -> list[str]:
    """English that scripts wrote too, and by how much the page is too wide for its window."""
    faults = bare_words(page.content(), known)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{width}: too wide by {over}"] if over > 0 else []
    return faults


def faults_on(
    page, addresses: Iterable[str], known: str, widths: Iterable[int] = (390,)
) -> dict[str, list[str]]:
    origin, found = "/".join(page.url.split("/")[:3]), {}
    for address in addresses:
        answer = page.goto(origin + address)
        found[address] = faults_of(page, known, widths)
        assert answer.status == 200, address
    return {address: faults for address, faults in found.items() if faults}


def test_no_public_page_has_bare_english_or_is_too_wide(open_page, seed, settings):
    write_in_arabic()
    speak(settings)
    page, known = open_page("/"), "Rabat rabat masakka harbour youth no-such-theme"

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert faults_on(page, TOUR, known, widths=(390, 1280)) == {}


def test_no_page_of_the_admin_has_bare_english_or_is_too_wide(open_as, settings):
    example = Example()
    example.plan()
    tour = staff_tour(example)
    pages = tour | rest_of_the_admin(tour, example.staff["superuser"])
    write_in_arabic()
    speak(settings)
    page = open_as(example.staff["superuser"], "/about/", width=390)
    page.add_init_script(SCRIPTS_SPEAK)

    assert faults_on(page, pages.values(), all_that_is_stored()) == {}


def test_no_page_of_signing_in_has_bare_english_or_is_too_wide(open_page, settings):
    settings.MAIL_IS_SET_UP = True
    editor = make_editor(password=PASSWORD)
    give_app(editor)
    way = {"uidb36": user_pk_to_url_str(editor), "key": default_token_generator.make_token(editor)}
    by_mail = reverse("account_reset_password_from_key", kwargs=way)
    speak(settings)
    known = all_that_is_stored()
    page = open_page(LOGIN, width=390)

    faults = {"name": faults_of(page, known, [390])}
    page.locator("#id_login").fill(editor.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/code/*")
    faults["code"] = faults_of(page, known, [390])
    page.locator("#id_code").fill(code_of())
    page.locator("#id_code").press("Enter")
    page.wait_for_url("**/admin/")

    assert faults == {"name": [], "code": []}
    assert faults_on(page, [FACTORS + rest for rest in WITH_AN_APP], known) == {}
    passkey = Authenticator.objects.create(user=editor, type="webauthn", data={"name": "phone"})
    more = [f"{FACTORS}passkeys/{passkey.pk}/remove/", by_mail]
    assert faults_on(page, more, f"{known} phone") == {}


def test_no_page_of_a_guest_has_bare_english_or_is_too_wide(open_page, settings):
    shown, maker = make_milestone(status="draft"), make_superuser()
    link = PreviewLink.objects.create(record=shown, maker=maker)
    speak(settings)
    known, path = all_that_is_stored(), reverse("preview", args=[link.key])

    page = open_page(path)
    faults = {"preview": faults_of(page, known, [390, 1280])}
    PreviewLink.objects.open().end()
    page.goto(page.url)
    faults["ended"] = faults_of(page, known, [390, 1280])

    assert page.locator(".preview").count() == 0
    assert faults == {"preview": [], "ended": []}


def test_heading_of_a_list_stands_apart_from_what_can_be_done_with_it(open_as, settings):
    speak(settings)
    page = open_as(make_superuser(), reverse("admin:journeys_milestone_changelist"))

    heading, tools = (page.locator(each).bounding_box() for each in ("h1", ".object-tools"))

    left, right = sorted([heading, tools], key=lambda box: box["x"])
    is_beside = left["x"] + left["width"] <= right["x"]
    assert is_beside or heading["y"] + heading["height"] <= tools["y"]


def test_history_breaks_no_word(open_as, settings):
    record = make_city(intro="Now.")
    history.begin(record)
    with history.recorded(make_editor(username="whoever-it-was"), "Corrected by correspondence"):
        record.save()
    speak(settings)
    page = open_as(make_superuser(), address_of(record, "history"))

    assert page.locator(".editing-who").last.is_visible()
    assert page.locator(".editing-history").evaluate(FAULTS) == []
