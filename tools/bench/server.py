"""Servers as they are started in production: what they spend and how much memory they hold."""

import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path

from tests.deploy.production import documented_start

PROC, PORTAL = Path("/proc"), "strongcities.wsgi:application"


def versions() -> str:
    named = [f"{name} {version(name)}" for name in ("Django", "granian")]
    return ", ".join([f"Python {platform.python_version()}", *named, f"{os.cpu_count()} cores"])


def granian(application: str, port: int) -> list[str]:
    """The start that README documents, at another port; of another application by granian alone."""
    changed = {"8000": str(port), PORTAL: application}
    options = [changed.get(option, option) for option in documented_start()]
    module = "strongcities.serve" if application == PORTAL else "granian"
    return [sys.executable, "-m", module, *options, "--log-level", "error"]


def family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for task in (PROC / str(pid) / "task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            for child in task.read_text().split():
                yield from family(int(child))


class Server:
    """A server that runs; `database` is the process of a PostgreSQL whose time counts too."""

    def __init__(self, process: subprocess.Popen, port: int, database: int | None) -> None:
        self.process, self.port, self.database = process, port, database

    def threads(self) -> dict[str, int]:
        """Nanoseconds that each thread of server and database has run."""
        roots = [self.process.pid, *([self.database] if self.database else [])]
        found = {}
        for pid in (pid for root in roots for pid in family(root)):
            for file in (PROC / str(pid) / "task").glob("*/schedstat"):
                with suppress(OSError):  # it has just ended
                    found[str(file)] = int(file.read_text().split()[0])
        return found

    def spent_since(self, before: dict[str, int]) -> float:
        """Milliseconds of processor time; what ended meanwhile had nothing to do."""
        return sum(ns - before.get(name, 0) for name, ns in self.threads().items()) / 1e6

    def memory(self) -> float:
        """MB of its own processes, what they share counted once."""
        lines = ((PROC / str(pid) / "smaps_rollup").read_text() for pid in family(self.process.pid))
        return sum(int(text.split("\nPss:")[1].split()[0]) for text in lines) / 1024


@contextmanager
def serving(command: list[str], port: int, path: str, environ=None, database: int | None = None):
    """A server from its start to its first answer, and until the block ends."""
    environ = os.environ | (environ or {})
    process = subprocess.Popen(command, env=environ, start_new_session=True)  # noqa: S603
    try:
        wait_for_answer(process, port, path)
        yield Server(process, port, database)
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # asked to end while it starts, granian never does
        process.wait(timeout=60)


def wait_for_answer(process: subprocess.Popen, port: int, path: str) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=300)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except ConnectionError:
            time.sleep(0.01)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"No answer: {' '.join(process.args)}")
