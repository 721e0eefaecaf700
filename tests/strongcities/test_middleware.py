import logging
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from strongcities.middleware import bounded_bodies
from tests.editing.staff import make_editor
from tests.factories import make_city, make_milestone

pytestmark = pytest.mark.django_db
LOGIN = "/admin/account/login/"


@pytest.mark.parametrize(
    ("path", "length"),
    [(LOGIN, "300000000"), ("/about/", "65537"), ("/admin/", "26214401"), (LOGIN, "-1")],
)
def test_body_longer_than_any_form_is_refused_unread(rf, path, length):
    def read(request):
        raise AssertionError("it was passed on")

    response = bounded_bodies(read)(rf.post(path, CONTENT_LENGTH=length))

    assert response.status_code == 413
    assert "more than the portal takes" in response.content.decode()


@pytest.fixture
def no_temporary_file(monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    def fail(*args, **kwargs):
        raise AssertionError("a file was written")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", fail)


def test_file_of_a_stranger_is_written_nowhere(client, no_temporary_file):
    file = SimpleUploadedFile("picture.jpg", b"x" * 1000)

    response = client.post(LOGIN, {"login": "nobody", "password": "wrong", "file": file})

    assert response.status_code == 200
    assert "picture.jpg" not in response.content.decode()


def test_name_of_a_file_is_told_to_an_editor_whose_session_has_ended(client, no_temporary_file):
    milestone = make_milestone(status="draft")
    address = reverse("admin:journeys_milestone_change", args=[milestone.pk])
    file = SimpleUploadedFile("picture.jpg", b"x" * 1000)

    response = client.post(
        address, {"body": "Told.", "image": file}, headers={"origin": "http://testserver"}
    )

    assert response.status_code == 403
    assert "picture.jpg" in response.content.decode()


def test_file_of_an_editor_is_taken(client, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    taken = []
    new_file = TemporaryFileUploadHandler.new_file

    def note(self, *args, **kwargs):
        taken.append(args[1])
        return new_file(self, *args, **kwargs)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", note)
    client.force_login(make_editor())

    client.post(
        "/admin/journeys/milestone/add/", {"image": SimpleUploadedFile("picture.jpg", b"x" * 1000)}
    )

    assert taken == ["picture.jpg"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_too_many_parameters_are_one_line_of_the_log(method, monkeypatch):
    client = Client(raise_request_exception=False)
    handler = logging.getLogger("django").handlers[0]
    monkeypatch.setattr(handler, "stream", StringIO())
    fields = "&".join(f"p{number}=1" for number in range(1001))

    if method == "get":
        response = client.get(f"/journeys/?{fields}")
    else:
        response = client.post(LOGIN, fields, "application/x-www-form-urlencoded")

    told = handler.stream.getvalue().splitlines()
    assert response.status_code == 400
    assert len(told) == 1
    assert "GET/POST parameters" in told[0]


def test_page_beyond_the_last_costs_what_the_last_costs(client, count_queries):
    city = make_city()
    for _number in range(60):
        make_milestone(city=city)
    last = count_queries("/journeys/?page=2")

    assert count_queries("/journeys/?page=99999999999") == last
    assert client.get("/journeys/", {"page": "9" * 5000}).status_code == 200
