"""Where nothing can be stored, editors are told so with what they typed, and readers read on."""

import errno
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError, connection, transaction
from django.test import Client

from members.models import City
from strongcities.operations import storing
from tests.admin_forms import fields_of
from tests.editing.staff import make_superuser
from tests.editing.test_handed_back import OURS, words_in
from tests.editing.two_editors import address_of
from tests.factories import make_city, stored
from tests.strongcities.pictures import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def browser():
    client = Client(raise_request_exception=False)
    client.force_login(make_superuser())
    return client


def form_of(browser, city: City) -> dict:
    return fields_of(browser, address_of(city)) | {"intro": "Told anew."}


@contextmanager
def refusing():
    """Have the database refuse to store."""
    on, off = "SET TRANSACTION READ ONLY", "SELECT 1"
    if connection.vendor == "sqlite":
        on, off = "PRAGMA query_only = 1", "PRAGMA query_only = 0"
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(on)
        yield
        cursor.execute(off)
        transaction.set_rollback(True)  # PostgreSQL stores again


def test_editor_is_told_that_nothing_can_be_stored_and_gets_the_words_back(browser):
    city = make_city(intro="As it was.")
    form = form_of(browser, city)

    with refusing():
        response = browser.post(address_of(city), form, headers=OURS)

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Nothing can be stored just now" in response.content.decode()
    assert words_in(response)["Introduction"] == "Told anew."


@pytest.mark.parametrize("why", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_picture_that_cannot_be_stored_is_told_of_and_nothing_is_saved(browser, monkeypatch, why):
    def fail(*args):
        raise OSError(why, "not for editors")

    city = make_city(intro="As it was.")
    photo = {"image_alt": "A square", "image_credit": "A. Amin", "image": upload(picture("PNG"))}
    form = form_of(browser, city) | photo
    monkeypatch.setattr(FileSystemStorage, "_save", fail)

    response = browser.post(address_of(city), form, headers=OURS)

    assert response.status_code == (500 if why == errno.EACCES else 503)
    assert words_in(response)["Introduction"] == "Told anew."
    assert "The file that you chose, picture.jpg, is not here" in response.content.decode()
    assert "not for editors" not in response.content.decode()
    assert stored(city).intro == "As it was."


def test_full_database_is_told_apart_from_one_that_does_not_answer():
    with closing(sqlite3.connect(":memory:")) as small:
        small.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as full:
            small.execute("CREATE TABLE notes (words)")
    no_room, silent = OperationalError("full"), OperationalError("silent")
    no_room.__cause__ = full.value

    assert storing.is_refused(no_room)
    assert not storing.is_refused(silent)


def test_file_is_read_where_the_folder_of_temporary_files_is_full(browser, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "no room")

    city = make_city()
    form = form_of(browser, city) | {"image": upload(b"no picture" * 300_000)}
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", fail)

    response = browser.post(address_of(city), form, headers=OURS)

    assert response.status_code == 200
    assert "picture" in response.context["errors"].as_text()


def test_readers_read_on_where_nothing_can_be_stored(client):
    city = make_city()

    with refusing():
        answers = [client.get(page) for page in ("/", "/journeys/", city.get_absolute_url())]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
