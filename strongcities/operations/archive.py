"""An archive: the rows of each table as lines of JSON, the pictures, and a list of both.

A zip file, so that neither database's own tools are needed and nothing is held in memory whole.
"""

import base64
import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from strongcities.editing.picture_files import files_below
from strongcities.pictures.names import stem_of

LIST = "list.json"
BLOCK = 1024**2

# Everything is archived but these, each for its reason.
LEFT_OUT = {
    "sessions.Session",  # people sign in anew
    "usersessions.UserSession",  # told of the sessions
    "editing.OpenForm",  # forms that are open are heard of again
    "pagecache.PublicChange",  # what is restored is a version of its own
}


class ArchiveError(CommandError):
    """Why an archive cannot be written or restored, in words."""


def tables() -> list[type[models.Model]]:
    """Every model with a table of its own, those of many-to-many fields among them."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if not one._meta.proxy and one._meta.label not in LEFT_OUT]


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """The rows as the database has them, one a line; the same from either database."""
    rows = model._base_manager.order_by("pk").values_list(*columns(model))
    for row in rows.iterator(chunk_size=500):
        text = json.dumps(row, default=as_text, ensure_ascii=False, sort_keys=True)
        yield f"{text}\n".encode()


def as_text(value) -> str:
    """What JSON has no form for, as the field's `to_python` reads it."""
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def summed(chunks: Iterable[bytes]) -> dict[str, int | str]:
    """How many chunks there are, and the checksum of them all."""
    number, digest = 0, sha256()
    for chunk in chunks:
        number += 1
        digest.update(chunk)
    return {"number": number, "sha256": digest.hexdigest()}


def blocks(file) -> Iterator[bytes]:
    return iter(lambda: file.read(BLOCK), b"")


def schema() -> list[str]:
    """The version of the tables: the migrations that were applied, but those of apps now gone."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in apps.app_configs)


# Writing


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
        finally:
            Path(file.name).unlink(missing_ok=True)
    return contents


def written(archive: ZipFile) -> dict:
    """The database as it was at one moment, and then the pictures: each is written only once."""
    contents = {"at": timezone.now().isoformat()}
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
