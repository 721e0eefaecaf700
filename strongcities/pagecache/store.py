"""The cache of pages, whose failure is a miss and never an error."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches

PAUSE = 5.0  # seconds for which a cache that failed is left alone

logger = logging.getLogger(__name__)
_failed_at = float("-inf")


def get(key: str) -> Any:
    """What is kept under a key; None where nothing is, or the cache fails."""
    return _asked(lambda cache: cache.get(key))


def put(key: str, value: Any) -> None:
    _asked(lambda cache: cache.set(key, value))


def clear() -> None:
    _asked(lambda cache: cache.clear())


def answers() -> bool:
    """Whether what is put there can be got again."""
    put("answers", True)
    return get("answers") is True


def _asked(question: Callable) -> Any:
    global _failed_at
    if time.monotonic() - _failed_at < PAUSE:
        return None
    try:
        return question(caches["pages"])
    except Exception:
        _failed_at = time.monotonic()
        logger.warning("The cache of pages does not answer.", exc_info=True)
        return None
