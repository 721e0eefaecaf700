"""Where journeys meet: what a milestone took part in, and which other cities did too."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, Value, When, Window
from django.db.models.functions import RowNumber

from journeys.models import (
    Event,
    Initiative,
    InitiativeKind,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    TakingPart,
)
from members.models import City

LINKS_FETCHED = 40


@dataclass
class Passage:
    """One relation of a milestone to an event or initiative, with the words that show it."""

    relation: str
    quote: str


@dataclass
class Other:
    """Another city that took part in the same thing, and the milestone that says so."""

    city: City
    milestone: Milestone
    comes_from_a_stop: bool = False
    goes_on_to_a_stop: bool = False


@dataclass
class Involvement:
    """An event or initiative as one milestone tells of it."""

    record: Event | Initiative
    took_part: bool = False
    quotes: list[Passage] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    date_differs: bool = False

    @property
    def relations(self) -> list[str]:
        return [passage.relation for passage in self.quotes]

    @property
    def is_event(self) -> bool:
        return isinstance(self.record, Event)


@dataclass
class Involvements:
    """All involvements of some milestones of one city, in two queries."""

    events: dict[int, list[Involvement]]
    initiatives: dict[int, list[Involvement]]


def involvements_of(milestones: list[Milestone], city: City) -> Involvements:
    """The events and initiatives of milestones of a city, by the milestone's pk."""
    pks = [milestone.pk for milestone in milestones]
    return Involvements(gather(MilestoneEvent, pks, city), gather(MilestoneInitiative, pks, city))


def links_around(model: type[TakingPart], pks: list[int], city: City):
    """The milestones' own links to events or initiatives, and those of other public cities.

    At most LINKS_FETCHED for each, the city's own first: a summit of a thousand cities does not
    load them all.
    """
    own_first = Case(
        When(milestone__city=city, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    kind = model.target
    touched = model.objects.filter(milestone__in=pks).values(kind)
    rank = Window(
        RowNumber(),
        partition_by=F(kind),
        order_by=[own_first, F("milestone__city__name"), F("milestone__position"), F("pk")],
    )
    return (
        model.objects.public()
        .between_public()
        .filter(**{f"{kind}__in": touched})
        .select_related(kind, "milestone__city__region")
        .with_line_ends()
        .alias(rank=rank)
        .filter(rank__lte=LINKS_FETCHED)
        .order_by("milestone__city__name", "milestone__position", "pk")
    )


def gather(model: type[TakingPart], pks: list[int], city: City) -> dict[int, list[Involvement]]:
    """Links grouped by milestone and by event or initiative, each with its other cities."""
    links, kind = list(links_around(model, pks, city)), model.target
    others = other_cities(links, kind, city)
    found: dict[int, dict[int, Involvement]] = defaultdict(dict)
    for link in links:
        if link.milestone_id not in pks:
            continue
        record = getattr(link, kind)
        involvement = found[link.milestone_id].setdefault(record.pk, Involvement(record))
        involvement.quotes.append(Passage(link.get_relation_display(), link.quote))
        if link.took_part:
            involvement.took_part = True
            involvement.others = others[record.pk]
            involvement.date_differs = kind == "event" and is_elsewhere_in_time(
                link.milestone, record
            )
    return {pk: list(involvements.values()) for pk, involvements in found.items()}


def other_cities(links, kind: str, city: City) -> dict[int, list[Other]]:
    """Pk of an event or initiative -> other cities that took part, each once."""
    others: dict[int, dict[int, Other]] = defaultdict(dict)
    for link in links:
        there = link.milestone.city
        if there.pk != city.pk and link.took_part and brings_cities_together(getattr(link, kind)):
            other = Other(there, link.milestone, link.has_before, link.has_after)
            others[getattr(link, f"{kind}_id")].setdefault(there.pk, other)
    return defaultdict(list, {pk: list(found.values()) for pk, found in others.items()})


def brings_cities_together(record: Event | Initiative) -> bool:
    """Whether cities meet in it; all are members, so membership does not."""
    return record.kind != InitiativeKind.MEMBERSHIP


def is_elsewhere_in_time(milestone: Milestone, event: Event) -> bool:
    """Whether the milestone is printed under a date that its event does not touch."""
    printed = milestone.printed_reading
    return printed is not None and not printed.touches(event.reading)
