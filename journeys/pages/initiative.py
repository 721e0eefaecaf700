"""An initiative's page: the passages that tell of it."""

from django.core.paginator import Paginator
from django.db.models import QuerySet

from journeys.models import Initiative, Milestone, MilestoneInitiative
from journeys.pages.event import CITIES_PER_PAGE, entries
from journeys.pages.shared_by import taking_part
from strongcities.prepared import Prepared


def initiative_page(initiative: Initiative, page_number: str | None) -> dict:
    """What the template of an initiative prints: the passages that name it, in date order."""
    page = Paginator(milestones_of(initiative.pk), CITIES_PER_PAGE).get_page(page_number)
    links = links_of(initiative.pk, page.object_list)
    told = {entry.milestone.pk: entry for entry in entries(links)}
    return {
        "initiative": initiative,
        "page": page,
        "passages": [told[key] for key in page if key in told],
        "city_total": taking_part(Initiative).get(initiative.pk, (0,))[0],
    }


@Prepared
def milestones_of(initiative: int) -> QuerySet:
    told = Milestone.objects.published().telling_of(initiative)
    return told.by_reading().values_list("pk", flat=True)


@Prepared
def links_of(initiative: int, milestones: list[int]) -> QuerySet:
    links = MilestoneInitiative.objects.filter(initiative=initiative, milestone__in=milestones)
    return links.in_story_order()
