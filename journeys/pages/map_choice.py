"""Which journeys the map draws where there are more than a page can hold."""

from django.db.models import Count, Q

from journeys.models.milestones import MilestoneQuerySet
from journeys.models.taking_part import MENTIONED
from strongcities.publishing import public_condition

LINES = 40
STOPS = 400  # of all lines


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
