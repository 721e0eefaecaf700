"""The pages of an event, city by city, and of an initiative, passage by passage."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import QuerySet

from journeys.drawings.event import EventLine, StopBeside, draw_event
from journeys.models import Event, Initiative, Milestone, MilestoneEvent, MilestoneInitiative
from journeys.models.milestones import DATES
from journeys.pages.involvements import Passage
from journeys.pages.shared_by import first_cities, with_cities
from members.models import City
from strongcities.prepared import Prepared

CITIES_PER_PAGE = 30
MENTIONS_SHOWN = 50
SERIES_SHOWN = 50


@dataclass
class Entry:
    """A milestone that tells of an event or initiative, with the words that say so."""

    milestone: Milestone
    passages: list[Passage] = field(default_factory=list)

    @property
    def relations(self) -> list[str]:
        return [passage.relation for passage in self.passages]


@dataclass
class Attendance:
    """A city at an event: what it tells of it, and its stops before and after."""

    city: City
    entries: list[Entry]
    previous: Milestone | None = None
    next: Milestone | None = None


def event_page(event: Event, page_number: str | None) -> dict:
    """What the template of an event prints; at most CITIES_PER_PAGE cities a page."""
    page = Paginator(cities_at(event.pk), CITIES_PER_PAGE).get_page(page_number)
    here = attendances(event, page.object_list)
    return {
        "event": event,
        "page": page,
        "here": here,
        "drawing": draw_event([line_of(attendance) for attendance in here], page.paginator.count),
        "mentioned": entries(mentions_of(event.pk)),
        "sessions": with_cities(sessions_of(event.pk)),
        "launched": with_cities(launched_at(event.pk)),
        "series_events": others_in_series(event.pk, event.series) if event.series else [],
    }


@Prepared
def cities_at(event: int) -> QuerySet:
    links = MilestoneEvent.objects.between_public().filter(event=event)
    return cities_behind(links).values_list("pk", flat=True)


@Prepared
def mentions_of(event: int) -> QuerySet:
    links = MilestoneEvent.objects.between_public().filter(event=event)
    return links.only_mentioning().in_story_order()[:MENTIONS_SHOWN]


@Prepared
def sessions_of(event: int) -> QuerySet:
    sessions = Event.objects.published().filter(parent=event)
    return sessions.order_by("date_earliest", "search_names")


@Prepared
def launched_at(event: int) -> QuerySet:
    return Initiative.objects.published().filter(launched_at=event).order_by("search_names")


@Prepared
def others_in_series(event: int, series: str) -> QuerySet:
    return Event.objects.published().in_series(event, series)[:SERIES_SHOWN]


@Prepared
def links_of(event: int, milestones: list[int]) -> QuerySet:
    links = MilestoneEvent.objects.taking_part()
    return links.filter(event=event, milestone__in=milestones).in_story_order()


@Prepared
def stops_of(cities: list[int]) -> QuerySet:
    stops = Milestone.objects.published().filter(city__in=cities).by_reading()
    return stops.only("city", "slug", "title", "short_title", *DATES)


def attendances(event: Event, keys: list[int]) -> list[Attendance]:
    """The cities of a page, each with its entries and the stops around them by reading."""
    stops = stops_of(keys)
    told = entries(links_of(event.pk, [stop.pk for stop in stops]))
    cities = {entry.milestone.city_id: entry.milestone.city for entry in told}
    found = [
        Attendance(cities[key], [e for e in told if e.milestone.city_id == key])
        for key in keys
        if key in cities
    ]
    for attendance in found:
        own = [stop for stop in stops if stop.city_id == attendance.city.pk]
        here = {entry.milestone.pk for entry in attendance.entries}
        places = [place for place, stop in enumerate(own) if stop.pk in here]
        if places:
            attendance.previous = own[places[0] - 1] if places[0] else None
            attendance.next = own[places[-1] + 1] if places[-1] + 1 < len(own) else None
    return found


def line_of(attendance: Attendance) -> EventLine:
    """What the drawing takes of a city."""
    city, stops = attendance.city, (attendance.previous, attendance.next)
    before, after = (stop and StopBeside(stop.map_title, stop.date_told("short")) for stop in stops)
    return EventLine(city.code, city.region.colour, before, after)


def cities_behind(links):
    """The cities that took part by one of the links, by name."""
    there = City.objects.filter(pk__in=links.taking_part().values("milestone__city"))
    return there.select_related("region").by_name()


def entries(links) -> list[Entry]:
    """Links grouped by milestone, in the order given."""
    found: dict[int, Entry] = {}
    for link in links:
        entry = found.setdefault(link.milestone_id, Entry(link.milestone))
        entry.passages.append(Passage(link.get_relation_display(), link.quote))
    return list(found.values())


def initiative_page(initiative: Initiative, page_number: str | None) -> dict:
    """What the template of an initiative prints: the passages that name it, in date order."""
    page = Paginator(milestones_naming(initiative.pk), CITIES_PER_PAGE).get_page(page_number)
    links = initiative_links(initiative.pk, page.object_list)
    told = {entry.milestone.pk: entry for entry in entries(links)}
    firsts = first_cities().get((False, initiative.pk))
    return {
        "initiative": initiative,
        "page": page,
        "passages": [told[key] for key in page if key in told],
        "city_total": firsts[0].city_total if firsts else 0,
    }


@Prepared
def milestones_naming(initiative: int) -> QuerySet:
    told = Milestone.objects.published().telling_of(initiative)
    return told.by_reading().values_list("pk", flat=True)


@Prepared
def initiative_links(initiative: int, milestones: list[int]) -> QuerySet:
    links = MilestoneInitiative.objects.filter(initiative=initiative, milestone__in=milestones)
    return links.in_story_order()
