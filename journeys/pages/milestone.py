"""One milestone's permanent page: why it carries each tag, what it came from and led to."""

from django.db.models import QuerySet

from journeys.models import Milestone, MilestoneLink, MilestoneTheme, Source
from journeys.pages.changes import changes_of
from journeys.pages.involvements import involvements_of
from journeys.pages.stop import Step
from strongcities.prepared import Prepared


def milestone_page(milestone: Milestone) -> dict:
    """What the template prints; neighbours are those of the order told."""
    involvements = involvements_of([milestone], milestone.city)
    stops = stops_of(milestone.city_id)
    for stop in stops:
        stop.city = milestone.city
    place = [stop.pk for stop in stops].index(milestone.pk)
    return {
        "milestone": milestone,
        "city": milestone.city,
        "theme_links": theme_links_of(milestone.pk),
        "sources": sources_of(milestone.pk),
        "events": involvements.events.get(milestone.pk, []),
        "initiatives": involvements.initiatives.get(milestone.pk, []),
        "changes": changes_of(milestone),
        "number": place + 1,
        "total": len(stops),
        "previous": stops[place - 1] if place else None,
        "next": stops[place + 1] if place + 1 < len(stops) else None,
        **steps_of(milestone),
    }


@Prepared
def stops_of(city: int) -> QuerySet:
    milestones = Milestone.objects.published().filter(city=city)
    return milestones.as_told().only("city", "slug", "title")


@Prepared
def theme_links_of(milestone: int) -> QuerySet:
    return MilestoneTheme.objects.filter(milestone=milestone).select_related("theme")


@Prepared
def sources_of(milestone: int) -> QuerySet:
    return Source.objects.filter(milestone=milestone)


@Prepared
def links_around(milestone: int) -> QuerySet:
    return MilestoneLink.objects.public().around(milestone)


def steps_of(milestone: Milestone) -> dict[str, list[Step]]:
    """The public milestones that this one came from and led to."""
    links = links_around(milestone.pk)
    return {
        "came_from": [
            Step(link.backwards, link.milestone, link.quote)
            for link in links
            if link.leads_to_id == milestone.pk
        ],
        "led_to": [
            Step(link.get_relation_display(), link.leads_to, link.quote)
            for link in links
            if link.milestone_id == milestone.pk
        ],
    }
