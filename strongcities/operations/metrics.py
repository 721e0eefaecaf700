"""Figures for Prometheus; imported only where a token is set, since its client is optional.

Several workers add up their figures in the folder that PROMETHEUS_MULTIPROC_DIR names.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from hmac import compare_digest

from django.db import Error, connection
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = ("GET", "HEAD", "POST")
ANSWERS = Counter("portal_answers", "Answers sent", ["method", "status"])
SECONDS = Histogram("portal_answer_seconds", "Until the answer begins", ["page"])
DATABASE = CollectorRegistry()
CONNECTIONS = """
SELECT coalesce(state, 'of others'), count(*), current_setting('max_connections')::int
FROM pg_stat_activity WHERE datname IS NOT NULL GROUP BY state
"""


class Measured:
    """A WSGI application whose answers are counted; /metrics tells them who has the token."""

    def __init__(self, application: Callable, token: str) -> None:
        self.application = application
        self.expected = f"Bearer {token}".encode()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if environ.get("PATH_INFO") == "/metrics" and compare_digest(given, self.expected):
            start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest(figures()), generate_latest(DATABASE)]

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


class Connections:
    """Those that PostgreSQL has open, whoever's, and how many it takes; none while it is away."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        if connection.vendor != "postgresql":
            return
        taken = GaugeMetricFamily("portal_database_connections", "Open", labels=["state"])
        try:
            with connection.cursor() as cursor:
                cursor.execute(CONNECTIONS)
                rows = cursor.fetchall()
        except Error:
            connection.close()
            return
        for state, number, _most in rows:
            taken.add_metric([state], number)
        yield taken
        yield GaugeMetricFamily("portal_database_connections_most", "Allowed", value=rows[0][2])


DATABASE.register(Connections())
