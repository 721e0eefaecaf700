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
from tests.admin_forms import address_of, fields_of, form_in
from tests.editing.staff import make_superuser
from tests.editing.two_editors import browser_of
from tests.factories import make_milestone, stored

EDITORS = 30
AT_ONCE = 15
PERSISTENT = 3  # so many go on, until each has saved
IN_A_FILE = """
import django, json
from django.conf import settings
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 300  # for slow machines
django.setup()
from tests.editing.test_concurrency import race
print(json.dumps(race()))
"""


def race() -> dict:
    """All open the same form, each writes their own text, all save; then some save again."""
    milestone = make_milestone(body="As it was.", status="draft")
    editors = [Editor(number, address_of(milestone)) for number in range(EDITORS)]
    form = fields_of(editors[0].client, editors[0].address)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        first = list(threads.map(lambda editor: editor.save(form), editors))
        told = sum(editor.was_told for editor in editors)
        left = [editor for editor in editors if not editor.has_saved][:PERSISTENT]
        list(threads.map(lambda editor: editor.save_until_saved(), left))
    saved, versions = [e for e in editors if e.has_saved], history.versions_of(milestone)
    return {
        "saved at first": first.count(True),
        "told with their text": told,
        "states that were saved over": [editor.over for editor in saved],
        "texts saved": [editor.text for editor in saved],
        "persistent": [editor.has_saved for editor in left],
        "stored": stored(milestone).body,
        "history": [history.said_in(version)["body"] for version in versions],
    }


class Editor:
    """Somebody with a browser, in a thread with its own connection."""

    def __init__(self, number: int, address: str) -> None:
        self.text = f"What editor {number} wrote."
        self.address, self.has_saved, self.over = address, False, ""
        self.client = browser_of(make_superuser(username=f"editor-{number}"))

    def save(self, form: dict) -> bool:
        """Whether the text was saved; else the page that came back is kept."""
        with closing(connection):
            data = form | {"body": self.text, "_save": "Save"}
            self.response = self.client.post(self.address, data)
        self.over, self.has_saved = form["seen"], self.response.status_code == 302
        return self.has_saved

    @property
    def was_told(self) -> bool:
        """Whether the form came back with the panel, and with the text still in it."""
        page = self.response.content.decode()
        return "editing-conflict" in page and f"\n{self.text}</textarea>" in page

    def save_until_saved(self) -> None:
        """Each time with the form that came back."""
        for _round in range(10 * PERSISTENT):
            if self.save(form_in(self.response)):
                return


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
    assert outcome["saved at first"] == 1
    assert outcome["told with their text"] == EDITORS - 1
    assert outcome["persistent"] == [True] * PERSISTENT
    over = outcome["states that were saved over"]
    assert len(set(over)) == len(over) == PERSISTENT + 1
    assert outcome["stored"] == outcome["history"][0]
    assert outcome["history"][-1] == "As it was."
    assert sorted(outcome["history"][:-1]) == sorted(outcome["texts saved"])
