"""How long a PostgreSQL that answers nothing is waited for, where pages are served."""

import select
import time

import psycopg2
from django.conf import settings
from psycopg2 import extensions

GRACE = 0.5  # seconds after which it is too late for PostgreSQL to end a long query by itself
BRIEF = 0.5  # seconds that each question gets once the server was silent, until it answers one

_is_silent = False


def bound_waiting() -> None:
    """Throw a connection away whose server is silent for longer than a query may take.

    For the whole process, so never in a command: a migration or a backup waits as long as it takes.
    """
    if settings.LONGEST_QUERY_MS:
        extensions.set_wait_callback(wait)


def wait(connection) -> None:
    """Called by psycopg2 for each question, and as a connection is made; it closes what fails."""
    global _is_silent
    until = time.monotonic() + (BRIEF if _is_silent else settings.LONGEST_QUERY_MS / 1000 + GRACE)
    while (state := connection.poll()) != extensions.POLL_OK:
        poll = select.poll()  # `select` takes no more than 1024 open files
        poll.register(
            connection.fileno(),
            select.POLLIN if state == extensions.POLL_READ else select.POLLOUT,
        )
        if not poll.poll(max(0, until - time.monotonic()) * 1000):
            _is_silent = True
            raise psycopg2.OperationalError("The database is silent.")
    _is_silent = False
