"""What was written of one city: enough to show it, and to undo it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models
from django.utils.translation import gettext, gettext_noop

from strongcities.direction import filled
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.models import ProposalState
from strongcities.editing.records import parts_of

# What others do to a record without touching its words: an import moves it, time passes.
NOT_ITS_WORDS = ("position",)

# Sentences are stored by code with their parameters, and worded when they are read.
SENTENCES = {
    "meanwhile": gettext_noop(
        "%(city)s: what is stored has changed since you looked; nothing of it was taken."
    ),
    "misfit": gettext_noop("%(record)s: “%(quote)s” rests on the words as they are."),
    "linked": gettext_noop("%(record)s: another milestone's link quotes the words as they are."),
    "proposed": gettext_noop("%(record)s: this is proposed already."),
    "edited": gettext_noop("%(record)s: edited since; kept as it is."),
    "not-yours": gettext_noop("%(record)s: not yours to change; kept as it is."),
    "hidden": gettext_noop("(not visible to you): not yours to change; kept as it is."),
    "used": gettext_noop("%(record)s: used elsewhere since (%(where)s); kept."),
    "decided": gettext_noop("%(record)s: the proposal is decided (%(state)s)."),
    # Of an import that an earlier version of the portal wrote.
    "as-told": gettext_noop("%(words)s"),
}

Note = tuple[str, dict[str, str]]
Name = tuple[str, int]  # of a record: ("members.city", 12)


@dataclass
class Written:
    """`made` adds to a record's name the state in which a draft was left, `changed` what its
    record said before and that state, `moved` holds milestones with their positions before and
    after; `proposed` the keys of proposals. `left` and `kept` tell what was not taken or undone.
    `records` are those written, while they are in memory: not stored.
    """

    heading: str
    city: int | None = None
    is_new: bool = False
    made: list[list] = field(default_factory=list)
    changed: list[list] = field(default_factory=list)
    moved: list[list] = field(default_factory=list)
    proposed: list[int] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)
    kept: list[Note] = field(default_factory=list)
    records: list[models.Model] = field(default_factory=list)

    def note_made(self, record: models.Model) -> None:
        self.made.append([*name_of(record), ""])
        self.records.append(record)

    def note_states(self) -> None:
        """Note the state in which each record was left."""
        states = {name_of(record): state_left(record) for record in self.records}
        for each in [*self.made, *self.changed]:
            each[-1] = states[tuple(each[:2])]

    @property
    def is_anything(self) -> bool:
        return bool(self.made or self.changed or self.proposed)

    @property
    def touched(self) -> list[Name]:
        """Every record that was made, changed or moved."""
        records = [tuple(each[:2]) for each in [*self.made, *self.changed]]
        return list(dict.fromkeys([*records, *(("journeys.milestone", m[0]) for m in self.moved)]))

    @property
    def not_taken(self) -> list[str]:
        return [worded(*note) for note in self.left]

    @property
    def not_undone(self) -> list[str]:
        return [worded(*note) for note in self.kept]


def worded(code: str, params: dict[str, str]) -> str:
    words = dict(params)
    if "where" in words:
        words["where"] = apps.get_model(words["where"])._meta.verbose_name
    if "state" in words:
        words["state"] = ProposalState(words["state"]).label
    return filled(gettext(SENTENCES[code]), words)


def written_from(stored: list[dict]) -> list[Written]:
    return [Written(**each) for each in stored]


def as_stored(written: Iterable[Written]) -> list[dict]:
    return [
        {name: value for name, value in vars(each).items() if name != "records"} for each in written
    ]


# Records


def name_of(record: models.Model) -> Name:
    return (record._meta.label_lower, record.pk)


def state_left(record: models.Model) -> str:
    """A short text that differs once somebody has edited the record."""
    state = state_of(record)
    return fingerprint({key: text for key, text in state.items() if key not in NOT_ITS_WORDS})


def stored_records(names: Iterable[Name]) -> dict[Name, models.Model]:
    """The records that are still there, with their rows: a few queries a kind."""
    pks: dict[str, list[int]] = {}
    for label, pk in names:
        pks.setdefault(label, []).append(pk)
    found = {}
    for label, some in pks.items():
        model = apps.get_model(label)
        rows = model._base_manager.filter(pk__in=some).select_related(model.region_path)
        for record in rows.prefetch_related(*parts_of(model)):
            found[(label, record.pk)] = record
    return found
