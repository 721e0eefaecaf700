"""Which pictures something still names, and what becomes of the others.

A picture is kept as long as a record shows it, an open proposal names it, or a version does that
was in force at some time in the last KEPT: so long one can go back to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from json import dumps

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from reversion.models import Version

from strongcities.editing import history
from strongcities.editing.models import Proposal, ProposalState
from strongcities.pictures.names import files_of, stem_of, stems_in
from strongcities.pictures.storing import PictureField
from strongcities.staff.models import AuditEntry

KEPT = timedelta(days=90)
BEING_WRITTEN = timedelta(days=1)  # a file as young as this may belong to a save under way

Key = tuple[int, str]  # a kind of record and the id of one


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every model that has a picture, with the name of the column."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, PictureField):
                yield model, field.name


def kinds() -> dict[type[models.Model], ContentType]:
    return ContentType.objects.get_for_models(*{model for model, _column in columns()})


# What is named


def in_records() -> set[str]:
    found = set()
    for model, column in columns():
        names = model._base_manager.exclude(**{column: ""}).values_list(column, flat=True)
        found |= {stem_of(name) for name in names.iterator()}
    return found


def is_shown(stem: str, to_public: bool = False) -> bool:
    return any(
        (model.objects.published() if to_public else model._base_manager.all())
        .filter(**{f"{column}__startswith": stem})
        .exists()
        for model, column in columns()
    )


def by_record(since: datetime) -> dict[Key, set[str]]:
    """The pictures that open proposals name, and versions that were in force at any time since."""
    found = defaultdict(set)
    waiting = Proposal.objects.filter(state=ProposalState.OPEN)
    for kind, pk, *texts in waiting.values_list("content_type", "object_id", "base", "proposed"):
        found[kind, str(pk)] |= stems_in(dumps(texts))
    versions = Version.objects.filter(~history.superseded(since), content_type__in=kinds().values())
    kept = versions.values_list("content_type", "object_id", "serialized_data")
    for kind, pk, text in kept.iterator():
        found[kind, pk] |= stems_in(text)
    return found


def there(since: datetime) -> set[Key]:
    """The records that may have a picture: those there are, and those deleted since then."""
    log = AuditEntry.objects.filter(action="deleted", at__gte=since)
    found = set(log.values_list("content_type", "object_id"))
    for model, kind in kinds().items():
        found |= {(kind.pk, str(pk)) for pk in model._base_manager.values_list("pk", flat=True)}
    return found


# What goes


def forget(names: Iterable[str]) -> None:
    """Delete the files of pictures just written that nothing names: what came with them failed."""
    for name in names:
        stem = stem_of(name)
        if stem and not (is_shown(stem) or is_waiting(stem)):
            for file in files_of(name):
                default_storage.delete(file)


def is_waiting(stem: str) -> bool:
    waiting = Proposal.objects.filter(state=ProposalState.OPEN).values_list("base", "proposed")
    return any(stem in dumps(texts) for texts in waiting)


def unneeded() -> list[str]:
    """The files of pictures that nothing needs any more; files of other names are not looked at."""
    now = timezone.now()
    stored = [name for name in files_below("") if stem_of(name)]
    since = now - KEPT
    keys = there(since)
    named = [stems for key, stems in by_record(since).items() if key in keys]
    needed = in_records().union(*named)
    unnamed = [name for name in stored if stem_of(name) not in needed]
    settled = now - BEING_WRITTEN
    return [name for name in unnamed if default_storage.get_modified_time(name) < settled]


def files_below(folder: str) -> Iterator[str]:
    """The names of all files in a folder of the storage and in those inside it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(files))
    for name in sorted(folders):
        yield from files_below(prefix + name)


def sweep(names: Iterable[str]) -> list[str]:
    """Delete files that were found to be unneeded, but for what a record shows since."""
    swept = [name for name in names if not is_shown(stem_of(name))]
    for name in swept:
        default_storage.delete(name)
    return swept
