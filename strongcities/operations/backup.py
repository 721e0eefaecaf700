"""Write the database and the pictures into one archive."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from strongcities.editing.picture_files import files_below
from strongcities.operations.archive import (
    FORMAT,
    LIST,
    ArchiveError,
    blocks,
    columns,
    lines,
    schema,
    summed,
    tables,
)
from strongcities.pictures.names import stem_of


def backup(target: Path) -> dict:
    """What the archive holds; the file is there whole and for its owner alone, or not at all."""
    if target.exists():
        raise ArchiveError(_("There is a file %(name)s already.") % {"name": target})
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        try:
            with ZipFile(file, "w") as archive:
                contents = written(archive)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, target)
        except BaseException:
            os.unlink(file.name)
            raise
    return contents


def written(archive: ZipFile) -> dict:
    """The database as it was at one moment, and then the pictures: each is written only once."""
    contents = {"format": FORMAT, "at": timezone.now().isoformat()}
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        contents["schema"] = schema()
        contents["tables"] = {
            model._meta.label: {
                "columns": columns(model),
                **add(archive, f"tables/{model._meta.label}.jsonl", lines(model)),
            }
            for model in tables()
        }
    contents["pictures"] = dict(add_pictures(archive))
    add(archive, LIST, [json.dumps(contents, indent=1).encode()])
    return contents


def add_pictures(archive: ZipFile) -> Iterator[tuple[str, dict]]:
    for name in filter(stem_of, files_below("")):
        try:
            file = default_storage.open(name)
        except FileNotFoundError:  # of a save that was undone meanwhile
            continue
        with file:
            yield name, add(archive, f"pictures/{name}", blocks(file), ZIP_STORED)


def add(archive: ZipFile, name: str, chunks: Iterable[bytes], kind: int = ZIP_DEFLATED) -> dict:
    """Write a file into the archive piece by piece; its number of pieces and its checksum."""
    info = ZipInfo(name)
    info.compress_type = kind
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as member:
        return summed(passed_through(member, chunks))


def passed_through(member, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        member.write(chunk)
        yield chunk
