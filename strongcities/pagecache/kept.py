"""What is dear to make and stands on many pages: made once a version, by one reader at a time."""

import threading
from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.utils.translation import get_language

from strongcities.pagecache import store
from strongcities.pagecache.version import ask_again, current, is_noted

Value = TypeVar("Value")

# Set where a page was made from what an earlier version kept: such a page is not to be kept.
made_from_old: ContextVar[bool] = ContextVar("made_from_old", default=False)

_newest: dict[tuple[str, str | None], tuple[str, object]] = {}
_making: dict[tuple[str, str | None], threading.Lock] = defaultdict(threading.Lock)


def kept(name: str, make: Callable[[], Value], *, is_shared: bool = True) -> Value:
    """What `make` gives, as this version and language have it; never None, and not to be changed.

    While one reader makes it, others get the one of the version before. A transaction that
    changes what the public sees, as a preview does, makes its own and keeps nothing. What is not
    shared with other processes is too large for the cache of pages.
    """
    version = "" if is_noted() else current()
    if not version:
        return make()
    what = (name, get_language())
    newest = _newest.get(what)
    if newest and newest[0] == version:
        return newest[1]
    key = "-".join(["kept", *map(str, what), version])
    if not _making[what].acquire(blocking=not newest):
        made_from_old.set(True)
        return newest[1]
    try:
        value = store.get(key) if is_shared else None
        if value is None:
            value, is_old = _made(make)
            if is_old:
                return value
            if is_shared:
                store.put(key, value)
        _newest[what] = (version, value)
    finally:
        _making[what].release()
    return value


def _made(make: Callable[[], Value]) -> tuple[Value, bool]:
    """What `make` gives, and whether it is itself made from what an earlier version kept."""
    before = made_from_old.get()
    made_from_old.set(False)
    value = make()
    is_old = made_from_old.get()
    made_from_old.set(before or is_old)
    return value, is_old


def forget_all() -> None:
    """Keep nothing in this process, and know no version."""
    _newest.clear()
    store.clear()
    ask_again()
