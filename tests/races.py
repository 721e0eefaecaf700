"""What several do at once, each in a thread with a connection of its own.

`python -m tests.races MODULE` does the `race()` of a module in the database of TEST_DATABASE_URL.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib import import_module

MOST_THREADS = 20


def at_once(*acts: Callable) -> list:
    """What each act returns."""
    from django.db import connection

    def alone(act: Callable):
        with closing(connection):
            return act()

    with ThreadPoolExecutor(min(len(acts), MOST_THREADS)) as threads:
        return list(threads.map(alone, acts))


def start(module: str, database: str) -> subprocess.Popen:
    """A process of its own that races, and writes the outcome as JSON."""
    env = {"TEST_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.races", module]
    return subprocess.Popen(command, env=os.environ | env, stdout=subprocess.PIPE)


def outcome_of(module: str, database: str):
    """What came of a race: here on PostgreSQL; in memory all threads would share a connection."""
    if not database.startswith("sqlite"):
        return import_module(module).race()
    return json.loads(start(module, database).communicate()[0])


if __name__ == "__main__":
    import django
    from django.conf import settings

    if "sqlite" in os.environ["TEST_DATABASE_URL"]:
        settings.DATABASES["default"]["OPTIONS"]["timeout"] = 300  # for slow machines
    django.setup()
    print(json.dumps(import_module(sys.argv[1]).race()))
