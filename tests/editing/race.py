"""Many editors save one milestone at once; what came of it.

`python -m tests.editing.race sqlite:////a/new/file` does it in a database of its own.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from django.db import connection

EDITORS = 30
AT_ONCE = 15
PERSISTENT = 3  # so many go on, until each has saved


def race() -> dict:
    """All open the same form, each writes their own text, all save; then some save again."""
    from tests.factories import make_milestone

    milestone = make_milestone(body="As it was.", status="draft")
    editors = [Editor(number, milestone) for number in range(EDITORS)]
    form = editors[0].opened()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        first = list(threads.map(lambda editor: editor.save(form), editors))
        told = sum(editor.was_told for editor in editors)
        left = [editor for editor in editors if not editor.has_saved][:PERSISTENT]
        list(threads.map(lambda editor: editor.save_until_saved(), left))
    return {
        "saved at first": first.count(True),
        "told with their text": told,
        "states that were saved over": [e.over for e in editors if e.has_saved],
        "texts saved": [editor.text for editor in editors if editor.has_saved],
        "persistent": [editor.has_saved for editor in left],
        **stored(milestone),
    }


def stored(milestone) -> dict:
    from strongcities.editing import history

    milestone.refresh_from_db()
    versions = history.versions_of(milestone)
    return {
        "stored": milestone.body,
        "history": [history.said_in(version)["body"] for version in versions],
    }


class Editor:
    """Somebody with a browser, in a thread with its own connection."""

    def __init__(self, number: int, milestone) -> None:
        from django.test import Client
        from django.urls import reverse

        from tests.editing.staff import make_superuser

        self.text = f"What editor {number} wrote."
        self.address = reverse("admin:journeys_milestone_change", args=[milestone.pk])
        self.client = Client()
        self.client.force_login(make_superuser(username=f"editor-{number}"))
        self.has_saved, self.over = False, ""

    def opened(self) -> dict:
        """The form as it is served; it says which state of the milestone it shows."""
        from tests.admin_forms import fields_of

        return fields_of(self.client, self.address)

    def save(self, form: dict) -> bool:
        """Whether the text was saved; else the page that came back is kept."""
        with closing(connection):
            data = form | {"body": self.text, "_save": "Save"}
            self.response = self.client.post(self.address, data)
        self.over = form["seen"]
        self.has_saved = self.response.status_code == 302
        return self.has_saved

    @property
    def was_told(self) -> bool:
        """Whether the form came back with the panel, and with the text still in it."""
        page = self.response.content.decode()
        return "editing-conflict" in page and f"\n{self.text}</textarea>" in page

    def save_until_saved(self) -> None:
        """Each time with the form that came back."""
        from tests.admin_forms import form_in

        for _round in range(10 * PERSISTENT):
            if self.save(form_in(self.response)):
                return


if __name__ == "__main__":
    os.environ |= {"TEST_DATABASE_URL": sys.argv[1], "DJANGO_SETTINGS_MODULE": "tests.settings"}
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.DATABASES["default"]["OPTIONS"]["timeout"] = 300  # for slow machines
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(race()))
