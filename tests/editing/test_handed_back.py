"""A form that Django refuses as forged is answered in words, with a way back."""

import pytest
from django.test import Client

from tests.editing.staff import make_superuser

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver"}
HIDDEN = "hidden-word"


@pytest.fixture
def browser():
    """A browser whose forms are older than its sign-in: no token of theirs is right."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_superuser())
    return client


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://testserver.example"},
        {"origin": "http://testserver:81"},
        {"origin": "http://elsewhere.example", "referer": "http://testserver/admin/"},
        {"referer": "http://elsewhere.example/testserver"},
        {"referer": "http://[testserver"},
    ],
)
def test_nothing_is_handed_back_to_what_other_sites_send(browser, address, headers):
    response = browser.post(address, {"title": HIDDEN}, headers=headers)

    assert response.status_code == 403
    assert HIDDEN not in response.content.decode()
    assert "Go back, load the page anew" in response.content.decode()


def test_address_of_the_sender_counts_where_the_browser_names_no_origin(browser, address):
    referer = {"referer": f"http://testserver{address}?_popup=1"}

    response = browser.post(address, {"title": "Mine"}, headers=referer)

    assert f'href="{address}?_popup=1"' in response.content.decode()


def test_link_to_the_form_leads_to_no_other_site(browser, address):
    referer = {"referer": "http://testserver//elsewhere.example/"} | OURS

    response = browser.post(address, {"title": "Mine"}, headers=referer)

    assert 'href="/elsewhere.example/"' in response.content.decode()


def test_page_is_kept_by_no_cache(browser, address):
    response = browser.post(address, {"title": "Mine"}, headers=OURS)

    assert "no-store" in response["Cache-Control"]
