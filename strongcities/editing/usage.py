"""Where a record is used, and what its deletion would do there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from strongcities.editing.locks import with_place
from strongcities.editing.records import PARENTS, address_if_any, parts_of

SHOWN = 100  # of one kind of use


@dataclass(frozen=True)
class Use:
    """One record that names another: `how` says in which field or row."""

    user: models.Model
    how: str

    @property
    def named(self) -> list[tuple[models.Model, str]]:
        """The user, behind what it goes with, as a city; each with the address of its form."""
        return [(one, address_if_any(one)) for one in with_place(self.user)]


@dataclass(frozen=True)
class Uses:
    """Uses of one kind; `total` counts those too that are not listed."""

    link: models.ManyToOneRel
    some: list[Use]
    total: int

    @property
    def is_emptied(self) -> bool:
        return self.link.on_delete is models.SET_NULL

    @property
    def goes_too(self) -> bool:
        return self.link.on_delete is models.CASCADE

    @property
    def more(self) -> int:
        return self.total - len(self.some)


def uses_of(record: models.Model) -> list[Uses]:
    found = [uses_by(record, link) for link in links_to(record)]
    return [uses for uses in found if uses.total]


def links_to(record: models.Model) -> Iterator[models.ManyToOneRel]:
    """All foreign keys that can name a record, but for those of its own rows."""
    for field in record._meta.get_fields(include_hidden=True):
        if field.one_to_many or field.one_to_one:
            is_link = field.auto_created and not field.concrete
            if is_link and field.get_accessor_name() not in parts_of(type(record)):
                yield field


def uses_by(record: models.Model, link: models.ManyToOneRel) -> Uses:
    kind = link.related_model
    parent = PARENTS.get(kind)
    rows = kind._base_manager.filter(**{link.field.name: record}).order_by("pk")
    place = getattr(parent.remote_field.model if parent else kind, "goes_with", "")
    if path := "__".join(filter(None, [parent and parent.name, place])):
        rows = rows.select_related(path)
    some = [
        Use(getattr(row, parent.name) if parent else row, how(row, link)) for row in rows[:SHOWN]
    ]
    return Uses(link, some, rows.count())


def how(row: models.Model, link: models.ManyToOneRel) -> str:
    """How a row or a record names the other: "attended", "launched at"."""
    said = getattr(row, "get_relation_display", None)
    return str(said() if said else link.field.verbose_name)
