"""One milestone's permanent page: why it carries each tag, what it came from and led to."""

from journeys.models import Milestone, MilestoneLink
from journeys.pages.changes import changes_of
from journeys.pages.involvements import involvements_of
from journeys.pages.timeline import Step


def milestone_page(milestone: Milestone) -> dict:
    """What the template prints; neighbours are those of the order told."""
    involvements = involvements_of([milestone], milestone.city)
    stops = list(milestone.city.milestones.published().as_told().only("city", "slug", "title"))
    place = [stop.pk for stop in stops].index(milestone.pk)
    return {
        "milestone": milestone,
        "city": milestone.city,
        "theme_links": milestone.theme_links.select_related("theme"),
        "sources": milestone.sources.all(),
        "events": involvements.events.get(milestone.pk, []),
        "initiatives": involvements.initiatives.get(milestone.pk, []),
        "changes": changes_of(milestone),
        "number": place + 1,
        "total": len(stops),
        "previous": stops[place - 1] if place else None,
        "next": stops[place + 1] if place + 1 < len(stops) else None,
        **steps_of(milestone),
    }


def steps_of(milestone: Milestone) -> dict[str, list[Step]]:
    """The public milestones that this one came from and led to."""
    links = MilestoneLink.objects.public().around(milestone)
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
