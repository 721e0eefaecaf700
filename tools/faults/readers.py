"""Readers who go on asking while a fault is caused, and what they got."""

import threading
import time
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from typing import NamedTuple

PATH = "/journeys/rabat/"
PATIENCE = 30.0  # seconds for which a reader waits for an answer
PAUSE = 0.05
HEADERS = {"kept": {}, "made": {"Cookie": "sessionid=1"}}  # the cache passes staff by


class Answer(NamedTuple):
    """What one request got: a status, 0 where the connection broke or nothing came."""

    way: str  # a key of HEADERS
    status: int
    asked: float
    ended: float
    retry_after: str | None = None

    @property
    def is_page(self) -> bool:
        return self.status == 200

    @property
    def is_later(self) -> bool:
        """A 503 that says when to come back."""
        return self.status == 503 and self.retry_after is not None


def ask(port: int, way: str, path: str = PATH) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    asked = time.monotonic()
    try:
        connection.request("GET", path, headers=HEADERS[way])
        response = connection.getresponse()
        response.read()
    except (OSError, HTTPException):
        return Answer(way, 0, asked, time.monotonic())
    finally:
        connection.close()
    again = response.getheader("Retry-After")
    return Answer(way, response.status, asked, time.monotonic(), again)


class Readers:
    """So many readers of kept pages, and of those made for each; each asks anew at once."""

    def __init__(
        self, port: int, kept: int = 8, made: int = 4, paths: tuple[str, ...] = (PATH,)
    ) -> None:
        self.port, self.paths, self.answers = port, paths, []
        self._over = threading.Event()
        ways = ["kept"] * kept + ["made"] * made
        self._threads = [threading.Thread(target=self._read, args=(way,)) for way in ways]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, way: str) -> None:
        for path in cycle(self.paths):
            if self._over.wait(PAUSE):
                return
            self.answers.append(ask(self.port, way, path))

    def settle(self, since: float, quiet: float = 3, at_most: float = 60) -> None:
        """Read on until nothing but pages has come for a while."""
        while time.monotonic() - since < at_most:
            time.sleep(0.2)
            if time.monotonic() - max(since, last_bad(self.answers)) > quiet:
                return


def last_bad(answers: Iterable[Answer]) -> float:
    """When the last answer came that was no page; 0 where all were."""
    return max((answer.ended for answer in list(answers) if not answer.is_page), default=0)


def slowest(answers: Iterable[Answer], way: str) -> float:
    """Seconds that the reader of such a page waited longest for an answer of any kind."""
    return max((each.ended - each.asked for each in answers if each.way == way), default=0)
