"""Make the database and the pictures what an archive says: all of it, or nothing."""

import json
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import Error, connection, models, transaction
from django.utils.translation import gettext as _

from strongcities.editing.records import PARTS
from strongcities.operations.archive import (
    LIST,
    ArchiveError,
    blocks,
    lines,
    schema,
    summed,
    tables,
)
from strongcities.pagecache.version import note_change
from strongcities.pictures.names import stem_of


def restore(source: Path, *, replace: bool = False) -> dict:
    """Put what an archive holds in place of what is there; what it holds."""
    if not replace and any(kind.objects.exists() for kind in (*PARTS, get_user_model())):
        raise ArchiveError(
            _("There are records or accounts here: --replace puts those of the archive there.")
        )
    try:
        with ZipFile(source) as archive:
            contents = read_list(archive)
            check(archive, contents)
            put_in_place(archive, contents)
    except (BadZipFile, EOFError, KeyError, ValueError, zlib.error) as error:
        raise ArchiveError(_("This is no whole archive: %(why)s") % {"why": error}) from error
    except (OSError, Error) as error:
        raise ArchiveError(_("Nothing was restored: %(why)s") % {"why": error}) from error
    return contents


# Before anything is written


def read_list(archive: ZipFile) -> dict:
    contents = json.loads(archive.read(LIST))
    missing = sorted(set(contents["schema"]) - set(schema()))
    newer = sorted(set(schema()) - set(contents["schema"]))
    if missing or newer:
        raise ArchiveError(
            _(
                "The archive is of another version of the portal. Only the archive has: "
                "%(missing)s. Only this database has: %(newer)s. Restore it with the version "
                "that wrote it, and migrate then."
            )
            % {"missing": ", ".join(missing) or "-", "newer": ", ".join(newer) or "-"}
        )
    return contents


def check(archive: ZipFile, contents: dict) -> None:
    """That all is there, and reads as it was written."""
    if set(contents["tables"]) != {model._meta.label for model in tables()}:
        raise ArchiveError(_("The archive holds other tables than this portal has."))
    for label, noted in contents["tables"].items():
        with archive.open(f"tables/{label}.jsonl") as file:
            compare(label, summed(file), noted)
    for name, noted in contents["pictures"].items():
        if not stem_of(name):
            raise ArchiveError(_("No picture has the name %(name)s.") % {"name": name})
        with archive.open(f"pictures/{name}") as file:
            compare(name, summed(blocks(file)), noted)


def compare(name: str, found: dict, noted: dict) -> None:
    if any(noted[key] != found[key] for key in found):
        raise ArchiveError(_("%(name)s is not what was archived.") % {"name": name})


# Writing


def put_in_place(archive: ZipFile, contents: dict) -> None:
    """The pictures first: each has a name of its own, so that none is missed or in the way."""
    added = []
    try:
        for name, noted in contents["pictures"].items():
            put_picture(archive, name, noted, added)
        with transaction.atomic():
            for model in apps.get_models(include_auto_created=True):
                model._base_manager.all()._raw_delete("default")
            for label, noted in contents["tables"].items():
                fill(archive, apps.get_model(label), noted)
            count_on(tables())
            note_change()
    except BaseException:
        for name in added:
            default_storage.delete(name)
        raise
    finally:
        ContentType.objects.clear_cache()


def put_picture(archive: ZipFile, name: str, noted: dict, added: list[str]) -> None:
    """Write a picture that is not there; one that reads otherwise was damaged, and goes."""
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            if summed(blocks(file)) == noted:
                return
        default_storage.delete(name)
    added.append(name)
    with archive.open(f"pictures/{name}") as file:
        default_storage.save(name, file)


def fill(archive: ZipFile, model: type[models.Model], noted: dict) -> None:
    """Write the rows of a table as they were, and read them back."""
    fields = [model._meta.get_field(name) for name in noted["columns"]]
    size = min(500, connection.ops.bulk_batch_size(fields, range(500)))
    with archive.open(f"tables/{model._meta.label}.jsonl") as file:
        rows = read_rows(model, fields, file)
        while batch := list(islice(rows, size)):
            # Raw: no date of change is set anew, no derived column reckoned again.
            model._base_manager.all()._insert(batch, fields=fields, using="default", raw=True)
    compare(model._meta.label, summed(lines(model)), noted)


def read_rows(model: type[models.Model], fields: list, file) -> Iterator[models.Model]:
    for line in file:
        values = zip(fields, json.loads(line), strict=True)
        yield model(**{field.attname: field.to_python(value) for field, value in values})


def count_on(models_: list[type[models.Model]]) -> None:
    """Let new rows get numbers beyond those restored."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models_):
            cursor.execute(sql)
