"""A PostgreSQL that hangs: given up in time, thrown away, and asked again as soon as it answers."""

import os
import signal
import socket
import time
from pathlib import Path

import psycopg2
import pytest
from django.db import close_old_connections, connection
from django.test import Client
from psycopg2 import extensions

from strongcities import wsgi
from strongcities.operations import silence
from tests.editing.staff import make_publisher
from tests.factories import make_milestone

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server"),
]


@pytest.fixture(autouse=True)
def _bounded(settings):
    settings.LONGEST_QUERY_MS = 200
    silence.bound_waiting()
    yield
    extensions.set_wait_callback(None)
    silence._is_silent = False


@pytest.fixture
def hang():
    """A function that stops the server's process behind this connection."""
    stopped = []

    def stop():
        connection.ensure_connection()
        pid = connection.connection.get_backend_pid()
        if not Path(f"/proc/{pid}").exists():
            pytest.skip("the database is on another machine")
        try:
            os.kill(pid, signal.SIGSTOP)
        except PermissionError:
            pytest.skip("the database is somebody else's")
        stopped.append(pid)

    yield stop
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("address", ["/about/", "/journeys/", "/admin/", "/preview/key/"])
def test_page_is_to_be_tried_again_and_the_next_one_is_made(hang, address):
    make_milestone()
    client = Client(raise_request_exception=False)
    client.force_login(make_publisher())
    as_it_was = client.get(address).status_code

    hang()
    given_up = client.get(address)
    close_old_connections()  # as at the end of each request, but for the test client
    healed = client.get(address)

    assert (given_up.status_code, given_up["Retry-After"]) == (503, "10")
    assert "database does not answer" in given_up.content.decode()
    assert healed.status_code == as_it_was


def test_question_after_a_silence_waits_less_until_one_is_answered(hang, settings):
    settings.LONGEST_QUERY_MS = 60_000

    hang()
    silence._is_silent = True  # after what making a connection asked, which was answered
    begin = time.monotonic()
    with pytest.raises(psycopg2.OperationalError, match="silent"):
        connection.connection.cursor().execute("SELECT 1")
    waited = time.monotonic() - begin
    connection.close()
    connection.ensure_connection()

    assert waited < 60
    assert not silence._is_silent


def test_server_that_takes_connections_and_says_nothing_is_given_up():
    with (
        socket.create_server(("127.0.0.1", 0)) as deaf,
        pytest.raises(psycopg2.OperationalError, match="silent"),
    ):
        psycopg2.connect(host="127.0.0.1", port=deaf.getsockname()[1])


def test_waiting_is_bounded_where_pages_are_served_and_the_setting_says_so(settings):
    extensions.set_wait_callback(None)

    settings.LONGEST_QUERY_MS = 0
    wsgi.make_application()
    assert extensions.get_wait_callback() is None  # as in every command

    settings.LONGEST_QUERY_MS = 5000
    wsgi.make_application()
    assert extensions.get_wait_callback() is silence.wait
