from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection

pytest.importorskip("prometheus_client")

from strongcities.operations.metrics import Measured
from strongcities.pagecache.wsgi import PageCache

pytestmark = pytest.mark.django_db


def django(environ, start_response):
    status = "404 Not Found" if environ["PATH_INFO"] == "/metrics" else "200 OK"
    start_response(status, [("Content-Type", "text/html")])
    return [b"a page"]


def ask(path: str, method: str = "GET", **headers) -> tuple[str, str]:
    """Status and text of an answer."""
    told = []
    site = Measured(PageCache(django, ()), "the-token")
    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "wsgi.url_scheme": "http", **headers}
    body = site(environ, lambda status, headers, *error: told.append(status))
    return told[0][:3], b"".join(body).decode()


def figure(name: str) -> float:
    _status, text = ask("/metrics", HTTP_AUTHORIZATION="Bearer the-token")
    told = (line for line in text.splitlines() if name in line and not line.startswith("#"))
    return next((float(line.split()[-1]) for line in told), 0)


def test_answers_are_counted_and_pages_that_were_kept_told_apart():
    answers = 'portal_answers_total{method="GET",status="200"}'
    kept, made = (f'portal_answer_seconds_count{{page="{page}"}}' for page in ("kept", "made"))
    before = [figure(name) for name in (answers, kept, made)]

    for _number in range(3):
        ask("/about/", HTTP_HOST="figures.example")

    after = [figure(name) for name in (answers, kept, made)]
    assert [now - then for now, then in zip(after, before, strict=True)] == [3, 2, 1]


def test_method_that_is_made_up_makes_no_figure_of_its_own():
    ask("/", "MADEUP")

    assert figure('method="other"') >= 1
    assert figure("MADEUP") == 0


@pytest.mark.parametrize("given", ["", "Bearer wrong", "Bearer ÿ"])
def test_figures_are_told_to_nobody_without_the_token(given):
    assert ask("/metrics", HTTP_AUTHORIZATION=given)[0] == "404"


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite counts no connections")
def test_connections_to_the_database_are_told_beside_how_many_it_takes(monkeypatch):
    active, most = 'portal_database_connections{state="active"}', "portal_database_connections_most"
    ask("/about/", HTTP_HOST="figures.example")
    assert 1 <= figure(active) < figure(most)

    monkeypatch.setattr(connection, "cursor", Mock(side_effect=OperationalError))
    monkeypatch.setattr(connection, "close", Mock())

    assert figure("portal_answers_total{")
    assert not figure(most)
