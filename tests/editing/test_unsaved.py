"""What was typed and could not be saved is not lost, and what is lost is said."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.admin_forms import form_in, send
from tests.editing.staff import make_editor
from tests.editing.two_editors import browser_of
from tests.strongcities.pictures import picture, upload

pytestmark = pytest.mark.django_db

WORDS = {"image_alt": "A square", "image_credit": "Nobody"}


def text_of(response) -> str:
    """A page's words as a reader has them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


# A chosen picture


def test_picture_that_vanishes_with_a_form_full_of_errors_is_named(ada, address):
    file = upload(picture(), "square <b>.jpg")

    response = send(ada, address, title="", image=file, **WORDS)

    assert "The picture that you chose must be chosen again: square <b>.jpg" in text_of(response)
    assert "square <b>" not in response.content.decode()
    assert 'href="#id_image"' in response.content.decode()


def test_picture_is_named_where_a_check_stops_publishing(ada, address):
    response = send(
        ada, address, status="published", image=upload(picture(), "square.jpg"), **WORDS
    )

    assert "It has no theme" in text_of(response)
    assert "The picture that you chose must be chosen again: square.jpg" in text_of(response)


def test_no_picture_is_missed_where_none_was_chosen(ada, address):
    response = send(ada, address, title="")

    assert "must be chosen again" not in text_of(response)


# What the browser is told


FORM = {"unsaved": "mx0chcb6zx6s"}
COOKIE = "unsaved-form-mx0chcb6zx6s"


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
def test_browser_is_told_which_form_is_saved(ada, address, button):
    response = send(ada, address, **FORM, **{"_save": None, button: "Save"})

    cookie = response.cookies[COOKIE]
    assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/admin/", 86400, "Lax")


def test_browser_is_told_of_a_new_record_in_a_small_window_too(ada):
    response = send(ada, reverse("admin:journeys_theme_add"), name="New", scope="Words.", **FORM)
    small = reverse("admin:journeys_theme_add") + "?_popup=1"
    in_small = send(ada, small, name="Newer", scope="Words.", **FORM)

    assert COOKIE in response.cookies
    assert COOKIE in in_small.cookies


def test_browser_is_not_told_where_a_form_comes_back(ada, address):
    wrong = send(ada, address, title="", **FORM)
    stopped = send(ada, address, status="published", **FORM)
    late = send(ada, address, seen="another", title="Mine", **FORM)

    for response in (wrong, stopped, late):
        assert response.status_code == 200
        assert COOKIE not in response.cookies
        assert f'data-unsaved="{FORM["unsaved"]}"' in response.content.decode()


def test_browser_is_not_told_of_a_preview(ada, address):
    form = form_in(ada.get(address)) | FORM

    response = ada.post(address.replace("/change/", "/preview/"), form)

    assert response.status_code == 200
    assert COOKIE not in response.cookies


def test_browser_is_told_of_a_proposal_and_not_of_one_that_changes_nothing(milestone, address):
    type(milestone).objects.update(status="published")
    editor = browser_of(make_editor())

    nothing = send(editor, address, **FORM, _propose="Propose")
    proposed = send(editor, address, title="Other words", **FORM, _propose="Propose")

    assert COOKIE not in nothing.cookies
    assert COOKIE in proposed.cookies


@pytest.mark.parametrize(
    "name", ["", "short", "a" * 25, "mx0chcb6; zx6", "MX0CHCB6ZX6S", "mx0chcb6zx\n"]
)
def test_no_cookie_is_named_by_anything_else(ada, address, name):
    response = send(ada, address, unsaved=name)

    assert response.status_code == 302
    assert not [cookie for cookie in response.cookies if cookie.startswith("unsaved")]


def test_browser_is_told_who_signs_out(ada):
    person = ada.session["_auth_user_id"]

    response = ada.post(reverse("admin:logout"))

    assert response.cookies[f"unsaved-person-{person}"].value == "1"


def test_every_page_names_its_person_to_the_script_and_the_sign_in_nobody(ada, client):
    person = ada.session["_auth_user_id"]

    assert f'data-person="{person}"' in ada.get("/admin/").content.decode()
    assert 'data-person=""' in client.get("/admin/login/").content.decode()
