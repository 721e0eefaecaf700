"""Thirty editors save one milestone at once: no text is lost without a word."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from strongcities.editing import history
from tests.admin_forms import address_of, fields_of
from tests.editing.staff import make_superuser
from tests.editing.two_editors import browser_of
from tests.factories import make_milestone, stored

EDITORS = 30
AT_ONCE = 15
IN_A_FILE = """
import django, json
from django.conf import settings
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 300  # for slow machines
django.setup()
from tests.editing.test_concurrency import race
print(json.dumps(race()))
"""


def race() -> dict:
    """All open the same form, each writes their own text, all save."""
    milestone = make_milestone(body="As it was.", status="draft")
    editors = [Editor(number, address_of(milestone)) for number in range(EDITORS)]
    form = fields_of(editors[0].client, editors[0].address)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda editor: editor.save(form), editors))
    versions = history.versions_of(milestone)
    return {
        "saved": [e.text for e, answer in zip(editors, answers, strict=True) if answer == "saved"],
        "told with their text": answers.count("told"),
        "stored": stored(milestone).body,
        "history": [history.said_in(version)["body"] for version in versions],
    }


class Editor:
    """Somebody with a browser, in a thread with its own connection."""

    def __init__(self, number: int, address: str) -> None:
        self.text, self.address = f"What editor {number} wrote.", address
        self.client = browser_of(make_superuser(username=f"editor-{number}"))

    def save(self, form: dict) -> str:
        """Whether it was "saved", or the form came back "told", with the text still in it."""
        with closing(connection):
            data = form | {"body": self.text, "_save": "Save"}
            response = self.client.post(self.address, data)
        page = response.content.decode()
        is_told = "editing-conflict" in page and f"\n{self.text}</textarea>" in page
        return "saved" if response.status_code == 302 else "told" if is_told else "lost"


@pytest.fixture
def outcome(shared_database):
    """What came of the race: on the PostgreSQL of the tests, else on an SQLite in a file."""
    if connection.vendor == "postgresql":
        return race()
    surroundings = {
        "TEST_DATABASE_URL": shared_database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command, env = [sys.executable, "-c", IN_A_FILE], os.environ | surroundings
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.postgresql
def test_thirty_saves_at_once_lose_no_text(outcome):
    (text,) = outcome["saved"]
    assert outcome["told with their text"] == EDITORS - 1
    assert outcome["stored"] == text
    assert outcome["history"] == [text, "As it was."]
