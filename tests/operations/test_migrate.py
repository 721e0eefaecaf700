"""Two migrations of one database at once, as two servers that start together begin them."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from strongcities.operations.management.commands.migrate import LOCK


def begin(address: str) -> subprocess.Popen:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": address,
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    return subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.one_database
def test_two_migrations_of_a_file_at_once_wait_say_so_and_both_end_well(shared_database):
    path = shared_database.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'pagecache'")
        database.execute("DROP TABLE pagecache_publicchange")
        database.commit()
    with open(f"{path}.migrating", "w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        both = [begin(shared_database) for _number in range(2)]
        lines = [process.stderr.readline() for process in both]
        is_waiting = [process.poll() is None for process in both]
    told = [process.communicate(timeout=180)[1] for process in both]

    assert all("Another migration of this database is under way" in line for line in lines)
    assert is_waiting == [True, True]
    assert [process.returncode for process in both] == [0, 0], told
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM pagecache_publicchange").fetchone() == (1,)


@pytest.mark.one_database
def test_migration_of_a_database_out_of_reach_ends_with_a_sentence():
    alone = begin("postgres://journeys:secret@127.0.0.1:1/journeys")

    told = alone.communicate(timeout=60)[1]

    assert told.startswith("CommandError: The database cannot be reached: ")
    assert "secret" not in told


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's lock is a file")
def test_second_migration_waits_and_says_so(shared_database):
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        second = begin(shared_database)
        line = second.stderr.readline()
        is_waiting = second.poll() is None
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        second.communicate(timeout=180)

    assert "Another migration of this database is under way" in line
    assert is_waiting
    assert second.returncode == 0
