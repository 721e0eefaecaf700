"""What a table of a file is: its columns, and how its rows are read without holding them all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from strongcities.prepared import Prepared

AT_ONCE = 500

# What a column holds, as a JSON schema; texts that are empty are "", all else is null.
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
IDENTIFIER = {"type": "string", "format": "uuid"}
ADDRESS = {"type": "string", "format": "uri"}
NUMBER = {"type": ["integer", "null"]}
DECIMAL = {"type": ["number", "null"]}
DAY = {"type": ["string", "null"], "format": "date"}
TIME = {"type": ["string", "null"], "format": "date-time"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the value of a record, or a list of `things` of it.

    `parts` are what each thing says, first its name; the source of each is a lookup.
    """

    name: str
    meaning: str
    holds: dict
    source: Callable[[Model], Any] | str
    parts: tuple["Column", ...] = ()
    things: Callable[[], QuerySet] | None = None
    prepared: dict[str, Prepared] = field(default_factory=dict, repr=False, compare=False)

    def lists(self, owner: str, keys: Iterable[int]) -> dict[int, list[dict]]:
        """The things of some records, by the keys of these."""
        names = [part.name for part in self.parts]
        found = defaultdict(list)
        asked = self.prepared.setdefault(owner, Prepared(partial(self.things_of, owner)))
        for key, *values in asked(list(keys)):
            found[key].append(dict(zip(names, map(plain, values), strict=True)))
        return found

    def things_of(self, owner: str, keys: list[int]) -> QuerySet:
        things = self.things().filter(**{f"{owner}__in": keys}).order_by("pk")
        return things.values_list(owner, *(part.source for part in self.parts))

    def schema(self) -> dict:
        """Its values as a JSON schema."""
        if not self.parts:
            return self.holds | {"description": str(self.meaning)}
        items = schema_of(self.parts)
        return {"type": "array", "items": items, "description": str(self.meaning)}


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of record as rows."""

    name: str
    title: str
    model: type[Model]
    columns: tuple[Column, ...]
    fetched: Callable[[list[int]], list[Model]]  # what is public of keys, with all that is told
    order: tuple[str, ...] = ("search_names", "pk")

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def public(self) -> QuerySet:
        return self.model.objects.published()

    def get_public(self, **lookup) -> Model:
        """The record with an address or identifier; raises Http404 or Withdrawn."""
        return self.model.objects.get_public(**lookup)

    def keys(self) -> list[int]:
        """The keys of all that is public, in their order."""
        return list(self.public().order_by(*self.order).values_list("pk", flat=True))

    def rows(self, keys: Sequence[int]) -> Iterator[list]:
        """The rows of some keys, in their order, without those that are no longer public."""
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            found = {record.pk: record for record in self.fetched(list(some))}
            owner = self.model._meta.model_name
            lists = {one.name: one.lists(owner, some) for one in self.columns if one.parts}
            for key in some:
                if record := found.pop(key, None):
                    yield [
                        lists[column.name].get(key, [])
                        if column.parts
                        else plain(column.source(record))
                        for column in self.columns
                    ]

    def records(self, keys: Sequence[int]) -> list[dict]:
        """The rows, each value under the name of its column."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows(keys)]


def plain(value):
    """A value as JSON has it: times in UTC, to the second."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date | UUID):
        return str(value)
    return float(value) if isinstance(value, Decimal) else value


def flat(value):
    """A value as one cell: of a list its members, of these their first parts."""
    if not isinstance(value, list):
        return value
    return "; ".join(str(next(iter(it.values()))) if isinstance(it, dict) else it for it in value)


def schema_of(columns: tuple[Column, ...]) -> dict:
    """Records with these columns as a JSON schema."""
    return {
        "type": "object",
        "properties": {column.name: column.schema() for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def column(name: str, meaning, holds: dict = TEXT, value: Callable | str = "") -> Column:
    """A column with the value of a function, or of an attribute: of that name, if none is given."""
    return Column(name, meaning, holds, value if callable(value) else attrgetter(value or name))


def part(name: str, meaning, holds: dict = TEXT, lookup: str = "") -> Column:
    """What a thing of a list says."""
    return Column(name, meaning, holds, lookup or name)


def items(name: str, meaning, things: Callable[[], QuerySet], *parts: Column) -> Column:
    """A column with a list of things, each with its parts."""
    return Column(name, meaning, {}, "", parts, things)
