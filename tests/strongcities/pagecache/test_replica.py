"""Public pages read a replica where one is set up, and the primary where it fails."""

from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext

from journeys import views
from strongcities.pagecache import replica, version
from tests.factories import make_milestone
from tests.strongcities.pagecache.test_wsgi import Site

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no replica"),
]


@pytest.fixture
def site(django, settings, monkeypatch):
    """The portal with a replica that is never behind: the same database once more."""
    monkeypatch.setattr(replica, "_failed_at", float("-inf"))
    monkeypatch.setitem(settings.DATABASES, "replica", {**connection.settings_dict})
    monkeypatch.setitem(connections.settings, "replica", {**connection.settings_dict})
    settings.DATABASE_ROUTERS = ["strongcities.pagecache.replica.PublicReads"]
    connections["replica"].connect()
    version.ask_again()
    yield Site(django)
    connections["replica"].close()
    del connections["replica"]


def queries_of(site: Site, address: str, **headers) -> tuple[int, int]:
    """How many questions the replica and the primary were asked for a page."""
    with (
        CaptureQueriesContext(connections["replica"]) as asked,
        CaptureQueriesContext(connection) as asked_of_primary,
    ):
        site.get(address, **headers)
    return len(asked), len(asked_of_primary)


def test_public_page_asks_the_replica_alone_and_whoever_has_a_cookie_the_primary(site):
    page = make_milestone().get_absolute_url()

    of_all = queries_of(site, page)
    of_one = queries_of(site, page, HTTP_COOKIE="sessionid=x")

    assert site.status == "200 OK"
    assert (of_all[0] > 2, of_all[1]) == (True, 0)
    assert (of_one[0], of_one[1] > 0) == (0, True)


def test_replica_that_takes_no_connection_is_left_alone(site, caplog, monkeypatch):
    make_milestone()
    refused = Mock(side_effect=OperationalError("connection refused"))
    monkeypatch.setattr(connections["replica"], "ensure_connection", refused)

    answers = [site.get(address).status for address in ("/cities/", "/events/")]

    assert answers == ["200 OK", "200 OK"]
    assert refused.call_count == 1
    assert "The replica does not answer" in caplog.text


def test_replica_that_fails_half_way_costs_no_reader_the_page(site, monkeypatch):
    milestone = make_milestone()

    def failing(*args, **kwargs):
        if replica.alias() == replica.REPLICA:
            raise OperationalError("the replica has ended")
        return shown(*args, **kwargs)

    shown = views.render
    monkeypatch.setattr(views, "render", failing)

    assert milestone.title in site.get(milestone.get_absolute_url()).body.decode()


def test_version_is_read_where_the_rows_are(site):
    make_milestone()
    with replica.reading(replica.REPLICA):
        version.current()
    with CaptureQueriesContext(connection) as of_primary:
        version.current()

    assert of_primary.captured_queries


def test_nothing_is_migrated_into_a_replica():
    assert replica.PublicReads().allow_migrate("replica", "journeys") is False
    assert replica.PublicReads().allow_migrate("default", "journeys") is None
