"""A citation is copied by one click, and selected where no script runs."""

import pytest

from tests.factories import make_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_citation_is_copied_by_one_click(open_page):
    page = open_page(make_event(name="Summit").get_absolute_url())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_text("Cite this page").click()
    page.get_by_role("button", name="Copy").click()

    page.get_by_role("status").get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Strong Cities Network. “Summit”. Strong Cities Member Journeys, ver")
    assert "\n" not in copied
    assert page.said == []


def test_there_is_no_button_where_no_script_runs(open_page):
    page = open_page(make_event(name="Summit").get_absolute_url(), java_script_enabled=False)

    page.get_by_text("Cite this page").click()

    assert page.get_by_text("Strong Cities Network. “Summit”").is_visible()
    assert page.get_by_role("button", name="Copy").count() == 0
