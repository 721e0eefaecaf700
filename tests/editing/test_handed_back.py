"""A form that is refused hands back what was typed, to those who sent it."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from strongcities.editing import handed_back
from tests.admin_forms import fields_of
from tests.editing.staff import make_editor, make_superuser
from tests.editing.two_editors import BODY, address_of, browser_of, new_row, save
from tests.factories import make_city, stored
from tests.strongcities.pictures import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = {"origin": "http://testserver"}
TEXTAREA = re.compile(
    r'<label[^>]*for="([\w-]+)">(.*?)</label>\s*<textarea[^>]*id="\1".*?>\n(.*?)</', re.S
)
HIDDEN = "hidden-word"


@pytest.fixture
def browser():
    """A browser whose forms are older than its sign-in: no token of theirs is right."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_superuser())
    return client


def old_form(browser, address: str) -> dict:
    """What a form sends that was opened before somebody signed in anew."""
    return fields_of(browser, address) | {"csrfmiddlewaretoken": "a" * 64}


def words_in(response) -> dict[str, str]:
    """What a page hands back, by label."""
    found = TEXTAREA.findall(response.content.decode())
    return {unescape(label): unescape(text) for _id, label, text in found}


def test_form_that_was_refused_hands_back_what_was_typed_and_is_no_form_again(browser, address):
    form = old_form(browser, address) | {"title": "A <b>new</b> title", "comment": "As printed"}
    form["image"] = upload(picture(), "square.jpg")

    response = browser.post(address, form, headers=OURS)

    words, page = words_in(response), response.content.decode()
    assert response.status_code == 403
    assert (words["Title"], words["What you changed"]) == ("A <b>new</b> title", "As printed")
    assert words["Text"] == form["body"]
    assert "The file that you chose, square.jpg, is not here" in page
    assert f'href="{address}"' in page
    assert page.count("<textarea") == page.count(" readonly>")
    for kept_out in ("<b>new", 'method="post"', "csrfmiddlewaretoken"):
        assert kept_out not in page
    assert "no-store" in response["Cache-Control"]
    assert "unsaved" not in str(response.cookies)  # which would make the browser forget it


def test_rows_and_pages_of_a_record_are_named_too(browser, milestone, address):
    form = old_form(browser, address)
    form |= new_row(form, quote="Young people") | {"right:no-theme": "It is so"}

    saved = browser.post(address, form, headers=OURS)
    looked_at = browser.post(address_of(milestone, "preview"), form, headers=OURS)
    city = address_of(make_city(code="ABC"))
    of_city = browser.post(city, old_form(browser, city), headers=OURS)

    for response in (saved, looked_at):
        words = words_in(response)
        assert words["Theme 1: Quote"] == "Young people"
        assert words["Right no theme"] == "It is so"
        assert not {"Status", "City", "Seen", "Theme links total forms"} & set(words)
    assert words_in(of_city)["Line code"] == "ABC"  # no secret, as other codes are


def test_nothing_is_handed_back_to_what_other_sites_send(browser, address):
    for headers in [
        {},
        {"origin": "null"},
        {"origin": "http://testserver.example"},
        {"origin": "http://testserver:81"},
        {"origin": "http://elsewhere.example", "referer": "http://testserver/admin/"},
        {"referer": "http://elsewhere.example/testserver"},
        {"referer": "http://[testserver"},
    ]:
        response = browser.post(address, {"title": HIDDEN}, headers=headers)
        assert response.status_code == 403
        assert HIDDEN not in response.content.decode()
        assert "Go back, load the page anew" in response.content.decode()


def test_link_leads_back_to_the_sender_whose_address_counts_as_origin_and_to_no_other_site(
    browser, address
):
    ours = {"referer": f"http://testserver{address}?_popup=1"}
    elsewhere = {"referer": "http://testserver//elsewhere.example/"} | OURS

    response = browser.post(address, {"title": "Mine"}, headers=ours)
    other = browser.post(address, {"title": "Mine"}, headers=elsewhere)

    assert words_in(response) == {"Title": "Mine"}
    assert f'href="{address}?_popup=1"' in response.content.decode()
    assert 'href="/elsewhere.example/"' in other.content.decode()


PASSWORDS = ["password", "password1", "old_password", "new_password2"]
SECRETS = [*PASSWORDS, "csrfmiddlewaretoken", "client_secret"]


@pytest.mark.parametrize("page", ["auth_user_add", "password_change", "journeys_milestone_add"])
def test_no_secret_is_handed_back(browser, page):
    for name in SECRETS:
        response = browser.post(reverse(f"admin:{page}"), {name: HIDDEN}, headers=OURS)

        assert response.status_code == 403
        assert HIDDEN not in response.content.decode(), name


def test_page_is_bounded_and_says_so(browser, address, monkeypatch):
    many = {f"right:{number}": "words" for number in range(handed_back.MOST_FIELDS + 9)}
    of_fields = browser.post(address, many, headers=OURS)
    monkeypatch.setattr(handed_back, "MOST_CHARACTERS", 10)
    long = {"title": "a" * 8, "body": "b" * 8, "comment": "c"}

    of_characters = browser.post(address, long, headers=OURS)

    assert len(words_in(of_fields)) == handed_back.MOST_FIELDS
    assert words_in(of_characters) == {"Title": "a" * 8, "Text": "bb"}
    for response in (of_fields, of_characters):
        assert "the rest is not here" in response.content.decode()


# Signed out while writing


def test_form_of_somebody_who_was_signed_out_is_handed_back_if_it_holds_words_of_theirs(
    ada, address
):
    form = fields_of(ada, address) | {"title": "A <b>new</b> title"}
    ada.logout()

    response = ada.post(address, form, headers=OURS)
    no_words = ada.post(address, {"status": "draft", "left": "1"}, headers=OURS)
    theirs = ada.post(address, {"title": "Theirs"}, headers={"origin": "http://elsewhere.example"})

    assert response.status_code == 403
    assert words_in(response)["Title"] == "A <b>new</b> title"
    assert "You were signed out while you wrote" in response.content.decode()
    assert f'href="/admin/login/?next={quote(address, safe="")}"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert no_words.url == theirs.url == f"/admin/login/?next={address}"


# No form any more


def test_words_for_a_deleted_record_are_handed_back(ada, milestone, address, themes):
    opened = fields_of(ada, address)
    milestone.delete()
    typed = new_row(opened, theme=str(themes[0].pk), quote="My <quote>")

    response = save(ada, address, opened, body="All my work.\nTwo lines.", **typed)

    assert response.status_code == 404
    for words in ("has deleted it", "All my work.\nTwo lines.", "My &lt;quote&gt;"):
        assert words in response.content.decode()


def test_words_for_a_withdrawn_record_are_handed_back_but_not_to_who_may_change_nothing(
    ben, milestone, address
):
    editor = browser_of(make_editor())
    viewer = browser_of(User.objects.create_user("viewer", is_staff=True))
    opened = fields_of(editor, address)
    withdrawn = {"status": "withdrawn", "withdrawn_reason": "It never happened."}
    save(ben, address, fields_of(ben, address), **withdrawn)

    response = save(editor, address, opened, body="All my work.")
    nothing = viewer.post(address, {"title": "Mine", "_save": "Save"})

    assert response.status_code == nothing.status_code == 403
    assert "You may no longer change this" in response.content.decode()
    assert "All my work." in response.content.decode()
    assert stored(milestone).body == BODY
    assert "Mine" not in nothing.content.decode()
