"""Which state of a record somebody saw, and who has saved what since."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from reversion.models import Version

from strongcities.editing import history
from strongcities.editing.contents import Contents, fingerprint
from strongcities.editing.timeline import Line, line_of

AT_A_TIME = 20
LOOKED_THROUGH = 400


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
    since = []
    for version, state in states_of(record) if seen else ():
        if fingerprint(state) == seen:
            return Past(version, since)
        since.append(line_of(version))
    return None


def states_of(record: models.Model) -> Iterator[tuple[Version, Contents]]:
    """A record's versions and what it said in each, the latest first; read a few at a time."""
    versions = history.versions_of(record)
    for start in range(0, LOOKED_THROUGH, AT_A_TIME):
        some = list(versions[start : start + AT_A_TIME])
        states = history.states_in(some)
        yield from ((version, states.get(version.pk, {})) for version in some)
        if len(some) < AT_A_TIME:
            return
