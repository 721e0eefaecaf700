"""What translators get."""

import os
import re
import shutil
import subprocess
import sys
from urllib.parse import unquote

import pytest

from tests.journeys.stories import make_told_portal
from tests.journeys.test_told_pages import TOLD
from tests.pseudo import MARKED, bare_words, speak, write_in_arabic
from tests.test_structure import APPS, ROOT

LEFT_OUT = shutil.ignore_patterns("__pycache__", "migrations", "data")


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_makemessages_runs_in_a_fresh_clone_and_warns_of_nothing(tmp_path):
    for name in (*APPS, "templates", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=LEFT_OUT)
    shutil.copy(ROOT / "manage.py", tmp_path)

    made = subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "ar", "--no-wrap"],
        cwd=tmp_path,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "strongcities.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (made.returncode, made.stderr) == (0, "")
    catalogue = (tmp_path / "locale/ar/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    assert 'msgid "Skip to main content"' in catalogue


@pytest.mark.one_database
@pytest.mark.django_db
def test_no_public_page_has_words_that_are_not_marked_for_translation(client, settings):
    make_told_portal()
    write_in_arabic()
    speak(settings)

    for address in [*TOLD, "/about/", "/privacy/", "/accessibility/", "/search/"]:
        page = client.get(address).content.decode()
        assert MARKED.search(page), address
        assert bare_words(page, unquote(address)) == [], address


def test_translation_is_called_by_its_own_names_which_xgettext_knows():
    renamed = re.compile(r"django\.utils\.translation import .*\bas (?!_$)", re.M)
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))

    assert [path.name for path in files if renamed.search(path.read_text(encoding="utf-8"))] == []


def test_no_template_writes_a_date_in_a_fixed_form():
    fixed = re.compile(r'(?:\|date:|\|time:|% now )"(?!(?:[A-Z_]{5,}|Y-m-d|[YcUe])")[^"]+"')
    pages = (ROOT / "templates").rglob("*.html")

    assert [page.name for page in pages if fixed.search(page.read_text(encoding="utf-8"))] == []
