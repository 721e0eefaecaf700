"""Which state of a record somebody saw, and who has saved what since."""

from dataclasses import dataclass

from django.db import models
from reversion.models import Version

from strongcities.editing import history
from strongcities.editing.contents import fingerprint
from strongcities.editing.timeline import Line, line_of

LOOKED_THROUGH = 100


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
