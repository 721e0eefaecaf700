"""What was typed and could not be saved is not lost, and what is lost is said."""

import pytest
from django.urls import reverse

from journeys.models import Theme
from tests.admin_forms import address_of, form_in, page_of, send, text_of
from tests.editing.staff import make_editor
from tests.editing.two_editors import browser_of
from tests.strongcities.pictures import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WORDS = {"image_alt": "A square", "image_credit": "Nobody"}


# A chosen picture


def test_picture_that_vanishes_with_a_form_of_errors_or_stopped_by_a_check_is_named(ada, address):
    name = "square <b>.jpg"

    response = send(ada, address, title="", image=upload(picture(), name), **WORDS)
    stopped = send(ada, address, status="published", image=upload(picture(), name), **WORDS)

    assert "It has no theme" in text_of(stopped)
    for page in (response, stopped):
        assert f"The picture that you chose must be chosen again: {name}" in text_of(page)
    assert "square <b>" not in response.content.decode()
    assert 'href="#id_image"' in response.content.decode()
    assert "must be chosen again" not in text_of(send(ada, address, title=""))


# What the browser is told


FORM = {"unsaved": "mx0chcb6zx6s"}
COOKIE = "unsaved-form-mx0chcb6zx6s"


def test_browser_is_told_which_form_is_saved_also_of_a_new_record(ada, address):
    for button in ("_save", "_continue", "_addanother"):
        response = send(ada, address, **FORM, **{"_save": None, button: "Save"})
        cookie = response.cookies[COOKIE]
        assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/admin/", 86400, "Lax")
    for name, query in (("New", ""), ("Newer", "?_popup=1")):
        response = send(ada, page_of(Theme, "add") + query, name=name, scope="Words.", **FORM)
        assert COOKIE in response.cookies


def test_no_cookie_is_named_by_anything_else(ada, address):
    for name in ("", "short", "a" * 25, "mx0chcb6; zx6", "MX0CHCB6ZX6S", "mx0chcb6zx\n"):
        response = send(ada, address, unsaved=name)
        assert response.status_code == 302
        assert not [cookie for cookie in response.cookies if cookie.startswith("unsaved")]


def test_browser_is_not_told_of_a_preview_or_where_a_form_comes_back(ada, milestone, address):
    looked_at = ada.post(address_of(milestone, "preview"), form_in(ada.get(address)) | FORM)
    wrong = send(ada, address, title="", **FORM)
    stopped = send(ada, address, status="published", **FORM)
    late = send(ada, address, seen="another", title="Mine", **FORM)

    for response in (looked_at, wrong, stopped, late):
        assert response.status_code == 200
        assert COOKIE not in response.cookies
    for response in (wrong, stopped, late):
        assert f'data-unsaved="{FORM["unsaved"]}"' in response.content.decode()


def test_browser_is_told_of_a_proposal_and_not_of_one_that_changes_nothing(milestone, address):
    type(milestone).objects.update(status="published")
    editor = browser_of(make_editor())

    nothing = send(editor, address, **FORM, _propose="Propose")
    proposed = send(editor, address, title="Other words", **FORM, _propose="Propose")

    assert COOKIE not in nothing.cookies
    assert COOKIE in proposed.cookies


def test_browser_is_told_who_is_signed_in_and_who_signs_out(ada, client):
    person = ada.session["_auth_user_id"]

    assert f'data-person="{person}"' in ada.get("/admin/").content.decode()
    assert 'data-person=""' in client.get(reverse("account_login")).content.decode()
    response = ada.post(reverse("admin:logout"))
    assert response.cookies[f"unsaved-person-{person}"].value == "1"
