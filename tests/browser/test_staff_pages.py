"""Every page of the admin keeps WCAG 2.2 AA by axe-core, and the content security policy."""

import pytest
from django.urls import reverse

from tests.admin_forms import address_of
from tests.browser.axe import faults_of
from tests.browser.example import Example
from tests.browser.staff_tour import staff_tour

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DJANGOS_OWN = [
    # The "?" beside the two lists of rights: Django's script names a span, which is no control.
    [".selector .help-tooltip.search-label-icon"],
]
# Django focuses the first field of an account that is added, and asks the browser to do so too.
FOCUSED_TWICE = "Autofocus processing was blocked because a document already has a focused element."
PARTS = 4  # of the tour, so that several processes share it


@pytest.fixture
def example():
    example = Example()
    example.plan()
    return example


def faults_in(page) -> list[str]:
    page.said[:] = [words for words in page.said if words != FOCUSED_TWICE]
    return faults_of(page, exclude=DJANGOS_OWN)


def press(page, name: str) -> None:
    """Press a button and wait for all of the page that it leads to, its scripts too."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name, exact=True).last.click()


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_of_staff_breaks_a_rule_or_complains(open_as, example, part):
    page = open_as(example.staff["superuser"], "/about/")
    origin = page.url.removesuffix("/about/")
    broken = {}

    for name, address in list(staff_tour(example).items())[part::PARTS]:
        answer = page.goto(origin + address)
        assert answer.status == 200, name
        if faults := faults_in(page):
            broken[name] = faults

    assert broken == {}


def test_no_form_that_comes_back_breaks_a_rule_or_complains(open_as, example):
    page = open_as(example.staff["publisher"], reverse("admin:journeys_milestone_add"))
    broken = {}

    press(page, "Save")
    broken["what to correct"] = faults_in(page)
    page.goto(page.url.split("/admin/")[0] + address_of(example.in_review))
    page.locator("#id_status").select_option("Published")
    press(page, "Save")
    broken["checks that stop"] = faults_in(page)
    page.goto(page.url.split("/admin/")[0] + reverse("admin:journeys_milestone_changelist"))
    page.locator("input[name=_selected_action]").first.check()
    page.locator("select[name=action]").select_option("withdraw")
    press(page, "Go")
    broken["why it is withdrawn"] = faults_in(page)

    assert {name: faults for name, faults in broken.items() if faults} == {}


@pytest.mark.parametrize("role", ["hub-editor", "administrator"])
def test_no_form_of_others_breaks_a_rule_or_complains(open_as, example, role):
    page = open_as(example.staff[role], reverse("admin:index"))
    broken = {"dashboard": faults_in(page)}

    for record in (example.published, example.draft, example.city):
        page.goto(page.url.split("/admin/")[0] + address_of(record))
        broken[str(record)] = faults_in(page)

    assert {name: faults for name, faults in broken.items() if faults} == {}
