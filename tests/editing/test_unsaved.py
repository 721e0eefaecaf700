"""What was typed and could not be saved is not lost, and what is lost is said."""

import re
from html import unescape

import pytest

from tests.admin_forms import send
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


def test_every_page_names_its_person_to_the_script_and_the_sign_in_nobody(ada, client):
    person = ada.session["_auth_user_id"]

    assert f'data-person="{person}"' in ada.get("/admin/").content.decode()
    assert 'data-person=""' in client.get("/admin/login/").content.decode()
