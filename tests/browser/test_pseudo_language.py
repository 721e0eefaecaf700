"""The portal in a language that is longer and runs from right to left, in a real browser."""

import pytest

from tests.browser.example import Example
from tests.browser.staff_tour import staff_tour
from tests.browser.tour import TOUR
from tests.pseudo import all_that_is_stored, bare_words, speak, write_in_arabic

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True),
]

MAIN = (
    "dashboard",
    "list members_city",
    "list journeys_milestone",
    "list editing_auditentry",
    "form members.City",
    "form journeys.Milestone",
    "history",
    "compare",
    "proposal clashing",
    "report doubtful-dates",
    "import",
)


def faults_of(page, known: str) -> list[str]:
    """English that scripts wrote too, and by how much the page is too wide for its window."""
    faults = bare_words(page.content(), known)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{width}: too wide by {over}"] if over > 0 else []
    return faults


def faults_on(page, addresses: list[str], known: str) -> dict[str, list[str]]:
    origin, found = "/".join(page.url.split("/")[:3]), {}
    for address in addresses:
        page.goto(origin + address)
        found[address] = faults_of(page, known)
    return {address: faults for address, faults in found.items() if faults}


def test_no_public_page_has_bare_english_or_is_too_wide(open_page, seed, settings):
    write_in_arabic()
    speak(settings)
    page = open_page("/")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert faults_on(page, TOUR, "Rabat rabat masakka harbour youth no-such-theme") == {}


def test_no_main_page_of_the_admin_has_bare_english_or_is_too_wide(open_as, settings):
    example = Example()
    tour = staff_tour(example)
    write_in_arabic()
    speak(settings)
    main = [address for name, address in tour.items() if name.startswith(MAIN)]
    page = open_as(example.person("superuser"), "/about/")

    assert faults_on(page, main, all_that_is_stored()) == {}
