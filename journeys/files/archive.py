"""All that is published in one zip file: tables as JSON Lines with their schemas, and as SQLite."""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.files.columns import TABLES
from journeys.files.tables import Column, Table, flat, schema_of
from strongcities.addresses import in_full
from strongcities.pagecache import version

DATABASE = "journeys.sqlite3"
LEADS_TO = {  # a column -> the table and column of the record that it names
    "region": ("regions", "slug"),
    "theme": ("themes", "slug"),
    "milestone": ("milestones", "uuid"),
    "initiative": ("initiatives", "slug"),
    **dict.fromkeys(("city", "run_by"), ("cities", "slug")),
    **dict.fromkeys(("event", "part_of", "may_be", "launched_at"), ("events", "slug")),
}
TRIES = 3


class ArchiveError(Exception):
    """Why no archive was written, in words."""


def write_archive(target: Path) -> bool:
    """Whether one was written: not where there is one of this version and address already."""
    for _try in range(TRIES):
        stamp = now_is()
        if stamp_of(target) == stamp:
            return False
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            try:
                with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                    archive.comment = stamp.encode()
                    write(archive, stamp)
                if now_is() == stamp:
                    os.chmod(file.name, 0o644)
                    os.replace(file.name, target)
                    return True
            finally:
                Path(file.name).unlink(missing_ok=True)
    raise ArchiveError(_("What is published changed while it was written: try again later."))


def now_is() -> str:
    """The version, and where the portal is: what an archive is written of."""
    version.ask_again()
    return f"{version.current()} {settings.PUBLIC_ADDRESS}"


def stamp_of(target: Path) -> str:
    """Of what an archive was written; empty where there is none."""
    try:
        with ZipFile(target) as archive:
            return archive.comment.decode()
    except (OSError, BadZipFile):
        return ""


def etag_of(target: Path) -> str | None:
    """Another text for another archive; None where there is none."""
    stamp = stamp_of(target)
    return f'"{sha256(stamp.encode()).hexdigest()[:32]}"' if stamp else None


def write(archive: ZipFile, stamp: str) -> None:
    archive.writestr("README.txt", readme(stamp))
    with TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        database = sqlite3.connect(path)
        for table in TABLES.values():
            schema = json.dumps(schema_of(table.columns), indent=1, ensure_ascii=False)
            archive.writestr(f"{table.name}.schema.json", schema)
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                for record in kept_in(database, table):
                    lines.write(f"{json.dumps(record, ensure_ascii=False)}\n".encode())
        database.commit()
        database.close()
        archive.write(path, DATABASE)


def kept_in(database: sqlite3.Connection, table: Table) -> Iterator[dict]:
    """Each record, once it is in the database: its lists of things in tables of their own."""
    single = [column for column in table.columns if not column.parts]
    insert = made(database, table.name, single)
    lists = {
        column.name: made(database, f"{table.name}_{column.name}", column.parts, table.name)
        for column in table.columns
        if column.parts
    }
    for row in table.rows(table.keys()):
        record = dict(zip(table.names, row, strict=True))
        database.execute(insert, [flat(record[column.name]) for column in single])
        for name, insert_thing in lists.items():
            things = [[record["uuid"], *thing.values()] for thing in record[name]]
            database.executemany(insert_thing, things)
        yield record


def made(
    database: sqlite3.Connection, name: str, columns: Sequence[Column], owner: str = ""
) -> str:
    """Makes a table of records, or of things of them: the statement that inserts; names are ours.

    Datasette follows a column to the primary key of another table, so that is what others name.
    """
    told = [f'"{column.name}" {kind_of(column)}' for column in columns]
    values = ["NULLIF(?, '')" if column.name in LEADS_TO else "?" for column in columns]
    if owner:
        told.insert(0, f'"{owner}_uuid" TEXT REFERENCES "{owner}" (uuid)')
        values.insert(0, "?")
    else:
        told.append(f"PRIMARY KEY ({dict(LEADS_TO.values())[name]})")
    database.execute(f'CREATE TABLE "{name}" ({", ".join(told)})')
    return f'INSERT INTO "{name}" VALUES ({", ".join(values)})'  # noqa: S608


def kind_of(column: Column) -> str:
    if column.name in LEADS_TO:
        return 'TEXT REFERENCES "{}" ({})'.format(*LEADS_TO[column.name])
    kinds = {"integer": "INTEGER", "number": "REAL"}
    return next((kinds[one] for one in column.holds["type"] if one in kinds), "TEXT")


def readme(stamp: str) -> str:
    licence = settings.CONTENT_LICENCE or _("Ask the Network")
    lines = [
        _("Strong Cities Member Journeys: all that is published."),
        _("Version %(version)s, written on %(day)s.")
        % {"version": stamp.split()[0], "day": timezone.localdate().isoformat()},
        _("Licence of texts and data: %(licence)s.") % {"licence": licence},
        _("What each column holds: the .schema.json beside each .jsonl, and %(page)s.")
        % {"page": in_full("/data/")},
        _("To look at it: datasette %(file)s") % {"file": DATABASE},
    ]
    return "\n\n".join(lines) + "\n"
