"""What an archive is: the rows of each table as lines of JSON, the pictures, and a list of both.

A zip file, so that neither database's own tools are needed and nothing is held in memory whole.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

FORMAT = 1
LIST = "list.json"
BLOCK = 1024**2

# Everything is archived but these, each for its reason.
LEFT_OUT = {
    "sessions.Session": _("people sign in anew"),
    "usersessions.UserSession": _("told of the sessions"),
    "editing.OpenForm": _("forms that are open are heard of again"),
    "pagecache.PublicChange": _("what is restored is a version of its own"),
}


class ArchiveError(Exception):
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
