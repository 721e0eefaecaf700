"""Queries whose SQL is built once: of a page's time that takes more than all databases need."""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from copy import copy
from datetime import UTC, datetime
from itertools import chain, count

from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

MOST = 512  # values of a list

Value = int | str
# While a query is built, something stands for each value, and this for the time.
SOME_TIME = datetime.min.replace(tzinfo=UTC)
_is_building: ContextVar[bool] = ContextVar("is_building", default=False)


def now() -> datetime:
    """The time for a condition, which a query that is kept asks for anew."""
    return SOME_TIME if _is_building.get() else timezone.now()


class Prepared:
    """A query as `make` gives it of numbers, texts and lists of them; called, all that it finds.

    Whatever else `make` goes by has to be the same each time. Other values are asked for unkept.
    """

    def __init__(self, make: Callable[..., QuerySet]) -> None:
        self.make = make
        self.built: dict[tuple, Built] = {}

    def __call__(self, *values: Value | list[Value]) -> list:
        if not all(map(may_be_kept, values)):
            return list(self.make(*values))
        values = [filled_up(one) if isinstance(one, list) else one for one in values]
        shape = tuple(len(one) if isinstance(one, list) else 0 for one in values)
        if shape not in self.built:
            self.built[shape] = Built(self.make, values)
        return self.built[shape].found(values)


class Built:
    """One text of SQL with its result's make-up, and which parameters values take the place of."""

    def __init__(self, make: Callable[..., QuerySet], like: list) -> None:
        numbers = count(-(10**9))
        values = [
            [stand_in(each, numbers) for each in one]
            if isinstance(one, list)
            else stand_in(one, numbers)
            for one in like
        ]
        building = _is_building.set(True)
        try:
            self.queryset = make(*values)
            self.compiler = self.queryset.query.get_compiler(self.queryset.db)
            self.sql, self.params = self.compiler.as_sql()
        finally:
            _is_building.reset(building)
        self.places = {one: place for place, one in enumerate(flat(values))}
        if not self.places.keys() <= set(self.params):
            raise ValueError("A value does not come to the database as it is given.")
        self.places[self.adapted(SOME_TIME)] = len(self.places)

    def adapted(self, time: datetime) -> object:
        return self.compiler.connection.ops.adapt_datetimefield_value(time)

    def found(self, values: list) -> list:
        given = [*flat(values), self.adapted(timezone.now())]
        params = [given[self.places[one]] if one in self.places else one for one in self.params]
        queryset = self.queryset.all()
        compiler = copy(self.compiler)
        compiler.connection = connections[queryset.db]
        compiler.as_sql = lambda: (self.sql, params)
        queryset.query.get_compiler = lambda using: compiler
        return list(queryset)


def may_be_kept(value: object) -> bool:
    return 0 < len(value) <= MOST if isinstance(value, list) else isinstance(value, int | str)


def filled_up(values: list[Value]) -> list[Value]:
    """A list as long as one of the few lengths for which texts are kept: its end is repeated."""
    length = 1 << (len(values) - 1).bit_length()
    return values + values[-1:] * (length - len(values))


def stand_in(value: Value, numbers: Iterator[int]) -> Value:
    number = next(numbers)
    return f"\0{number}" if isinstance(value, str) else number


def flat(values: list) -> Iterator[Value]:
    return chain.from_iterable(one if isinstance(one, list) else [one] for one in values)
