"""Where journeys meet: what a milestone took part in, and which other cities did too."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BigIntegerField, Max, Min, QuerySet, Value
from django.utils.translation import get_language

from journeys.models import (
    Event,
    EventRelation,
    Initiative,
    InitiativeKind,
    InitiativeRelation,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
)
from journeys.models.taking_part import BEFORE_NAME, MENTIONED
from journeys.pages.neighbours import stored
from journeys.pages.shared_by import TookPart, first_cities
from members.models import City
from strongcities.pagecache.kept import kept
from strongcities.prepared import Prepared

OTHERS_SHOWN = 6  # of a summit of a thousand cities


@dataclass
class Passage:
    """One relation of a milestone to an event or initiative, with the words that show it."""

    relation: str
    quote: str
    before_name: str = ""  # as it stands before the name: "spoke at"


@dataclass
class Other:
    """Another city that took part in the same thing, and the milestone that says so."""

    city: City
    milestone: Milestone
    comes_from_a_stop: bool  # whether its line has public stops before the one here
    goes_on_to_a_stop: bool


@dataclass
class Involvement:
    """An event or initiative as one milestone tells of it."""

    record: Event | Initiative
    took_part: bool = False
    quotes: list[Passage] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    more: int = 0  # other cities beside these
    date_differs: bool = False

    @property
    def relations(self) -> list[str]:
        return [passage.relation for passage in self.quotes]

    @property
    def is_event(self) -> bool:
        return isinstance(self.record, Event)

    @property
    def is_placed(self) -> bool:
        """Whether it is an event whose place or date is known."""
        return self.is_event and bool(self.record.place or self.record.date)


@dataclass
class Involvements:
    """All involvements of some milestones of one city."""

    events: dict[int, list[Involvement]]
    initiatives: dict[int, list[Involvement]]


class Told(NamedTuple):
    """A milestone's link, and what a page prints of the event or initiative at its end."""

    link: int
    milestone: int
    relation: str
    quote: str
    record: int
    name: str
    slug: str
    kind: str
    place: str
    date: str
    launched_at: int | None
    is_event: bool

    def make_record(self) -> Event | Initiative:
        named = {"id": self.record, "name": self.name, "slug": self.slug, "kind": self.kind}
        if self.is_event:
            return stored(Event, **named, place=self.place, date=self.date)
        return stored(Initiative, **named, launched_at_id=self.launched_at)


def involvements_of(milestones: list[Milestone], city: City) -> Involvements:
    """The events and initiatives of public milestones of a city, by the milestone's pk."""
    by_pk = {milestone.pk: milestone for milestone in milestones}
    found: dict[tuple, Involvement] = {}
    records: dict[tuple, Event | Initiative] = {}
    for link in own_links(by_pk):
        what = (link.is_event, link.record)
        if what not in records:
            records[what] = link.make_record()
        one = found.setdefault((*what, link.milestone), Involvement(records[what]))
        named, before_name = words_of(link.relation, link.is_event, get_language())
        one.quotes.append(Passage(named, link.quote, before_name))
        one.took_part |= link.relation != MENTIONED
    add_others([one for one in found.values() if one.took_part], city)
    involvements = Involvements(defaultdict(list), defaultdict(list))
    for (is_event, _record, milestone), one in found.items():
        if is_event:
            one.date_differs = one.took_part and is_elsewhere_in_time(by_pk[milestone], one.record)
        (involvements.events if is_event else involvements.initiatives)[milestone].append(one)
    return involvements


@lru_cache
def words_of(relation: str, is_event: bool, language: str) -> tuple[str, str]:
    """A relation in the language that is active, and as it stands before the name."""
    label = str((EventRelation if is_event else InitiativeRelation)(relation).label)
    return label, str(BEFORE_NAME.get(relation, label))


def own_links(milestones: Iterable[int]) -> list[Told]:
    """The links of milestones to what is public, in the order made."""
    return sorted(Told(*row) for row in links_to_public(list(milestones)))


@Prepared
def links_to_public(milestones: list[int]) -> QuerySet:
    printed = {
        MilestoneEvent: ["event__place", "event__date", Value(None, BigIntegerField())],
        MilestoneInitiative: [Value(""), Value(""), "initiative__launched_at"],
    }
    rows = []
    for model, own in printed.items():
        record = [f"{model.target}{name}" for name in ("", "__name", "__slug", "__kind")]
        links = model.objects.public().filter(milestone__in=milestones).order_by()
        told = ["pk", "milestone", "relation", "quote", *record, *own]
        rows.append(links.values_list(*told, Value(model is MilestoneEvent)))
    return rows[0].union(rows[1], all=True)


def add_others(involvements: list[Involvement], city: City) -> None:
    """Add the first other cities that took part too, each once, and how many more there are."""
    meeting = [one for one in involvements if brings_cities_together(one.record)]
    if not meeting:
        return
    firsts, ends = first_cities(), kept("ends", read_ends)
    for one in meeting:
        if together := firsts.get((one.is_event, one.record.pk)):
            others = [row for row in together if row.city != city.pk][:OTHERS_SHOWN]
            one.others = [other_of(row, *ends.get(row.city, (None, None))) for row in others]
            one.more = max(together[0].city_total - 1 - OTHERS_SHOWN, 0)


def other_of(row: TookPart, first: date | None, last: date | None) -> Other:
    milestone = stored(Milestone, id=row.milestone, slug=row.slug, date_earliest=row.day)
    before, after = (row.day is not None and day not in (None, row.day) for day in (first, last))
    return Other(row.neighbour.make_city(), milestone, before, after)


def read_ends() -> dict[int, tuple[date | None, date | None]]:
    """City's pk -> the earliest days of its first and its last public milestone with a date."""
    days = Milestone.objects.published().order_by().values_list("city")
    days = days.annotate(Min("date_earliest"), Max("date_earliest"))
    return {city: (first, last) for city, first, last in days}


def brings_cities_together(record: Event | Initiative) -> bool:
    """Whether cities meet in it; all are members, so membership does not."""
    return record.kind != InitiativeKind.MEMBERSHIP


def is_elsewhere_in_time(milestone: Milestone, event: Event) -> bool:
    """Whether no date told of the milestone, printed or as read beside it, touches its event."""
    printed, reading = milestone.printed_reading, milestone.reading
    if milestone.date_differs and reading.touches(event.reading):
        return False
    return printed is not None and not printed.touches(event.reading)
