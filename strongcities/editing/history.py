"""Revisions, each of a record with its rows; and the lines of the history that list them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import reversion
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from reversion.errors import RevertError
from reversion.models import Version

from strongcities.editing.contents import PUBLICATION, Contents, fingerprint, state_of
from strongcities.editing.differences import Difference, differences
from strongcities.editing.labels import Labels
from strongcities.editing.records import PARENTS, PARTS, parts_of, relation
from strongcities.staff.sentences import coded, worded

LOOKED_THROUGH = 100  # versions, for what somebody saw

Kept = tuple[models.Model, list[models.Model]]  # a record and its rows

# Writing


@contextmanager
def recorded(user=None, comment: str = "", by_hand: bool = False) -> Iterator[None]:
    """Everything of ours that is saved inside becomes one revision.

    By hand: what is given to `add_versions()`, which asks less of the database when it is much.
    """
    with reversion.create_revision(manage_manually=by_hand):
        if user is not None:
            reversion.set_user(user)
        if comment:
            reversion.set_comment(comment)
        yield


def begin(*records: models.Model) -> None:
    """Keep stored records of one kind as they stand, unless that is what was kept last.

    What a command or a deletion elsewhere has changed could not be gone back to otherwise.
    """
    if not records:
        return
    model, changed = type(records[0]), defaultdict(list)
    models.prefetch_related_objects(records, *paths_of(model))
    last = last_states(model, [record.pk for record in records])
    for record in records:
        known = last.get(str(record.pk))
        if known != state_of(record):
            changed["as-begun" if known is None else "as-found"].append(record)
    for code, some in changed.items():
        with recorded(comment=coded(code), by_hand=True):
            add_versions(some)


def last_states(model: type[models.Model], pks: Iterable[int]) -> dict[str, Contents]:
    """What was kept last of some records, by key; empty where it cannot be read any more."""
    versions = Version.objects.get_for_model(model).filter(object_id__in=map(str, pks))
    last = versions.order_by().values("object_id").annotate(last=models.Max("pk")).values("last")
    versions = list(Version.objects.filter(pk__in=last))
    states = states_in(versions)
    return {one.object_id: states.get(one.pk, {}) for one in versions}


def add_versions(records: Iterable[models.Model]) -> None:
    """Add stored records and their rows to the revision under way; a few queries a kind."""
    if not reversion.is_active():
        return
    by_kind = defaultdict(list)
    for record in records:
        by_kind[type(record)].append(record)
    for model, some in by_kind.items():
        models.prefetch_related_objects(some, *paths_of(model))
        for record in some:
            reversion.add_to_revision(record)


def with_place(rows: models.QuerySet) -> models.QuerySet:
    """Records of a kind, each with the one that it goes with, as a milestone's city."""
    name = getattr(rows.model, "goes_with", "")
    return rows.select_related(name) if name else rows


def read_again(record: models.Model) -> models.Model:
    """A record as it is stored by now, with its rows and where it is."""
    return with_rows(with_place(type(record)._base_manager).get(pk=record.pk))


def with_rows(record: models.Model) -> models.Model:
    """A stored record with its rows and what they name, all fetched."""
    models.prefetch_related_objects([record], *paths_of(type(record)))
    return record


def paths_of(model: type[models.Model]) -> list[str]:
    """The rows of a model's records and what they name: each row is kept with its name."""
    found = []
    for part in parts_of(model):
        link = relation(model, part)
        named = [f.name for f in link.related_model._meta.concrete_fields if f.many_to_one]
        found += [part, *(f"{part}__{name}" for name in named if name != link.field.name)]
    return found


def add_everything() -> None:
    """Add every record that is kept at all to the revision under way."""
    for model in PARTS:
        add_versions(model._base_manager.order_by("pk"))


# Reading


def versions_of(record: models.Model) -> models.QuerySet:
    """A record's versions, the latest first, each with its revision and who made it."""
    return Version.objects.get_for_object(record).select_related("revision__user")


def superseded(at: datetime) -> Exists:
    """The condition that a version was in force no longer: a later one of its record was there."""
    same = {name: OuterRef(name) for name in ("content_type", "object_id", "db")}
    later = Version.objects.filter(pk__gt=OuterRef("pk"), revision__date_created__lt=at, **same)
    return Exists(later)


def last_name_of(model: type[models.Model], pk: str) -> str:
    """What a record was called when it was last saved; it may be deleted."""
    versions = Version.objects.get_for_object_reference(model, pk)
    return versions.values_list("object_repr", flat=True).first() or ""


def said_in(version: Version) -> Contents:
    """What a record and its rows said in a version."""
    return {key: value for key, value in state_in(version).items() if key not in PUBLICATION}


def state_in(version: Version) -> Contents:
    """What a record and its rows said in a version, and what decided who saw it.

    Nothing at all where it was kept so long ago that it cannot be read any more.
    """
    return states_in([version]).get(version.pk, {})


def states_in(versions: Iterable[Version]) -> dict[int, Contents]:
    """The states in several versions of one kind, by the version's id."""
    return {pk: state_of(*kept) for pk, kept in read(versions).items()}


def read(versions: Iterable[Version]) -> dict[int, Kept]:
    """Record and rows, not stored, as versions of one kind keep them, by version; one query.

    A version that cannot be read any more is left out.
    """
    versions = list(versions)
    rows, found = rows_in(versions), {}
    for one in versions:
        with suppress(RevertError):
            found[one.pk] = one._object_version.object, rows[one.revision_id, one.object_id]
    return found


def rows_in(versions: list[Version]) -> dict[tuple[int, str], list[models.Model]]:
    """The rows that records had, by revision and record."""
    found = defaultdict(list)
    parts = parts_of(versions[0]._model) if versions else ()
    if not parts:
        return found
    kinds = [relation(versions[0]._model, part).related_model for part in parts]
    condition = of_rows(kinds, {version.object_id for version in versions})
    revisions = {version.revision_id for version in versions}
    for kept in Version.objects.filter(condition, revision__in=revisions).order_by("pk"):
        with suppress(RevertError):
            row = kept._object_version.object
            parent = row.serializable_value(PARENTS[type(row)].attname)
            found[kept.revision_id, str(parent)].append(row)
    return found


def of_rows(kinds: list[type[models.Model]], pks: set[str]) -> Q:
    """The condition that a version may be of a row; of one record not the rows of many others."""
    condition = Q()
    for model in kinds:
        kind = Q(content_type=ContentType.objects.get_for_model(model))
        if len(pks) == 1:
            kind &= Q(serialized_data__contains=f'"{PARENTS[model].name}": {min(pks)}')
        condition |= kind
    return condition


# Lines


@dataclass
class HistoryLine:
    """A version as the history lists it, and its state."""

    version: Version
    state: Contents = field(default_factory=dict)  # empty where it cannot be read, or need not
    changed: list[Difference] = field(default_factory=list)
    is_first: bool = False
    is_now: bool = False

    @property
    def when(self) -> datetime:
        return self.version.revision.date_created

    @property
    def who(self) -> str:
        """Name of the account; commands have none."""
        user = self.version.revision.user
        return (user.get_full_name() or user.get_username()) if user else _("command or import")

    @property
    def comment(self) -> str:
        """The editor's words and ours, or Django's where a form was saved without any."""
        return worded(self.version.revision.get_comment())


def lines(
    model: type[models.Model], versions: list[Version], labels: Labels, now: Contents | None = None
) -> list[HistoryLine]:
    """The lines of versions, latest first; of the first whether it says what is stored `now`."""
    states = states_in(versions)
    found = [HistoryLine(version, states.get(version.pk, {})) for version in versions]
    if found:
        found[0].is_now = found[0].state == now
    labels.learn(model, *(line.state for line in found))
    for line, earlier in zip(found, [*found[1:], None], strict=False):
        line.is_first = earlier is None
        if earlier and earlier.state and line.state:
            line.changed = differences(model, earlier.state, line.state, labels)
    return found


# What somebody saw


@dataclass(frozen=True)
class Past:
    """A record and its rows from its history, with the saves that came after, latest first."""

    version: Version
    record: models.Model
    rows: list[models.Model]
    since: list[HistoryLine]


def past_of(record: models.Model, seen: str) -> Past | None:
    """The latest state in the history that has this fingerprint; None where there is none."""
    versions = list(versions_of(record)[:LOOKED_THROUGH]) if seen else []
    found = read(versions)
    for since, version in enumerate(versions):
        kept = found.get(version.pk)
        if kept and fingerprint(state_of(*kept)) == seen:
            return Past(version, *kept, list(map(HistoryLine, versions[:since])))
    return None
