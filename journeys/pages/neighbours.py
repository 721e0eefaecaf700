"""The journeys before and after a city's, by name and going round."""

from typing import NamedTuple

from members.models import City
from strongcities.pagecache.kept import kept


class Neighbour(NamedTuple):
    """A city as a link to its journey prints it."""

    pk: int
    slug: str
    name: str


def neighbours_of(city: City) -> dict[str, Neighbour]:
    """The cities before and after a public one; empty where it is the only one."""
    cities, places = kept("cities-by-name", read_cities)
    place = places.get(city.pk)
    if place is None or len(cities) == 1:
        return {}
    return {"previous": cities[place - 1], "next": cities[(place + 1) % len(cities)]}


def read_cities() -> tuple[list[Neighbour], dict[int, int]]:
    """All public cities by name, and the place of each."""
    rows = City.objects.published().by_name().values_list("pk", "slug", "name")
    cities = [Neighbour(*row) for row in rows]
    return cities, {city.pk: place for place, city in enumerate(cities)}
