"""What goes in: journeys with their stops, the events and initiatives that they share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Region:
    """A regional hub: it gives its lines their colour."""

    key: str
    name: str
    short_name: str
    colour: str
    url: str
    list_url: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """A milestone. `day` is the first day of its reading; None where it has no date.

    `name` is what a screen reader says; `names_at` has another for an event whose date the
    milestone's own does not touch. `when` is its month in words, `note` both dates where the
    printed one differs. `events` are keys of those it took part in.
    """

    key: str
    day: date | None
    position: int
    name: str
    title: str
    label: str
    url: str
    when: str = ""
    note: str = ""
    joined: bool = False
    events: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    names_at: dict[str, str] = field(default_factory=dict)

    @property
    def shape(self) -> str:
        return "joined" if self.joined else "diamond" if self.initiatives else "stop"


@dataclass(frozen=True, slots=True)
class Journey:
    """A city with its stops, in any order."""

    key: str
    code: str
    name: str
    short_name: str
    label: str
    url: str
    region: Region
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event. `day` is None where only its milestones say when it was; `month` is in words.

    `flag` is its name as short as its plate is wide, `label` how that is announced.
    """

    key: str
    name: str
    place: str
    when: str
    day: date | None
    label: str
    url: str
    month: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Initiative:
    """A declaration and its like; `launched_at` is the key of an event, or empty."""

    key: str
    name: str
    launched_at: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that the map itself says, in the reader's language."""

    month_initials: str | tuple[str, ...] = "JFMAMJJASOND"
    no_stops: str = "no stops"
    undated: str = "no date"
    cities: Callable[[int], str] = str


NO_MONTH = 10_001 * 12  # behind every month of the calendar


def month_of(day: date | None) -> int:
    """Months since the year 0, so that months can be counted and compared."""
    return NO_MONTH if day is None else day.year * 12 + day.month - 1
