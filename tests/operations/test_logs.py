import json
import logging
import re
from io import StringIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from strongcities.operations.logs import JsonLines, name_slow_queries, timed
from tests.factories import make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(monkeypatch):
    """A function: what was logged, each line read as JSON."""
    handler = logging.getLogger("django").handlers[0]
    stream = StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    monkeypatch.setattr(handler, "formatter", JsonLines())
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(request):
    raise ValueError("of somebody@example.org")


def test_error_is_a_line_of_json_with_the_id_and_without_its_words(lines, monkeypatch):
    monkeypatch.setattr("strongcities.views.Milestone.objects.published", lambda: fail(None))
    client = Client(raise_request_exception=False, headers={"x-request-id": "given-by-nginx"})

    response = client.get("/about/?q=somebody@example.org")

    [line] = lines()
    assert response.headers["X-Request-ID"] == line["request"] == "given-by-nginx"
    assert (line["level"], line["error"]) == ("ERROR", "ValueError")
    assert line["message"] == "Internal Server Error: /about/"
    assert "test_logs.py" in line["trace"][-1]
    assert "example.org" not in json.dumps(line)


def test_request_without_a_good_id_gets_one_which_no_page_bears_that_is_kept(client, lines):
    client.get("/no/", headers={"x-request-id": "a\tb"})
    client.get("/no/")

    ids = {line["request"] for line in lines()}
    assert len(ids) == 2
    assert all(len(one) == 32 for one in ids)
    assert "X-Request-ID" not in client.get("/about/").headers


def test_token_of_a_preview_link_is_not_told(client, lines):
    client.get("/preview/the-secret-token/")

    assert lines()[0]["message"] == "Not Found: /preview/..."


@pytest.mark.parametrize(("limit", "is_named"), [(0.000001, True), (60_000, False)])
def test_slow_query_is_named_without_its_values(settings, caplog, limit, is_named):
    settings.SLOW_QUERY_MS = limit
    with connection.execute_wrapper(timed):
        make_city(name="Northgate")

    named = re.search(r'Slow query, \d+ ms: INSERT INTO "members_city"', caplog.text)
    assert bool(named) == ("Slow query" in caplog.text) == is_named
    assert "Northgate" not in caplog.text


def test_each_connection_is_timed_once_and_where_the_setting_is_0_never(settings):
    new = SimpleNamespace(execute_wrappers=[])
    settings.SLOW_QUERY_MS = 0
    name_slow_queries(None, new)
    assert new.execute_wrappers == []

    settings.SLOW_QUERY_MS = 1000
    name_slow_queries(None, new)
    name_slow_queries(None, new)
    assert new.execute_wrappers == [timed]
