"""A theme's page: what each journey tells about it, with the words that justify the tag."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet

from journeys.models import Milestone, MilestoneTheme, Theme
from journeys.pages.directories import city_cards
from journeys.pages.milestone_index import milestone_index
from journeys.pages.mini_timeline import with_mini_timelines
from members.models import City
from strongcities.prepared import Prepared

CITIES_PER_PAGE = 20


@dataclass
class Thread:
    """One city's milestones on a theme, each with `.quote`, of `stop_total` in all."""

    city: City
    milestones: list[Milestone]
    stop_total: int


def theme_page(theme: Theme, page_number: str | None) -> dict:
    """What the template prints; at most CITIES_PER_PAGE journeys a page."""
    index = milestone_index()
    told = index.with_value("theme", theme.slug)
    page = Paginator([pk for pk, _ in index.by_city(told)], CITIES_PER_PAGE).get_page(page_number)
    journeys = threads(theme, page.object_list)
    on = (milestone.pk for thread in journeys for milestone in thread.milestones)
    page.object_list = with_mini_timelines((thread.city for thread in journeys), on=on)
    return {
        "theme": theme,
        "page": page,
        "journeys": journeys,
        "milestone_total": told.bit_count(),
    }


def threads(theme: Theme, cities: list[int]) -> list[Thread]:
    """Cities by name, each with its milestones on the theme, as told."""
    told: dict[int, list[Milestone]] = {}
    for link in links_of(theme.pk, cities):
        link.milestone.quote = link.quote
        told.setdefault(link.milestone.city_id, []).append(link.milestone)
    return [
        Thread(city, told.get(city.pk, []), city.milestone_count) for city in city_cards(cities)
    ]


@Prepared
def links_of(theme: int, cities: list[int]) -> QuerySet:
    links = MilestoneTheme.objects.between_public()
    return links.filter(theme=theme, milestone__city__in=cities).in_story_order()
