"""The lines of a record's history: each version, who made it when, and what it changed since."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from reversion.models import Version

from strongcities.editing import history
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.differences import Difference, differences
from strongcities.editing.labels import Labels
from strongcities.staff.sentences import worded

NAMED = 4  # of what a version changed
LOOKED_THROUGH = 100  # versions, for what somebody saw


@dataclass
class Line:
    """A version as the history lists it; `key` is its id, or "now" for what is stored."""

    key: str
    version: Version | None = None
    changed: list[Difference] = field(default_factory=list)
    is_first: bool = False
    is_now: bool = False
    is_readable: bool = True

    @property
    def when(self):
        return self.version.revision.date_created if self.version else None

    @property
    def who(self) -> str:
        """Name of the account; commands have none."""
        user = self.version.revision.user if self.version else None
        return (user.get_full_name() or user.get_username()) if user else _("command or import")

    @property
    def comment(self) -> str:
        """The editor's words and ours, or Django's where a form was saved without any."""
        return worded(self.version.revision.get_comment()) if self.version else ""

    @property
    def named(self) -> list[Difference]:
        return self.changed[:NAMED]

    @property
    def more(self) -> int:
        return max(0, len(self.changed) - NAMED)


def line_of(version: Version) -> Line:
    """A version's line without what it changed."""
    return Line(str(version.pk), version)


def lines(versions: list[Version], most: int, labels: Labels) -> list[Line]:
    """The lines of at most so many versions, latest first; one more is there to compare with."""
    states = history.states_in(versions)
    model = versions[0]._model if versions else None
    labels.learn(model, *states.values()) if states else None
    found = []
    for version, earlier in zip(versions, [*versions[1:], None], strict=False):
        line = line_of(version)
        line.is_first = earlier is None
        line.is_readable = version.pk in states
        if line.is_readable and earlier is not None and earlier.pk in states:
            before, after = states[earlier.pk], states[version.pk]
            line.changed = differences(model, before, after, labels.user, labels)
        found.append(line)
    return found[:most]


def with_now(record: models.Model, found: list[Line], labels: Labels) -> list[Line]:
    """The lines from the latest on, headed by one for what is stored if that was not kept."""
    last = found[0].version if found else None
    known, stored = history.state_in(last) if last else {}, state_of(record)
    if known == stored:
        found[0].is_now = True
        return found
    line = Line("now", is_first=not known, is_now=True)
    line.changed = differences(type(record), known, stored, labels.user, labels) if known else []
    return [line, *found]


# What somebody saw


@dataclass(frozen=True)
class Past:
    """A state of a record from its history, with the saves that came after it, latest first."""

    version: Version
    since: list[Line]

    @property
    def record(self) -> models.Model:
        return history.record_in(self.version)

    @property
    def rows(self) -> list[models.Model]:
        return [history.record_in(row) for row in history.rows_of_version(self.version)]


def past_of(record: models.Model, seen: str) -> Past | None:
    """The latest state in the history that has this fingerprint; None where there is none."""
    versions = list(history.versions_of(record)[:LOOKED_THROUGH]) if seen else []
    states = history.states_in(versions)
    for since, version in enumerate(versions):
        if fingerprint(states.get(version.pk, {})) == seen:
            return Past(version, list(map(line_of, versions[:since])))
    return None
