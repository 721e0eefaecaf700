"""What the map is drawn from: public journeys, and the events and initiatives they share."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from journeys.drawings.map import model
from journeys.models import (
    Event,
    Initiative,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneKind,
)
from journeys.models.milestones import MilestoneQuerySet, cut_at_word
from journeys.models.taking_part import MENTIONED
from members.models import City, Region
from strongcities import edtf
from strongcities.direction import isolated
from strongcities.publishing import public_condition

LINES, STOPS = 40, 400  # that a page can hold: lines, and stops of all of them
LONGEST_NAME = 20
LONGEST_FLAG = 36
PLACED_IN_A_MONTH = {"day", "month", "interval"}


@dataclass(slots=True)
class Records:
    """The plain records that the map takes."""

    journeys: list[model.Journey]
    events: list[model.Event]
    initiatives: list[model.Initiative]
    are_part: bool = False  # of more journeys than the map draws


@dataclass(slots=True)
class Links:
    """Milestone's pk -> the events it took part in, and the initiatives it acts on."""

    events: dict[int, dict[int, Event]]
    initiatives: dict[int, dict[int, Initiative]]


def read_records(region: Region | None = None) -> Records:
    """The public journeys, or a region's, as many as the map draws; at most five queries."""
    milestones = Milestone.objects.published()
    if region:
        milestones = milestones.of(region)
    if are_part := are_too_many(milestones):
        milestones = milestones.filter(city__in=drawn_cities(milestones))
    milestones = milestones.with_city().defer("body", "search_text", "city__intro").order_by("pk")
    by_city: dict[City, list[Milestone]] = defaultdict(list)
    for milestone in milestones:
        by_city[milestone.city].append(milestone)
    pks = {milestone.pk for milestone in milestones}
    declarations = MilestoneInitiative.objects.of_declarations()
    links = Links(_shared(MilestoneEvent.objects, pks), _shared(declarations, pks))
    return Records(
        [journey(city, stops, links) for city, stops in by_city.items()],
        [event_record(event) for event in _distinct(links.events)],
        [initiative(record) for record in _distinct(links.initiatives)],
        are_part,
    )


def are_too_many(milestones: MilestoneQuerySet) -> bool:
    """Whether the milestones, or their cities, are more than the map draws."""
    cities = list(milestones.order_by().values_list("city", flat=True)[: STOPS + 1])
    return len(cities) > STOPS or len(set(cities)) > LINES


def drawn_cities(milestones: MilestoneQuerySet) -> list[int]:
    """The cities that took part in the most events, as many as fit; of equals the first by name."""
    there = public_condition("event_links__event__") & ~Q(event_links__relation=MENTIONED)
    cities = (
        milestones.order_by()
        .values("city")
        .annotate(
            stops=Count("pk", distinct=True),
            events=Count("event_links__event", filter=there, distinct=True),
        )
        .order_by("-events", "city__search_names", "city")
    )
    drawn, left = [], STOPS
    for city, stops in cities.values_list("city", "stops")[:LINES]:
        if stops <= left:
            drawn.append(city)
            left -= stops
    return drawn


def _shared(links, milestones: set[int]) -> dict[int, dict[int, Event | Initiative]]:
    """Milestone's pk -> the records of its links that two or more cities have."""
    kind = links.model.target
    links = links.shared_with_others().filter(milestone__in=milestones).select_related(kind)
    found: dict[int, dict[int, Event | Initiative]] = defaultdict(dict)
    for link in links.defer("quote", f"{kind}__description"):
        found[link.milestone_id].setdefault(getattr(link, f"{kind}_id"), getattr(link, kind))
    return found


def _distinct(found: dict[int, dict[int, Event | Initiative]]) -> Iterable[Event | Initiative]:
    records = {pk: record for records in found.values() for pk, record in records.items()}
    return sorted(records.values(), key=lambda record: (record.name, record.pk))


def journey(city: City, milestones: list[Milestone], links: Links) -> model.Journey:
    short_name, line = cut_at_word(city.short_name, LONGEST_NAME), region_record(city.region)
    return model.Journey(
        key=city.slug,
        code=city.code,
        name=city.name,
        short_name=short_name,
        label=_("%(code)s %(city)s, %(region)s: whole journey")
        % {
            "code": city.code,
            "city": isolated(short_name),
            "region": isolated(line.short_name),
        },
        url=city.get_absolute_url(),
        region=line,
        stops=tuple(stop(milestone, city, links) for milestone in milestones),
    )


def region_record(region: Region) -> model.Region:
    short_name = region.name if len(region.name) <= LONGEST_NAME else region.abbreviation
    return model.Region(
        key=region.slug,
        name=region.name,
        short_name=short_name or cut_at_word(region.name, LONGEST_NAME),
        colour=region.colour,
        url=region.get_absolute_url(),
        list_url=f"{reverse('journeys:journey_list')}?{urlencode({'region': region.slug})}",
        order=region.order,
    )


def stop(milestone: Milestone, city: City, links: Links) -> model.Stop:
    milestone.city = city
    events = links.events.get(milestone.pk, {})
    return model.Stop(
        key=str(milestone.uuid),
        day=milestone.date_earliest or milestone.date_latest,
        position=milestone.position,
        name=name_of(milestone),
        title=milestone.title,
        label=isolated(milestone.map_title),
        url=milestone.get_absolute_url(),
        when=when_told(milestone),
        note=milestone.date_told("short") if milestone.date_differs else "",
        joined=milestone.kind == MilestoneKind.JOINED,
        events=tuple(str(pk) for pk in events),
        initiatives=tuple(str(pk) for pk in links.initiatives.get(milestone.pk, {})),
        names_at={
            str(pk): name_at(milestone, event)
            for pk, event in events.items()
            if not share_a_month(milestone.reading, event.reading)
        },
    )


def name_of(milestone: Milestone) -> str:
    """Where, when and what."""
    return _("%(city)s, %(date)s: %(title)s") % {
        "city": isolated(milestone.city.name),
        "date": milestone.date_told(),
        "title": isolated(milestone.title),
    }


def name_at(milestone: Milestone, event: Event) -> str:
    """The name of a stop that stands where its event was, not where it is dated."""
    return _("%(city)s, %(date)s, placed with %(event)s, %(when)s: %(title)s") % {
        "city": isolated(milestone.city.name),
        "date": milestone.date_told(),
        "event": isolated(event.name),
        "when": event.date_in_words,
        "title": isolated(milestone.title),
    }


def when_told(milestone: Milestone) -> str:
    """What stands first at a stop of the strip, below its year; both dates where they differ."""
    if milestone.date_differs:
        return milestone.date_told("short")
    return month_in_words(milestone) or milestone.date_as_printed


def month_in_words(record: Milestone | Event) -> str:
    """What stands first in a year's list: the month, a season, or all that is known."""
    if record.date_precision in PLACED_IN_A_MONTH and record.date_earliest:
        return str(MONTHS[record.date_earliest.month])
    return capfirst(record.date_in_words)


def event_record(event: Event) -> model.Event:
    place, flag = event.place.partition(" (")[0], cut_at_word(event.name, LONGEST_FLAG)
    return model.Event(
        key=str(event.pk),
        name=isolated(event.name),
        place=isolated(cut_at_word(place, LONGEST_NAME)),
        when=capfirst(event.date_in_short),
        day=event.date_earliest if event.date_precision in PLACED_IN_A_MONTH else None,
        label=_("Interchange: %(event)s") % {"event": isolated(flag)},
        url=event.get_absolute_url(),
        month=month_in_words(event),
        flag=flag,
    )


def initiative(record: Initiative) -> model.Initiative:
    launched_at = str(record.launched_at_id) if record.launched_at_id else ""
    return model.Initiative(str(record.pk), record.name, launched_at)


def share_a_month(one: edtf.Reading | None, other: edtf.Reading | None) -> bool:
    """Whether two dates may have a month in common, which is how exactly the map tells time."""
    return None in (one, other) or in_months(one).touches(in_months(other))


def in_months(reading: edtf.Reading) -> edtf.Reading:
    sides = (day.isoformat()[:7] if day else ".." for day in (reading.earliest, reading.latest))
    return edtf.parse("/".join(sides))
