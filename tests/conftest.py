"""Fixtures that several tests share."""

import gc
import os
import sqlite3
from contextlib import closing
from copy import copy
from threading import Timer
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import City
from strongcities.pagecache.kept import forget_all
from strongcities.staff import mails
from tests.browser.tour import TOUR

# A busy machine is no failure. CI tries as many examples as Hypothesis does by itself.
EXAMPLES = 100 if os.environ.get("CI") else 40
hypothesis.settings.register_profile("portal", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.load_profile("portal")
gc.set_threshold(50_000, 20, 50)  # what a page makes is thrown away with it


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    """What one test's pages were made from is no other's, nor made where no test's records are."""
    monkeypatch.setattr("strongcities.pagecache.kept.beside", lambda make: make())
    forget_all()


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL leave out what asks no database, or says that one of them is enough."""
    if connection.vendor == "postgresql":
        left_out = [item for item in items if not concerns_postgresql(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def concerns_postgresql(item: pytest.Item) -> bool:
    """What a test says of itself goes before what its file says."""
    for mark in item.iter_markers():
        if mark.name in ("postgresql", "one_database"):
            return mark.name == "postgresql"
    has_fixture = {"db", "transactional_db"} & set(item.fixturenames)
    return bool(has_fixture or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def seed_rows(django_db_setup, django_db_blocker) -> dict[type[models.Model], list[models.Model]]:
    """What the fixtures hold, by model: loaded by their natural keys once a run."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "members", "journeys", verbosity=0)
        kinds = [
            m for app in ("members", "journeys") for m in apps.get_app_config(app).get_models()
        ]
        rows = {kind: list(kind._base_manager.all()) for kind in kinds}
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def seed(db, seed_rows):
    """The five journeys, as a fresh portal has them."""
    insert(seed_rows)


def insert(seed_rows: dict[type[models.Model], list[models.Model]]) -> None:
    for kind, rows in seed_rows.items():
        kind._base_manager.bulk_create(map(copy, rows))
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(seed_rows)):
            cursor.execute(sql)


@pytest.fixture(scope="session")
def seed_pages(seed_rows, django_db_blocker) -> dict[str, HttpResponse]:
    """The answer of each address of the tour, the five journeys' and one that is not there."""
    with django_db_blocker.unblock(), transaction.atomic():
        insert(seed_rows)
        addresses = [
            *TOUR,
            "/journeys/",
            *(city.get_absolute_url() for city in seed_rows[City]),
            "/no-such-page/",
        ]
        pages = {address: Client().get(address) for address in addresses}
        transaction.set_rollback(True)
    return pages


@pytest.fixture
def shared_database(transactional_db, tmp_path) -> str:
    """The address of a database for other processes: that of the tests, or a copy in a file.

    The SQLite of the tests is in memory, where all threads share one connection.
    """
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["TEST_DATABASE_URL"])
        return url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    path = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    with closing(sqlite3.connect(path)) as shared:
        shared.execute("PRAGMA journal_mode=WAL")  # of two that change it at once one is refused
    return f"sqlite:///{path}"


class AtOnce(Timer):
    def start(self):
        self.function(*self.args)


@pytest.fixture
def mailoutbox(mailoutbox, monkeypatch):
    """All mails, those too that are sent once a page is answered."""
    monkeypatch.setattr(mails, "Timer", AtOnce)
    return mailoutbox


@pytest.fixture
def count_queries(client):
    """A function: the number of queries that a page takes, of whoever is to ask for it."""

    def count(address: str, browser: Client = client) -> int:
        with CaptureQueriesContext(connection) as queries:
            response = browser.get(address)
            response.getvalue()  # of what is streamed too
        assert response.status_code == 200, address
        return len(queries)

    return count
