"""Two people, one record: which state somebody saw, and who has saved what since."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from reversion.models import Version

from strongcities.editing import history
from strongcities.editing.contents import Contents, fingerprint, state_with
from strongcities.editing.merging import Note, What
from strongcities.editing.records import parts_of, relation

AT_A_TIME = 20
LOOKED_THROUGH = 400


@dataclass(frozen=True)
class Saved:
    """One save of somebody's, as the panel tells it."""

    version: Version

    @property
    def who(self) -> str:
        user = self.version.revision.user
        return (user.get_full_name() or user.get_username()) if user else ""

    @property
    def user_id(self) -> int | None:
        return self.version.revision.user_id

    @property
    def when(self):
        return self.version.revision.date_created

    @property
    def comment(self) -> str:
        return self.version.revision.comment


@dataclass(frozen=True)
class Past:
    """A state of a record from its history, with the saves that came after it, latest first."""

    version: Version
    since: list[Saved]

    @property
    def record(self) -> models.Model:
        return self.version._object_version.object

    @property
    def rows(self) -> list[models.Model]:
        return rows_in(self.version)


@dataclass
class Conflict:
    """What came between a form's being opened and its being saved."""

    base: Past | None
    notes: list[Note] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def since(self) -> list[Saved]:
        return self.base.since if self.base else []

    def of(self, *kinds: What) -> tuple[Contents, Contents]:
        """What the notes of these kinds tell, before and after."""
        notes = [note for note in self.notes if note.what in kinds]
        return {n.key: n.before for n in notes}, {n.key: n.after for n in notes}


def past_of(record: models.Model, seen: str) -> Past | None:
    """The latest state in the history that has this fingerprint; None where there is none."""
    newer = []
    for version in kept_versions(record) if seen else ():
        if fingerprint(state_in(version)) == seen:
            return Past(version, newer)
        newer.append(Saved(version))
    return None


def kept_versions(record: models.Model) -> Iterator[Version]:
    """A record's versions with all that was kept beside them, latest first, a few at a time."""
    versions = history.versions_of(record).prefetch_related("revision__version_set")
    for start in range(0, LOOKED_THROUGH, AT_A_TIME):
        some = list(versions[start : start + AT_A_TIME])
        yield from some
        if len(some) < AT_A_TIME:
            return


def state_in(version: Version) -> Contents:
    """What a record and its rows said in a version, and what decided who saw it."""
    return state_with(version._object_version.object, rows_in(version))


def rows_in(version: Version) -> list[models.Model]:
    """The rows that belonged to the record in a version."""
    links = [relation(version._model, part) for part in parts_of(version._model)]
    parents = {link.related_model: link.field.attname for link in links}
    rows = [
        one._object_version.object
        for one in version.revision.version_set.all()
        if one._model in parents
    ]
    return [row for row in rows if str(getattr(row, parents[type(row)])) == version.object_id]
