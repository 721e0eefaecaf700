import logging
from io import StringIO

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.models import City
from strongcities import views
from strongcities.middleware import bounded_bodies, bounded_queries
from tests.editing.staff import make_editor
from tests.factories import make_city, make_milestone

pytestmark = pytest.mark.django_db
LOGIN, ADD = "/admin/account/login/", "/admin/journeys/milestone/add/"


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
def written(monkeypatch, settings) -> list[str]:
    """The names of the files that came and were written to the disk."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    names, new_file = [], TemporaryFileUploadHandler.new_file

    def note(self, *args, **kwargs):
        names.append(args[1])
        return new_file(self, *args, **kwargs)

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", note)
    return names


@pytest.mark.parametrize(
    ("address", "is_editor", "status", "is_told", "is_written"),
    [
        (LOGIN, False, 200, False, []),
        (ADD, False, 403, True, []),  # to an editor whose session has ended
        (ADD, True, 200, True, ["picture.jpg"]),
    ],
)
def test_files_of_editors_alone_are_written(
    client, written, address, is_editor, status, is_told, is_written
):
    if is_editor:
        client.force_login(make_editor())
    file = SimpleUploadedFile("picture.jpg", b"x" * 1000)
    typed = {"login": "nobody", "password": "wrong", "body": "Told.", "image": file}

    response = client.post(address, typed, headers={"origin": "http://testserver"})

    assert response.status_code == status
    assert ("picture.jpg" in response.content.decode()) == is_told
    assert written == is_written


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


def asked(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture
def page_that_takes(monkeypatch, settings):
    """A function: what a public page answers that waits so long for the database."""
    settings.LONGEST_QUERY_MS = 200
    published = views.Milestone.objects.published

    def answer(seconds: float):
        def wait():
            asked(f"SELECT pg_sleep({seconds})")
            return published()

        monkeypatch.setattr(views.Milestone.objects, "published", wait)
        return Client(raise_request_exception=False).get(reverse("about"))

    return answer


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such bound")
def test_page_whose_query_takes_too_long_is_to_be_tried_again(page_that_takes):
    too_long, quick = page_that_takes(20), page_that_takes(0)

    assert (too_long.status_code, too_long["Retry-After"]) == (503, "10")
    assert "canceling" not in too_long.content.decode()
    assert quick.status_code == 200
    assert asked("SHOW statement_timeout") == "0"  # the connection goes on unbounded


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such bound")
@pytest.mark.parametrize(
    ("method", "address", "bound"),
    [
        ("GET", "/journeys/", "200ms"),
        ("HEAD", "/", "200ms"),
        ("POST", "/journeys/", "0"),
        ("GET", "/admin/", "0"),
        ("GET", "/preview/key/", "0"),
        ("GET", "/readyz", "0"),
    ],
)
def test_queries_are_bounded_where_the_public_reads(rf, settings, method, address, bound):
    settings.LONGEST_QUERY_MS = 200
    ask = bounded_queries(lambda request: asked("SHOW statement_timeout"))

    assert ask(rf.generic(method, address)) == bound


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such bound")
def test_bound_goes_along_with_the_first_query_though_rows_stay_at_the_server(rf, settings):
    settings.LONGEST_QUERY_MS = 200

    def ask(request) -> tuple[list[City], str]:
        return list(City.objects.iterator()), asked("SHOW statement_timeout")

    assert bounded_queries(ask)(rf.get("/journeys/")) == ([], "200ms")


def test_queries_are_not_bounded_where_the_setting_says_so_or_the_database_cannot(settings):
    settings.LONGEST_QUERY_MS = 0 if connection.vendor == "postgresql" else 200

    with pytest.raises(MiddlewareNotUsed):
        bounded_queries(lambda request: None)
