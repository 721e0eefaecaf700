"""Which cities an event or initiative has in common."""

from collections import defaultdict

from django.db.models import F, Window
from django.db.models.functions import DenseRank

from journeys.models import Event, Initiative, MilestoneEvent, MilestoneInitiative
from members.models import City

CITIES_NAMED = 12  # of a summit of a thousand cities
PRINTED = ["name", "slug", "code", "region__colour"]


def with_cities(records) -> list[Event] | list[Initiative]:
    """The records as a list, each with `.cities`: who took part, by name; one query more.

    The first CITIES_NAMED of them; `.more_cities` is the number of the others.
    """
    records = list(records)
    if not records:
        return records
    model = MilestoneEvent if isinstance(records[0], Event) else MilestoneInitiative
    cities: dict[int, dict[int, City]] = defaultdict(dict)
    more: dict[int, int] = {}
    for link in first_links(model, records):
        city, record = link.milestone.city, getattr(link, f"{model.target}_id")
        cities[record][city.pk] = city
        more[record] = max(link.rank + link.rank_from_last - 1 - CITIES_NAMED, 0)
    for record in records:
        record.cities = list(cities[record.pk].values())
        record.more_cities = more.get(record.pk, 0)
    return records


def first_links(model, records):
    """The links of the first cities by name, each with its city's rank from either end."""
    name, pk = F("milestone__city__name"), F("milestone__city")
    rank, from_last = (
        Window(DenseRank(), partition_by=F(model.target), order_by=order)
        for order in ([name, pk], [name.desc(), pk.desc()])
    )
    links = model.objects.filter(**{f"{model.target}__in": records}).between_public().taking_part()
    return (
        links.annotate(rank=rank, rank_from_last=from_last)
        .filter(rank__lte=CITIES_NAMED)
        .select_related("milestone__city__region")
        .only(model.target, *(f"milestone__city__{printed}" for printed in PRINTED))
        .order_by("rank", "pk")
    )
