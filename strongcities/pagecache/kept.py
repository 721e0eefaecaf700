"""What is dear to make and stands on many pages: made once a version, beside the one before it."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from functools import partial
from typing import TypeVar

from django.db import connections
from django.utils.translation import get_language

from strongcities.pagecache import store
from strongcities.pagecache.version import ask_again, current, is_noted

WAIT = 0.3  # seconds for which a reader waits for the new one before getting the old one

Value = TypeVar("Value")
What = tuple[str, str | None]  # a name and a language

logger = logging.getLogger(__name__)
# Set where a page was made from what an earlier version kept: such a page is not to be kept.
made_from_old: ContextVar[bool] = ContextVar("made_from_old", default=False)

_newest: dict[What, tuple[str, object]] = {}
_making: dict[What, threading.Lock] = defaultdict(threading.Lock)
_is_making: ContextVar[bool] = ContextVar("is_making", default=False)


def kept(name: str, make: Callable[[], Value], *, is_shared: bool = True) -> Value:
    """What `make` gives, as this version and language have it; never None, and not to be changed.

    Where it takes longer than WAIT, readers get the one of the version before meanwhile, but not
    what else is made of it. A transaction that changes what the public sees, as a preview does,
    makes its own and keeps nothing. What is not shared with other processes is too large for the
    cache of pages.
    """
    version = "" if is_noted() else current()
    if not version:
        return make()
    what = (name, get_language())
    renew = partial(_renew, what, version, make, is_shared)
    if what not in _newest or _is_making.get():
        return renew()
    if _newest[what][0] != version and not _making[what].locked():
        beside(renew)
    found, value = _newest[what]
    if found != version:
        made_from_old.set(True)
    return value


def _renew(what: What, version: str, make: Callable[[], Value], is_shared: bool) -> Value:
    """Make it and keep it, unless another has just done so."""
    key = "-".join(["kept", *map(str, what), version])
    with _making[what]:
        if _newest.get(what, ("",))[0] == version:
            return _newest[what][1]
        value = store.get(key) if is_shared else None
        if value is None:
            outer = _is_making.set(True)
            try:
                value = make()
            finally:
                _is_making.reset(outer)
            if is_shared:
                store.put(key, value)
        _newest[what] = (version, value)
        return value


def beside(make: Callable[[], object]) -> None:
    """Run it in a thread of its own, in the reader's language; come back when WAIT is over."""

    def run() -> None:
        try:
            make()
        except Exception:
            logger.exception("What pages have in common could not be made anew.")
        finally:
            connections.close_all()

    thread = threading.Thread(name="beside", target=copy_context().run, args=(run,), daemon=True)
    thread.start()
    thread.join(WAIT)


def forget_all() -> None:
    """Keep nothing in this process, and know no version."""
    _newest.clear()
    store.clear()
    ask_again()
