"""The history of records: revisions, each of a record with its rows."""

from collections.abc import Iterator
from contextlib import contextmanager

import reversion
from django.db import models
from django.utils.translation import gettext as _
from reversion.models import Version

from strongcities.editing.contents import Contents, contents_with
from strongcities.editing.records import parts_of, relation


@contextmanager
def recorded(user=None, comment: str = "") -> Iterator[None]:
    """Everything of ours that is saved inside becomes one revision."""
    with reversion.create_revision():
        if user is not None:
            reversion.set_user(user)
        if comment:
            reversion.set_comment(comment)
        yield


def versions_of(record: models.Model) -> models.QuerySet:
    """A record's versions, the latest first, each with its revision and who made it."""
    return Version.objects.get_for_object(record).select_related("revision__user")


def begin(record: models.Model) -> None:
    """Keep a record as it stands, if nothing of it was kept before: something to go back to."""
    if not versions_of(record).exists():
        with recorded(comment=_("As it was when its history began.")):
            reversion.add_to_revision(record)


def said_in(version: Version) -> Contents:
    """What a record and its rows said in a version."""
    model = version._model
    rows = [
        sibling._object_version.object
        for part in parts_of(model)
        for sibling in version.revision.version_set.get_for_model(
            relation(model, part).related_model
        )
        if _belongs(sibling, relation(model, part), version.object_id)
    ]
    return contents_with(version._object_version.object, rows)


def _belongs(version: Version, link: models.ManyToOneRel, pk: str) -> bool:
    return str(version.field_dict[link.field.attname]) == pk


def comment_with(comment: str) -> None:
    """Say what the revision under way is about."""
    if comment:
        reversion.set_comment(comment)
