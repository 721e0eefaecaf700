"""One milestone's permanent page: why it carries each tag, what it came from and led to."""

from django.db.models import Q, QuerySet

from journeys.models import Milestone, MilestoneLink, MilestoneRelation, MilestoneTheme, Source
from journeys.pages.changes import changes_of
from journeys.pages.involvements import involvements_of
from journeys.pages.neighbours import stored
from journeys.pages.stop import Step
from members.models import City
from strongcities.prepared import Prepared

Stops = dict[int, Milestone]


def milestone_page(milestone: Milestone) -> dict:
    """What the template prints; neighbours are those of the order told."""
    involvements = involvements_of([milestone], milestone.city)
    by_pk = stops_of(milestone.city)
    stops, place = list(by_pk.values()), list(by_pk).index(milestone.pk)
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
        "steps": steps_of(milestone.pk, by_pk),
    }


def stops_of(city: City) -> Stops:
    """The public milestones of a public city as told, by pk: their titles and addresses."""
    stops = {row["id"]: stored(Milestone, **row) for row in titles_of(city.pk)}
    for stop in stops.values():
        stop.city = city
    return stops


@Prepared
def titles_of(city: int) -> QuerySet:
    return Milestone.objects.of_public_city(city).values("id", "slug", "title")


@Prepared
def theme_links_of(milestone: int) -> QuerySet:
    links = MilestoneTheme.objects.filter(milestone=milestone).select_related("theme")
    return links.only("quote", "theme__name", "theme__slug")


@Prepared
def sources_of(milestone: int) -> QuerySet:
    return Source.objects.filter(milestone=milestone)


@Prepared
def links_around(milestone: int) -> QuerySet:
    links = MilestoneLink.objects.filter(Q(milestone=milestone) | Q(leads_to=milestone))
    return links.values_list("milestone", "leads_to", "relation", "quote")


@Prepared
def public_ones(milestones: list[int]) -> QuerySet:
    milestones = Milestone.objects.published().filter(pk__in=milestones).select_related("city")
    return milestones.only("title", "slug", "city__slug")


def steps_of(milestone: int, stops: Stops) -> list[Step]:
    """The public milestones that this one came from, then those that it led to."""
    links = links_around(milestone)
    elsewhere = [end for link in links for end in link[:2] if end not in stops]
    if elsewhere:
        stops = stops | {one.pk: one for one in public_ones(elsewhere)}
    came_from, led_to = [], []
    for one, other, named, quote in links:
        relation = MilestoneRelation(named)
        if one != milestone and one in stops:
            came_from.append(Step(relation.backwards, stops[one], quote))
        elif other != milestone and other in stops:
            led_to.append(Step(relation.label, stops[other], quote))
    return came_from + led_to
