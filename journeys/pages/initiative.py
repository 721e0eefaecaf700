"""An initiative's page: the passages that tell of it."""

from django.core.paginator import Paginator

from journeys.models import Initiative, Milestone
from journeys.pages.event import CITIES_PER_PAGE, cities_behind, entries


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
