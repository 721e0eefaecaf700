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
    cities = cities_of(model.objects.filter(**{f"{model.target}__in": records}), model.target)
    for record in records:
        record.cities = list(cities[record.pk].values())
    return records


def cities_of(links, kind: str) -> dict[int, dict[int, City]]:
    """Record's pk -> its public cities by pk, in the order of their names."""
    found: dict[int, dict[int, City]] = defaultdict(dict)
    links = links.between_public().taking_part().select_related("milestone__city__region")
    for link in links.order_by("milestone__city__name"):
        city = link.milestone.city
        found[getattr(link, f"{kind}_id")][city.pk] = city
    return found
