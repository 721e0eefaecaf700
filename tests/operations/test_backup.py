import json
import zipfile

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from strongcities.operations.archive import LEFT_OUT, LIST, tables
from tests.operations.conftest import PICTURE

# The schema; the limits of signing in; what SQLite's ANALYZE noted, where it ran before.
NO_MODEL = {"django_migrations", "cache", "sqlite_stat1"}


@pytest.mark.one_database
def test_every_table_is_archived_or_left_out(db):
    archived = {model._meta.db_table for model in tables()}
    left_out = {apps.get_model(label)._meta.db_table for label in LEFT_OUT}

    assert set(connection.introspection.table_names()) - archived - left_out <= NO_MODEL


@pytest.mark.one_database
def test_archive_is_its_owners_alone_and_says_what_it_holds(archive, capsys):
    contents = json.loads(zipfile.ZipFile(archive).read(LIST))

    assert archive.stat().st_mode & 0o777 == 0o600
    assert contents["tables"]["members.City"]["number"] == 1
    assert list(contents["pictures"]) == [PICTURE]
    assert "members.0001_initial" in contents["schema"]
    with pytest.raises(CommandError, match=r"a file .*all.zip already"):
        call_command("backup", str(archive))


@pytest.mark.one_database
def test_backup_that_fails_leaves_no_file(portal, tmp_path, monkeypatch):
    monkeypatch.setattr("strongcities.operations.archive.add_pictures", lambda archive: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("backup", str(tmp_path / "all.zip"))

    assert [file.name for file in tmp_path.iterdir()] == ["pictures"]
