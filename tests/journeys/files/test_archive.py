import io
import json
import re
import sqlite3
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils.http import http_date
from jsonschema import Draft202012Validator

from journeys.api.schema import document
from journeys.files import archive
from journeys.files.columns import TABLES
from tests.factories import make_city, make_event, make_milestone
from tests.journeys.files.reading import body
from tests.journeys.stories import make_told_portal
from tests.partials import ARABIC, typed
from tests.versions import forget_notes, read

pytestmark = pytest.mark.django_db
FORMATS = Draft202012Validator.FORMAT_CHECKER


@pytest.fixture
def target(settings, tmp_path):
    settings.ARCHIVE = tmp_path / "archive.zip"
    return settings.ARCHIVE


def test_each_table_is_there_as_its_schema_says(client, target):
    make_told_portal()
    call_command("write_archive", verbosity=0)

    with ZipFile(io.BytesIO(body(client.get("/data/archive.zip")))) as zipped:
        for table in TABLES.values():
            lines = zipped.read(f"{table.name}.jsonl").decode().splitlines()
            schema = json.loads(zipped.read(f"{table.name}.schema.json"))
            assert schema == document()["components"]["schemas"][table.name]
            assert lines
            check = Draft202012Validator(schema, format_checker=FORMATS)
            assert [json.loads(line) for line in lines] == table.records(table.keys())
            assert [error for line in lines for error in check.iter_errors(json.loads(line))] == []


@pytest.fixture
def database(target, tmp_path):
    """The database of the archive of a told portal."""
    make_told_portal()
    call_command("write_archive", verbosity=0)
    with ZipFile(target) as zipped:
        database = sqlite3.connect(zipped.extract(archive.DATABASE, tmp_path))
    database.row_factory = sqlite3.Row
    yield database
    database.close()


def test_database_holds_the_same_with_a_table_for_each_kind_of_link(database):
    for table in TABLES.values():
        rows = list(database.execute(f"SELECT * FROM {table.name}"))
        assert [row["uuid"] for row in rows] == [one["uuid"] for one in table.records(table.keys())]
        assert set(rows[0].keys()) == {one.name for one in table.columns if not one.parts}
    quotes = database.execute(
        "SELECT quote FROM milestones_themes JOIN milestones ON uuid = milestones_uuid"
        " WHERE slug = 'tea'"
    )
    assert [quote for (quote,) in quotes] == [typed(ARABIC)]


def test_database_is_as_datasette_takes_it(database):
    """A key for each record, links between tables that hold, and names that need no quotes."""
    columns = database.execute(
        "SELECT t.name, c.name, c.pk FROM sqlite_master t, pragma_table_info(t.name) c"
        " WHERE t.type = 'table'"
    ).fetchall()
    links = database.execute(
        "SELECT t.name, f.'from', f.'table', f.'to'"
        " FROM sqlite_master t, pragma_foreign_key_list(t.name) f"
    ).fetchall()

    keys = {(table, name) for table, name, is_key in columns if is_key}
    assert {table for table, _name in keys} == set(TABLES)
    assert {(table, key) for _one, _name, table, key in links} <= keys
    leading = {(table, name) for table, name, *_where in links}
    assert {("milestones", "city"), ("events", "part_of")} < leading
    of_links = {table for table, *_rest in columns if "_" in table}
    assert {table for table, name in leading if name == "milestones_uuid"} == of_links
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert all(re.fullmatch("[a-z_]+ [a-z_]+", f"{table} {name}") for table, name, _key in columns)


def test_nothing_hidden_is_in_it(target):
    make_milestone(city=make_city(status="draft"), title="zqx")
    make_event(status="draft", name="zqx")
    call_command("write_archive", verbosity=0)

    with ZipFile(target) as zipped:
        assert [name for name in zipped.namelist() if b"zqx" in zipped.read(name)] == []


def test_licence_is_that_of_the_settings_or_to_be_asked_for(target, settings):
    settings.CONTENT_LICENCE = ""
    call_command("write_archive", verbosity=0)
    with ZipFile(target) as zipped:
        unset = zipped.read("README.txt").decode()
    target.unlink()
    settings.CONTENT_LICENCE = "CC BY 4.0"

    call_command("write_archive", verbosity=0)

    with ZipFile(target) as zipped:
        assert "Licence of texts and data: CC BY 4.0." in zipped.read("README.txt").decode()
    assert "Licence of texts and data: Ask the Network." in unset


def test_it_is_written_once_a_version_and_others_are_told_that_they_have_it(client, target):
    make_city()
    call_command("write_archive", verbosity=0)
    first = target.stat()
    response = client.get("/data/archive.zip")
    tag = {"If-None-Match": response.headers["ETag"]}
    body(response)

    call_command("write_archive", verbosity=0)
    again, known = target.stat(), client.get("/data/archive.zip", headers=tag).status_code
    forget_notes()
    make_city()
    read()
    call_command("write_archive", verbosity=0)
    changed = client.get("/data/archive.zip", headers=tag)
    body(changed)

    assert (again.st_ino, again.st_mtime_ns, known) == (first.st_ino, first.st_mtime_ns, 304)
    assert target.stat().st_ino != first.st_ino
    assert changed.status_code == 200
    assert [path.name for path in target.parent.iterdir()] == ["archive.zip"]


def test_it_is_written_anew_where_the_portal_has_another_address(target, settings):
    make_city(slug="rabat")

    for address in ("http://localhost:8000", "http://localhost:8790"):
        settings.PUBLIC_ADDRESS = address
        call_command("write_archive", verbosity=0)
        with ZipFile(target) as zipped:
            assert f'"{address}/journeys/rabat/"' in zipped.read("cities.jsonl").decode()
            assert f"{address}/data/" in zipped.read("README.txt").decode()


def test_old_one_stays_where_all_goes_on_changing_or_writing_fails(target, monkeypatch):
    target.write_bytes(b"of before")
    versions = iter("abcdefghij")
    monkeypatch.setattr(archive, "now_is", lambda: next(versions))
    with pytest.raises(CommandError, match="try again later"):
        call_command("write_archive")
    monkeypatch.setattr(archive, "write", lambda *args: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(CommandError, match="full"):
        call_command("write_archive")

    assert target.read_bytes() == b"of before"
    assert [path.name for path in target.parent.iterdir()] == ["archive.zip"]


def test_fetching_goes_on_where_it_broke_off_unless_another_one_was_written(client, target):
    make_city()
    call_command("write_archive", verbosity=0)
    asked, written = {"Range": "bytes=100-", "Accept-Encoding": "gzip"}, target.read_bytes()

    part = client.get("/data/archive.zip", headers=asked)
    other = client.get("/data/archive.zip", headers=asked | {"If-Range": '"of before"'})

    assert (part.status_code, body(part)) == (206, written[100:])
    assert (other.status_code, body(other)) == (200, written)
    assert part.headers["Last-Modified"] == http_date(target.stat().st_mtime)


def test_where_none_is_written_a_problem_says_so(client, target):
    response = client.get("/data/archive.zip")

    assert response.status_code == 404
    assert response.json()["detail"] == "No archive has been written yet."
