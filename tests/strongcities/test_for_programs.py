"""Files and the API are open to every site, and say what is wrong as programs read it."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError
from django.test import Client

from strongcities.pagecache.models import PublicChange
from tests.factories import make_milestone
from tests.versions import read

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.mark.parametrize(("address", "status"), [("/cities.csv", 200), ("/cities/x.csv", 404)])
def test_programs_of_any_site_may_read_files_and_that_one_is_missing(client, address, status):
    answer = client.get(address)

    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    is_problem = answer.headers["Content-Type"] == PROBLEM and answer.json()["status"] == 404
    assert is_problem == (status == 404)


def test_browser_that_asks_first_is_told_what_it_may(client):
    answer = client.options("/cities.csv", headers={"Origin": "https://example.org"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Headers"] == "*"
    assert "Access-Control-Allow-Origin" not in client.options("/cities/").headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "address", ["/cities.csv", "/cities.geojson", "/api/v1/cities/", "/journeys.atom", "/oembed/"]
)
def test_what_may_not_be_done_is_a_problem_that_says_what_may(method, address):
    answer = Client(enforce_csrf_checks=True).generic(method, address)

    assert (answer.status_code, answer.json()["status"]) == (405, 405)
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.headers["Allow"] == "GET, HEAD"


def test_database_that_is_away_is_a_problem_to_try_again(client, monkeypatch):
    def away(*args):
        raise OperationalError

    monkeypatch.setattr("journeys.files.views.found", away)
    client.raise_request_exception = False

    answer = client.get("/journeys.csv")

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, PROBLEM)
    assert int(answer.headers["Retry-After"]) > 0


def test_files_say_when_something_last_changed(client):
    PublicChange.objects.all().delete()
    PublicChange.objects.create()
    PublicChange.objects.update(at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))
    read()
    first = client.get("/cities.csv").headers["Last-Modified"]

    make_milestone()
    read()

    assert first == "Wed, 04 Mar 2026 05:06:07 GMT"
    assert client.get("/cities.csv").headers["Last-Modified"] != first
    assert "Last-Modified" not in client.get("/cities/").headers
