"""The rows of an import's plan: what is new and what differs, as a page prints them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from journeys.import_desk.looks import PROPOSE, WRITE, Change, Look
from journeys.import_desk.ticks import Ticks, ticks_of
from journeys.imports.read import MilestoneText
from journeys.models import CityState, ImportedCity, Milestone
from members.models import City
from strongcities import edtf
from strongcities.editing.contents import contents_with
from strongcities.editing.differences import Difference, differences
from strongcities.editing.labels import Words

ROWS_OF_A_CITY = 25
NAMES_SHOWN = 100
FIRST_WORDS, WHOLE_TEXT = 160, 5000


@dataclass(frozen=True)
class NewRow:
    """A milestone that is not stored yet."""

    text: MilestoneText
    ticked: bool

    is_new = True

    @property
    def position(self) -> int:
        return self.text.position

    @property
    def reading(self) -> str:
        return edtf.describe(edtf.parse(self.text.date), _) if self.text.date else ""

    @property
    def first_words(self) -> str:
        return cut(self.text.body, FIRST_WORDS)

    @property
    def body(self) -> str:
        return cut(self.text.body, WHOLE_TEXT)

    @property
    def is_cut(self) -> bool:
        return len(self.text.body) > WHOLE_TEXT


@dataclass(frozen=True)
class ChangedRow:
    """A stored record of which the page says something else."""

    change: Change
    ticked: bool
    differences: list[Difference]

    is_new = False

    @property
    def position(self) -> int:
        return self.change.position

    @property
    def writes(self) -> bool:
        return self.change.way == WRITE

    @property
    def proposes(self) -> bool:
        return self.change.way == PROPOSE

    @property
    def is_city(self) -> bool:
        return isinstance(self.change.record, City)


@dataclass
class CityBlock:
    """One city of the plan, with some of its rows."""

    look: Look
    ticks: Ticks
    rows: list[NewRow | ChangedRow]
    more: int = 0
    gone: list[Milestone] = field(default_factory=list)

    @property
    def row(self) -> ImportedCity:
        return self.look.row

    @property
    def intro(self) -> str:
        return cut(self.look.plan.text.intro, WHOLE_TEXT)

    @property
    def intro_begins(self) -> str:
        return cut(self.look.plan.text.intro, FIRST_WORDS)

    @property
    def is_taken_in_part(self) -> bool:
        """Whether there is anything to tick."""
        return self.row.is_new or bool(self.look.plan.new) or bool(self.look.changes)

    @property
    def shown_new(self) -> str:
        return " ".join(str(row.position) for row in self.rows if row.is_new)

    @property
    def shown_changed(self) -> str:
        return " ".join(str(row.position) for row in self.rows if not row.is_new and row.position)

    @property
    def shows_intro(self) -> bool:
        return any(not row.is_new and row.is_city for row in self.rows)

    @property
    def is_changed(self) -> bool:
        return self.row.state == CityState.CHANGED


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rstrip() + "…"


def block_of(look: Look, user, part: slice) -> CityBlock:
    ticks = ticks_of(look.row)
    told = [*look.changes, *look.plan.new]
    told.sort(key=lambda each: each.position)
    words = Words(user)
    rows = [row_of(each, ticks, user, words) for each in told[part]]
    more = len(told) - len(rows)
    return CityBlock(look, ticks, rows, more, look.gone[:NAMES_SHOWN])


def row_of(told: MilestoneText | Change, ticks: Ticks, user, words: Words):
    if isinstance(told, MilestoneText):
        return NewRow(told, ticks.takes(told.position))
    ticked = told.position in ticks.over or (told.position == 0 and ticks.intro)
    said = contents_with(told.record, [])
    before = {name: said[name] for name in told.wanted}
    marked = differences(type(told.record), before, told.wanted, user, words)
    return ChangedRow(told, ticked and bool(told.way), marked)
