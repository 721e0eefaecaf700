"""Public pages read a replica of the database, where DATABASE_REPLICA_URL names one.

Which database a page reads is settled before its version is: were a version read from one and the
rows from another that is behind, an old page would be kept as a new one.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

REPLICA = "replica"
PAUSE = 5.0  # seconds for which a replica that failed is left alone

logger = logging.getLogger(__name__)
_alias = ContextVar("database of a public page", default=DEFAULT_DB_ALIAS)
_failed_at = float("-inf")


class PublicReads:
    """The router: what a public page reads comes from where `reading` says."""

    def db_for_read(self, model, **hints) -> str | None:
        return REPLICA if alias() == REPLICA else None

    def allow_relation(self, one, other, **hints) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool | None:
        return False if db == REPLICA else None


def alias() -> str:
    """The database that is read here and now."""
    return _alias.get()


@contextmanager
def reading(database: str) -> Iterator[None]:
    """Have what is read in the block come from a database."""
    token = _alias.set(database)
    try:
        yield
    finally:
        _alias.reset(token)


def for_public_pages() -> str:
    """The replica, if one takes connections and has not just failed; else the primary."""
    if REPLICA not in settings.DATABASES or time.monotonic() - _failed_at < PAUSE:
        return DEFAULT_DB_ALIAS
    try:
        connections[REPLICA].ensure_connection()
    except Error:
        leave_alone()
        return DEFAULT_DB_ALIAS
    return REPLICA


def let_go() -> None:
    """Close a connection that failed, which Django would only at the end of a request."""
    if alias() == REPLICA:
        leave_alone()
    elif not connection.in_atomic_block:
        connection.close()


def leave_alone() -> None:
    """Read from the primary for a while."""
    global _failed_at
    _failed_at = time.monotonic()
    connections[REPLICA].close()
    logger.warning("The replica does not answer; public pages read the primary.", exc_info=True)
