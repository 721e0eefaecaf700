"""Which cities an event or initiative has in common."""

from journeys.models import Event, Initiative, MilestoneEvent, MilestoneInitiative
from journeys.pages.neighbours import cities_by_name
from strongcities.pagecache.kept import kept

CITIES_NAMED = 12  # of a summit of a thousand cities
Cities = dict[int, tuple[int, list[int]]]  # of a record, how many and the first by name


def with_cities(records) -> list[Event] | list[Initiative]:
    """The records as a list, each with `.cities`: who took part, by name; no query of its own.

    The first CITIES_NAMED of `.city_count`; `.more_cities` is the number of the others.
    """
    records = list(records)
    if not records:
        return records
    found, (known, places) = taking_part(type(records[0])), cities_by_name()
    for record in records:
        record.city_count, first = found.get(record.pk, (0, []))
        record.cities = [known[places[pk]] for pk in first if pk in places]
        record.more_cities = max(record.city_count - CITIES_NAMED, 0)
    return records


def taking_part(kind: type[Event | Initiative]) -> Cities:
    """The cities of all events, or of all initiatives; kept."""
    link = MilestoneEvent if kind is Event else MilestoneInitiative
    return kept(f"cities-of-{link.target}s", lambda: read_cities_of(link))


def read_cities_of(model) -> Cities:
    links = model.objects.between_public().taking_part()
    rows = links.order_by("milestone__city__name", "milestone__city")
    found: dict[int, list[int]] = {}
    for record, city in rows.values_list(model.target, "milestone__city").iterator():
        cities = found.setdefault(record, [])
        if cities[-1:] != [city]:
            cities.append(city)
    return {record: (len(cities), cities[:CITIES_NAMED]) for record, cities in found.items()}
