"""Figures for Prometheus; imported only where a token is set, since its client is optional.

Several workers add up their figures in the folder that PROMETHEUS_MULTIPROC_DIR names.
"""

import os
import time
from collections.abc import Callable, Iterable
from hmac import compare_digest

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = ("GET", "HEAD", "POST")
ANSWERS = Counter("portal_answers", "Answers sent", ["method", "status"])
SECONDS = Histogram("portal_answer_seconds", "Until the answer begins", ["page"])


class Measured:
    """A WSGI application whose answers are counted; /metrics tells them who has the token."""

    def __init__(self, application: Callable, token: str) -> None:
        self.application = application
        self.expected = f"Bearer {token}".encode()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if environ.get("PATH_INFO") == "/metrics" and compare_digest(given, self.expected):
            start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest(figures())]

        def start(status: str, headers: list, *error):
            method = environ["REQUEST_METHOD"]
            ANSWERS.labels(method if method in METHODS else "other", status[:3]).inc()
            page = environ.get("portal.page", "not to be kept")
            SECONDS.labels(page).observe(time.perf_counter() - begun)
            return start_response(status, headers, *error)

        begun = time.perf_counter()
        return self.application(environ, start)


def figures() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
