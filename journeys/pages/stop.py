"""A stop of a journey: what its page tells of one milestone."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from journeys.models import Milestone, MilestoneKind
from journeys.pages.involvements import Involvement, Other
from strongcities.direction import listed

REST = (
    lambda n: ngettext("%(n)d theme", "%(n)d themes", n),
    lambda n: ngettext("%(n)d event", "%(n)d events", n),
    lambda n: ngettext("%(n)d initiative", "%(n)d initiatives", n),
    lambda n: ngettext("%(n)d milestone before or after", "%(n)d milestones before or after", n),
    lambda n: ngettext("%(n)d source", "%(n)d sources", n),
)
LINES_DRAWN = 2
OWN_X = 25  # where the own line runs in the drawing of an interchange
PITCH = 24


@dataclass
class Step:
    """A link from or to another milestone: "inspired", "Mardan Joins Strong Cities"."""

    relation: str
    milestone: Milestone
    quote: str


class Topic(NamedTuple):
    """A theme as a journey names it."""

    name: str
    address: str


class Tie(NamedTuple):
    """What a stop has to do with something: "Spoke at", its address and name; of an event more."""

    words: str
    address: str
    name: str
    place: str = ""
    when: str = ""


class Read(NamedTuple):
    """Where something was read, about one of the milestones or, without one, about the city."""

    pk: int
    milestone: int | None
    title: str
    url: str
    read_on: date | None


@dataclass(frozen=True, slots=True)
class Joining:
    """Another city's line at an interchange: it bends in, passes the capsule and leaves."""

    colour: str
    x: int
    path: str


@dataclass
class Stop:
    """One milestone on the line."""

    milestone: Milestone
    number: int
    order_note: str = ""
    text_note: str = ""  # unless the page says it above
    themes: list[Topic] = field(default_factory=list)
    events: list[Involvement] = field(default_factory=list)
    initiatives: list[Involvement] = field(default_factory=list)
    came_from: list[Step] = field(default_factory=list)
    led_to: list[Step] = field(default_factory=list)
    sources: list[Read] = field(default_factory=list)

    @cached_property
    def meetings(self) -> list[Involvement]:
        """The events that another journey tells of too."""
        return [one for one in self.events if one.others]

    @cached_property
    def shared_initiatives(self) -> list[Involvement]:
        return [one for one in self.initiatives if one.others]

    @cached_property
    def others(self) -> list[Other]:
        """The other cities at the stop's events, each once."""
        found = {other.city.pk: other for one in self.meetings for other in one.others}
        return list(found.values())

    @cached_property
    def joinings(self) -> list[Joining]:
        """The lines of the first two other cities, side by side at the start of the own one."""
        drawn = self.others[:LINES_DRAWN]
        return [joining(other, OWN_X - PITCH * (len(drawn) - n)) for n, other in enumerate(drawn)]

    @property
    def capsule_x(self) -> int:
        return OWN_X - PITCH * len(self.joinings) - 14

    @property
    def capsule_width(self) -> int:
        return PITCH * len(self.joinings) + 28

    @property
    def is_initiative(self) -> bool:
        return any(one.record.is_declaration for one in self.shared_initiatives)

    @cached_property
    def ties(self) -> list[Tie]:
        """Events and initiatives that no other journey shares, then the stops before and after."""
        own = [one for one in [*self.events, *self.initiatives] if not one.others]
        return [*map(tie_of, own), *map(step_of, [*self.came_from, *self.led_to])]

    @cached_property
    def rest(self) -> str:
        """What else there is to read of it, counted: "3 themes · 1 source"."""
        events = len(self.events) - len(self.meetings)
        steps = len(self.came_from) + len(self.led_to)
        counts = (len(self.themes), events, len(self.initiatives), steps, len(self.sources))
        return counted_in_words(counts, get_language())

    @property
    def joined(self) -> bool:
        return self.milestone.kind == MilestoneKind.JOINED


def joining(other: Other, x: int) -> Joining:
    """A line at `x` in a drawing of 64 by 64 whose capsule is at 32; it may begin or end there."""
    comes = f"M{x - 25}-34L{x - 4}-13Q{x}-9 {x}-4V32" if other.comes_from_a_stop else f"M{x} 32"
    goes = f"V68Q{x} 73 {x - 4} 77L{x - 25} 98" if other.goes_on_to_a_stop else ""
    return Joining(other.city.region.colour, x, comes + goes)


@lru_cache
def began(relations: tuple[str, ...], language: str) -> str:
    """How a line about something begins; with no relation to it, it is mentioned."""
    return capfirst(listed(relations)) if relations else _("Mentioned here")


def tie_of(one: Involvement) -> Tie:
    record = one.record
    relations = tuple(passage.before_name for passage in one.quotes if one.took_part)
    words = began(relations, get_language())
    event = (record.place, record.date_in_words) if one.is_event else ()
    return Tie(words, record.get_absolute_url(), record.name, *event)


@lru_cache
def counted_in_words(counts: tuple[int, ...], language: str) -> str:
    """So many of each of REST, in the language that is active."""
    parts = zip(REST, counts, strict=True)
    return " · ".join(words(n) % {"n": n} for words, n in parts if n)


def step_of(step: Step) -> Tie:
    return Tie(capfirst(str(step.relation)), f"#{step.milestone.slug}", step.milestone.title)
