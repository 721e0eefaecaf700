"""The cache of pages, whose failure is a miss and never an error."""

import logging
from typing import Any

from django.core.cache import caches

logger = logging.getLogger(__name__)


def get(key: str) -> Any:
    """What is kept under a key; None where nothing is, or the cache fails."""
    try:
        return caches["pages"].get(key)
    except Exception:
        logger.warning("The cache of pages does not answer.", exc_info=True)
        return None


def put(key: str, value: Any) -> None:
    try:
        caches["pages"].set(key, value)
    except Exception:
        logger.warning("The cache of pages takes nothing.", exc_info=True)


def clear() -> None:
    caches["pages"].clear()
