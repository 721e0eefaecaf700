"""kill -9 in the middle of an import: nothing of the page is there, or all of it."""

import random
import subprocess
import sys
import time
from contextlib import suppress

from django.conf import settings

from tests.deploy.production import wait_until
from tools.faults.servers import Database
from tools.faults.table import Outcome

TRIES = 20
PAGE = "fixtures/seed/member-journeys.txt"
TABLES = """SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name"""


def import_killed(database: Database, environment: dict[str, str]) -> Outcome:
    """At random moments, each time in a new copy of an empty database."""
    empty = new_database(database, "template0")
    manage(
        environment | {"DATABASE_URL": database.address(empty)}, "migrate", "--verbosity=0"
    ).wait()
    before = rows(database, empty)
    whole, seconds = tried(database, environment, empty, None)
    found = []
    while len(found) < TRIES:
        moment = random.uniform(0, seconds)  # noqa: S311
        left, lasted = tried(database, environment, empty, moment)
        if lasted is None:
            found.append(left)
        else:  # it had ended before
            seconds = lasted
    nothing, everything = found.count(before), found.count(whole)
    outcome = Outcome(f"an import killed with -9, {TRIES} times at random moments", [], "")
    outcome.lost = f"nothing was written {nothing} times, all {everything} times"
    half = TRIES - nothing - everything
    outcome.reasons = (f"a part was written {half} times",) if half else ()
    return outcome


def tried(database: Database, environment: dict, empty: str, kill_after: float | None):
    """The rows of each table, and the seconds that the import took: None where it was killed."""
    name = new_database(database, empty)
    own = environment | {"DATABASE_URL": database.address(name)}
    process = manage(own, "import_journeys", PAGE)
    wait_until(lambda: users(database, name) or process.poll() is not None)
    connected = time.monotonic()
    with suppress(subprocess.TimeoutExpired):
        process.wait(kill_after)
    seconds = time.monotonic() - connected if process.poll() is not None else None
    process.kill()
    process.wait()
    wait_until(lambda: not users(database, name))
    found = rows(database, name)
    database.ask(f"DROP DATABASE {name}")
    return found, seconds


def new_database(database: Database, template: str) -> str:
    name = f"import_{time.monotonic_ns()}"
    database.ask(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def manage(environment: dict[str, str], *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", *arguments]
    where = {"cwd": settings.BASE_DIR, "env": environment, "stdout": subprocess.DEVNULL}
    return subprocess.Popen(command, **where)  # noqa: S603


def users(database: Database, name: str) -> int:
    """How many are connected to a database."""
    return database.ask(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'")[0][0]  # noqa: S608


def rows(database: Database, name: str) -> list[tuple[str, int]]:
    tables = [table for (table,) in database.ask(TABLES, name)]
    counts = " UNION ALL ".join(f"SELECT '{t}', count(*) FROM {t}" for t in tables)  # noqa: S608
    return sorted(database.ask(counts, name))
