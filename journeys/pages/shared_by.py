"""Which cities an event or initiative has in common."""

from collections import defaultdict

from journeys.models import Event, Initiative, MilestoneEvent, MilestoneInitiative
from members.models import City

CITIES_NAMED = 12  # of a summit of a thousand cities
PRINTED = ["name", "slug", "code", "region__colour"]


def with_cities(records) -> list[Event] | list[Initiative]:
    """The records as a list, each with `.cities`: who took part, by name; one query more.

    The first CITIES_NAMED of `.city_count`; `.more_cities` is the number of the others.
    """
    records = list(records)
    if not records:
        return records
    model = MilestoneEvent if isinstance(records[0], Event) else MilestoneInitiative
    cities: dict[int, dict[int, City]] = defaultdict(dict)
    counts: dict[int, int] = {}
    for link in first_links(model, records):
        city, record = link.milestone.city, getattr(link, f"{model.target}_id")
        cities[record][city.pk] = city
        counts[record] = link.city_total
    for record in records:
        record.cities = list(cities[record.pk].values())
        record.city_count = counts.get(record.pk, 0)
        record.more_cities = max(record.city_count - CITIES_NAMED, 0)
    return records


def first_links(model, records):
    """The links of the first cities by name, with what is printed of a city."""
    links = model.objects.filter(**{f"{model.target}__in": records}).between_public().taking_part()
    return (
        links.of_first_cities(CITIES_NAMED)
        .select_related("milestone__city__region")
        .only(model.target, *(f"milestone__city__{printed}" for printed in PRINTED))
        .order_by("rank", "pk")
    )
