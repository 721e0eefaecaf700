"""What came of one city: enough to show it, and to undo it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.apps import apps
from django.db import models

from journeys.models import ImportedCity
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.records import parts_of

# What others do to a record without touching its words: an import moves it, time passes.
NOT_ITS_WORDS = ("position",)


@dataclass
class Outcome:
    """Records are named by label and key, as ["members.city", 12].

    `made` adds the state in which a draft was left, `changed` what its record said before and
    that state, `moved` the milestone's key with its positions before and after.
    """

    city: int | None = None
    made: list[list] = field(default_factory=list)
    changed: list[list] = field(default_factory=list)
    moved: list[list] = field(default_factory=list)
    proposed: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def drafts(self) -> list[int]:
        """The keys of the milestones that it made."""
        return [pk for label, pk, _state in self.made if label == "journeys.milestone"]

    @property
    def touched(self) -> list[tuple[str, int]]:
        """Every record that was made, changed or moved."""
        records = [tuple(each[:2]) for each in [*self.made, *self.changed]]
        return list(dict.fromkeys([*records, *(("journeys.milestone", m[0]) for m in self.moved)]))

    def note_states(self, states: dict[tuple[str, int], str]) -> None:
        for each in [*self.made, *self.changed]:
            each[-1] = states.get(tuple(each[:2]), each[-1])


def outcome_of(row: ImportedCity) -> Outcome:
    return Outcome(**row.outcome)


def put_outcome(row: ImportedCity, outcome: Outcome) -> None:
    row.outcome = asdict(outcome)


def named(record: models.Model) -> tuple[str, int]:
    return (record._meta.label_lower, record.pk)


def state_left(record: models.Model) -> str:
    """A short text that differs once somebody has edited the record."""
    state = state_of(record)
    return fingerprint({key: text for key, text in state.items() if key not in NOT_ITS_WORDS})


def stored_records(names: Iterable[tuple[str, int]]) -> dict[tuple[str, int], models.Model]:
    """The records that are still there, with their rows: a few queries a kind."""
    pks: dict[str, list[int]] = {}
    for label, pk in names:
        pks.setdefault(label, []).append(pk)
    found = {}
    for label, some in pks.items():
        model = apps.get_model(label)
        place = [model.region_path] if model.region_path else []
        rows = model._base_manager.filter(pk__in=some).select_related(*place)
        for record in rows.prefetch_related(*parts_of(model)):
            found[(label, record.pk)] = record
    return found
