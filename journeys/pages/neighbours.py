"""The journeys before and after a city's, by name and going round."""

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState

from members.models import City, Region
from strongcities.pagecache.kept import kept


def stored(model: type[Model], **columns):
    """A record as a query gives it, with these columns; any other is read when it is asked for.

    Made as Django makes one that was pickled: in a tenth of the time.
    """
    record = model.__new__(model)
    record.__dict__.update(columns, _state=ModelState())
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS
    return record


class Neighbour(NamedTuple):
    """A city as links to its journey print it."""

    pk: int
    slug: str
    name: str
    code: str
    region: int
    colour: str

    def __str__(self):
        return self.name

    def make_city(self) -> City:
        columns = {"id": self.pk, "slug": self.slug, "name": self.name, "code": self.code}
        city = stored(City, **columns, region_id=self.region)
        city.region = stored(Region, id=self.region, colour=self.colour)
        return city


def neighbours_of(city: City) -> dict[str, Neighbour]:
    """The cities before and after a public one; empty where it is the only one."""
    cities, places = cities_by_name()
    place = places.get(city.pk)
    if place is None or len(cities) == 1:
        return {}
    return {"previous": cities[place - 1], "next": cities[(place + 1) % len(cities)]}


def cities_by_name() -> tuple[list[Neighbour], dict[int, int]]:
    """All public cities by name, and the place of each; kept."""
    return kept("cities-by-name", read_cities)


def read_cities() -> tuple[list[Neighbour], dict[int, int]]:
    printed = ("pk", "slug", "name", "code", "region", "region__colour")
    rows = City.objects.published().by_name().values_list(*printed)
    cities = [Neighbour(*row) for row in rows]
    return cities, {city.pk: place for place, city in enumerate(cities)}
