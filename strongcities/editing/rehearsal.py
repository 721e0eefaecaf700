"""Do something to the database, look at what came of it, and undo it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rehearsal() -> Iterator[None]:
    """Whatever is written inside is gone afterwards; never inside a reversion."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
