"""A theme's page: what each journey tells about it, with the words that justify the tag."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from journeys.models import Milestone, MilestoneTheme, Theme
from journeys.pages.directories import city_cards
from journeys.pages.milestone_index import milestone_index
from journeys.pages.mini_timeline import with_mini_timelines
from members.models import City

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
    cities = City.objects.published().filter(pk__in=page.object_list)
    on = Milestone.objects.published().of(theme).filter(city__in=page.object_list)
    page.object_list = with_mini_timelines(city_cards(cities), on=on.values_list("pk", flat=True))
    return {
        "theme": theme,
        "page": page,
        "journeys": threads(page, theme),
        "milestone_total": told.bit_count(),
    }


def threads(page, theme: Theme) -> list[Thread]:
    """The cities of a page, each with its milestones on the theme, as told."""
    links = MilestoneTheme.objects.between_public().filter(
        theme=theme, milestone__city__in=list(page)
    )
    told: dict[int, list[Milestone]] = {}
    for link in links.in_story_order():
        link.milestone.quote = link.quote
        told.setdefault(link.milestone.city_id, []).append(link.milestone)
    return [Thread(city, told.get(city.pk, []), city.milestone_count) for city in page]
