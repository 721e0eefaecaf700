"""python -m tools.bench [CITIES ...]: measures portals of these sizes on SQLite and PostgreSQL.

PostgreSQL is the server of TEST_DATABASE_URL, where one is named.
"""

import os
import secrets
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg2

from tools.bench.measure import ROUNDS, measure
from tools.bench.server import PROC, versions
from tools.bench.table import document

OUT = Path("docs/performance.md")
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "strongcities.settings",
    "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
    "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
    "MALLOC_ARENA_MAX": "1",  # as README starts the portal
    **dict.fromkeys(("DJANGO_HTTPS", "DJANGO_DEBUG", "DJANGO_SECOND_FACTOR"), "off"),
}


def main(sizes: list[int]) -> None:
    runs, postgresql = [], os.environ.get("TEST_DATABASE_URL", "")
    loads = [os.getloadavg()[2]]
    for cities in sizes:
        with TemporaryDirectory(prefix="bench-") as folder:
            runs.append(measure(cities, "SQLite", f"sqlite:///{folder}/bench.sqlite3"))
        if postgresql:
            address, process = new_database(postgresql, f"bench_{cities}_{secrets.token_hex(3)}")
            runs.append(measure(cities, "PostgreSQL", address, process))
        loads.append(os.getloadavg()[2])
        noise = f"{min(loads):.1f} to {max(loads):.1f}"
        text = document(f"{datetime.now(UTC):%-d %B %Y}", versions(), noise, ROUNDS, runs)
        OUT.write_text(text, encoding="utf-8")
    print(text)


def new_database(address: str, name: str) -> tuple[str, int | None]:
    """The address of an empty database, and the process of its server where it runs here."""
    with closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            cursor.execute("SELECT pg_backend_pid()")
            stat = PROC / str(cursor.fetchone()[0]) / "stat"
    is_here = stat.exists() and "postgres" in stat.read_text()
    process = int(stat.read_text().rpartition(")")[2].split()[1]) if is_here else None
    return urlsplit(address)._replace(path=f"/{name}").geturl(), process


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [5, 300])
