"""What translators get."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.test_structure import APPS, ROOT

LEFT_OUT = shutil.ignore_patterns("__pycache__", "migrations", "data")


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_makemessages_runs_in_a_fresh_clone_and_warns_of_nothing(tmp_path):
    for name in (*APPS, "templates"):
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
