import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from members.models import City, Region
from strongcities.operations import restore as restoring
from strongcities.operations.archive import LIST
from strongcities.pagecache import version
from tests.factories import make_city
from tests.operations.conftest import PICTURE
from tests.upgrade.upgraded import load


def restore(file: Path, **options) -> None:
    call_command("restore", str(file), replace=True, **options)


def altered(archive: Path, name: str, change) -> Path:
    """The archive with one of its files written otherwise."""
    other = archive.with_name("altered.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(other, "w") as new:
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, change(data) if one == name else data)
    return other


@pytest.mark.one_database
def test_what_came_after_is_gone_and_what_went_is_back(archive, portal, settings):
    City.objects.filter(pk=portal.pk).update(name="Southgate")
    make_city(name="Eastgate")
    default_storage.delete(PICTURE)
    before = version.current()

    restore(archive)

    assert City.objects.get().name == "Northgate"
    assert (settings.MEDIA_ROOT / PICTURE).read_bytes() == b"a picture"
    version.ask_again()
    assert version.current() != before


@pytest.mark.one_database
def test_records_are_never_replaced_unasked(archive):
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(archive))


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (
            LIST,
            lambda text: text.replace(b"members.0001_initial", b"cities.1"),
            r"has: cities.1. .* has: members.0001_initial",
        ),
        (
            "tables/members.City.jsonl",
            lambda text: text.replace(b"Northgate", b"N"),
            "is not what was archived",
        ),
        (f"pictures/{PICTURE}", lambda data: data + b"\n", "is not what was archived"),
        (None, lambda data: data[:-100], "no whole archive"),
    ],
)
def test_archive_of_another_schema_or_that_was_altered_changes_nothing(
    archive, portal, name, change, says
):
    City.objects.update(name="Southgate")
    if name is None:
        archive.write_bytes(change(archive.read_bytes()))

    with pytest.raises(CommandError, match=says):
        restore(altered(archive, name, change) if name else archive)

    assert City.objects.get().name == "Southgate"


@pytest.mark.one_database
def test_restoring_that_fails_half_way_leaves_all_as_it_was(archive, portal, monkeypatch):
    User.objects.create_user("root")
    default_storage.delete(PICTURE)

    def fail():
        raise OSError("The disk is full.")

    monkeypatch.setattr(restoring, "note_change", fail)
    with pytest.raises(CommandError, match="disk is full"):
        restore(archive)

    assert User.objects.get().username == "root"
    assert City.objects.get() == portal
    assert not default_storage.exists(PICTURE)


def manage(folder: Path, *arguments: str) -> None:
    """Run a command on a portal of its own, on SQLite."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "DJANGO_MEDIA_ROOT": str(folder / "pictures"),
    }
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=True)


def contents(file: Path) -> dict:
    held = json.loads(zipfile.ZipFile(file).read(LIST))
    return {name: held[name] for name in ("schema", "tables", "pictures")}


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="from SQLite to SQLite is no way")
def test_from_sqlite_to_postgresql_and_back(transactional_db, settings, tmp_path):
    """A portal with a history, a log, proposals, accounts and second factors."""
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    load(tmp_path / "portal.sqlite3")
    (tmp_path / "pictures" / PICTURE).parent.mkdir(parents=True)
    (tmp_path / "pictures" / PICTURE).write_bytes(b"a picture")
    archives = [tmp_path / f"{number}.zip" for number in range(4)]

    manage(tmp_path, "migrate", "--verbosity=0")
    manage(tmp_path, "backup", str(archives[0]))
    restore(archives[0])
    Region.objects.create(name="A new one", slug="new").delete()
    call_command("backup", str(archives[1]))
    Region.objects.create(name="Another", slug="other")
    call_command("backup", str(archives[2]))
    manage(tmp_path, "restore", "--replace", str(archives[2]))
    manage(tmp_path, "backup", str(archives[3]))

    there, copied, changed, back = map(contents, archives)
    assert there == copied
    assert copied != changed
    assert changed == back
