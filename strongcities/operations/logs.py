"""What is written to standard error, and in which form."""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from uuid import uuid4

from django.conf import settings
from django.db.backends.signals import connection_created
from django.dispatch import receiver

SECRET_PATH = re.compile(r"(/preview/|/reset/)[^\s?]+")
REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger(__name__)


class Refusals(logging.Filter):
    """What was refused is one line: no traceback of where, and nothing more of the answer 400."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = None
        is_answer = record.name == "django.request" and getattr(record, "status_code", 0) == 400
        return not is_answer


class JsonLines(logging.Formatter):
    """A line of JSON without personal data: of an error where and what kind, not what it says."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRET_PATH.sub(r"\1...", record.getMessage()),
            "request": request_id.get(),
        }
        if record.exc_info:
            kind, _error, trace = record.exc_info
            frames = traceback.extract_tb(trace)
            line["error"] = kind.__name__
            line["trace"] = [f"{one.filename}:{one.lineno} {one.name}" for one in frames]
        return json.dumps({name: value for name, value in line.items() if value})


def id_from(given: str) -> str:
    """The id that a proxy gave a request, or a new one."""
    return given if REQUEST_ID.fullmatch(given) else uuid4().hex


@receiver(connection_created)
def name_slow_queries(sender, connection, **kwargs) -> None:
    """Have each new connection log what takes longer than the setting says."""
    if settings.SLOW_QUERY_MS and timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute, sql, params, many, context):
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.perf_counter() - begun) * 1000
        if took >= settings.SLOW_QUERY_MS:
            logger.warning("Slow query, %d ms: %s", took, " ".join(sql.split())[:1000])
