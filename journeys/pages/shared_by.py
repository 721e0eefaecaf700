"""Which cities an event or initiative has in common."""

from collections import defaultdict

from journeys.models import Event, Initiative, MilestoneEvent, MilestoneInitiative
from members.models import City


def with_cities(records) -> list[Event] | list[Initiative]:
    """The records as a list, each with `.cities`: who took part, by name; one query more."""
    records = list(records)
    if not records:
        return records
    model = MilestoneEvent if isinstance(records[0], Event) else MilestoneInitiative
    links = model.objects.filter(**{f"{model.target}__in": records}).between_public().taking_part()
    cities: dict[int, dict[int, City]] = defaultdict(dict)
    for link in links.select_related("milestone__city__region").order_by("milestone__city__name"):
        city = link.milestone.city
        cities[getattr(link, f"{model.target}_id")][city.pk] = city
    for record in records:
        record.cities = list(cities[record.pk].values())
    return records
