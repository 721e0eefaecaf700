"""The pages of an event, city by city, and of an initiative, passage by passage."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from journeys.drawings.event import Line, Stop, draw_event
from journeys.models import Event, Initiative, Milestone
from journeys.models.milestones import DATES
from journeys.pages.involvements import Passage
from journeys.pages.shared_by import with_cities
from members.models import City

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
    links = event.milestone_links.between_public()
    page = Paginator(cities_behind(links), CITIES_PER_PAGE).get_page(page_number)
    mentions = links.only_mentioning().in_story_order()[:MENTIONS_SHOWN]
    here = attendances(page, links)
    return {
        "event": event,
        "page": page,
        "here": here,
        "drawing": draw_event([line_of(attendance) for attendance in here], page.paginator.count),
        "mentioned": entries(mentions),
        "sessions": with_cities(
            event.sessions.published().order_by("date_earliest", "search_names")
        ),
        "launched": with_cities(event.launched.published().order_by("search_names")),
        "series_events": Event.objects.published().in_series(event)[:SERIES_SHOWN],
    }


def attendances(page: Page, links) -> list[Attendance]:
    """The cities of a page, each with its entries and the stops around them by reading."""
    told = entries(links.taking_part().filter(milestone__city__in=list(page)).in_story_order())
    found = [Attendance(c, [e for e in told if e.milestone.city_id == c.pk]) for c in page]
    stops = Milestone.objects.published().filter(city__in=list(page)).by_reading()
    stops = list(stops.only("city", "slug", "title", "short_title", *DATES))
    for attendance in found:
        own = [stop for stop in stops if stop.city_id == attendance.city.pk]
        here = {entry.milestone.pk for entry in attendance.entries}
        places = [place for place, stop in enumerate(own) if stop.pk in here]
        if places:
            attendance.previous = own[places[0] - 1] if places[0] else None
            attendance.next = own[places[-1] + 1] if places[-1] + 1 < len(own) else None
    return found


def line_of(attendance: Attendance) -> Line:
    """What the drawing takes of a city."""
    city, stops = attendance.city, (attendance.previous, attendance.next)
    before, after = (stop and Stop(stop.map_title, stop.date_told("short")) for stop in stops)
    return Line(city.code, city.region.colour, before, after)


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
    milestones = Milestone.objects.published().telling_of(initiative).by_reading()
    page = Paginator(milestones, CITIES_PER_PAGE).get_page(page_number)
    links = initiative.milestone_links.filter(milestone__in=[m.pk for m in page])
    told = {entry.milestone.pk: entry for entry in entries(links.in_story_order())}
    return {
        "initiative": initiative,
        "page": page,
        "passages": [told[milestone.pk] for milestone in page],
        "city_total": cities_behind(initiative.milestone_links.between_public()).count(),
    }
