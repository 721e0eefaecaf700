"""Thirty editors save one milestone at once: no text is lost without a word."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.editing.race import EDITORS, PERSISTENT, race

IN_A_FILE = """
import django, json
from django.conf import settings
from django.core.management import call_command
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 300  # for slow machines
django.setup()
call_command("migrate", verbosity=0)
from tests.editing.race import race
print(json.dumps(race()))
"""


@pytest.fixture
def outcome(transactional_db, tmp_path):
    """What came of the race: on the PostgreSQL of the tests, else on an SQLite in a file.

    The SQLite of the tests is in memory, where all threads share one connection.
    """
    if connection.vendor == "postgresql":
        return race()
    url = f"sqlite:///{tmp_path}/race.sqlite3"
    surroundings = {"TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command, env = [sys.executable, "-c", IN_A_FILE], os.environ | surroundings
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.postgresql
def test_thirty_saves_at_once_lose_no_text(outcome):
    assert outcome["saved at first"] == 1
    assert outcome["told with their text"] == EDITORS - 1
    assert outcome["persistent"] == [True] * PERSISTENT
    over = outcome["states that were saved over"]
    assert len(set(over)) == len(over) == PERSISTENT + 1
    assert outcome["stored"] == outcome["history"][0]
    assert outcome["history"][-1] == "As it was."
    assert sorted(outcome["history"][:-1]) == sorted(outcome["texts saved"])
