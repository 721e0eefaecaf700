"""Where a record is used, and what its deletion would do there."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import models

from strongcities.editing.records import address_if_any, parent_link, parts_of

SHOWN = 100  # of one kind of use


class Effect(Enum):
    """What the deletion of a record does to a use of it."""

    BLOCKS = "blocks"
    EMPTIED = "emptied"
    GOES_TOO = "goes-too"


@dataclass(frozen=True)
class Use:
    """One record that names another: `how` says in which field or row."""

    user: models.Model
    how: str
    effect: Effect

    @property
    def place(self) -> models.Model | None:
        """The record that the user goes with, as a milestone's city."""
        name = getattr(self.user, "goes_with", "")
        return getattr(self.user, name) if name else None

    @property
    def named(self) -> list[tuple[models.Model, str]]:
        """The place, if there is one, and the user, each with the address of its form."""
        return [(one, address_if_any(one)) for one in (self.place, self.user) if one]


@dataclass(frozen=True)
class Uses:
    """Uses of one kind; `total` counts those too that are not listed."""

    effect: Effect
    label: str
    some: list[Use]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.some)


def uses_of(record: models.Model) -> list[Uses]:
    """Where a record is used, kind by kind: what prevents its deletion first."""
    found = [uses_by(record, link) for link in links_to(record)]
    return sorted(
        (uses for uses in found if uses.total), key=lambda one: list(Effect).index(one.effect)
    )


def links_to(record: models.Model) -> Iterator[models.ManyToOneRel]:
    """All foreign keys that can name a record, but for those of its own rows."""
    for field in record._meta.get_fields(include_hidden=True):
        if field.one_to_many or field.one_to_one:
            is_link = field.auto_created and not field.concrete
            if is_link and field.get_accessor_name() not in parts_of(type(record)):
                yield field


def uses_by(record: models.Model, link: models.ManyToOneRel) -> Uses:
    kind = link.related_model
    parent = parent_link(kind)
    rows = kind._base_manager.filter(**{link.field.name: record}).order_by("pk")
    path = parent.name if parent else ""
    target = parent.remote_field.model if parent else kind
    place = getattr(target, "goes_with", "")
    fetched = [p for p in (path, "__".join(filter(None, [path, place])) if place else "") if p]
    total = rows.count()
    some = rows.select_related(*fetched)[:SHOWN] if fetched else rows[:SHOWN]
    effect = effect_of(link)
    label = kind._meta.verbose_name if parent else link.field.verbose_name
    uses = [Use(getattr(row, path) if path else row, str(how(row, link)), effect) for row in some]
    return Uses(effect, str(label), uses, total)


def how(row: models.Model, link: models.ManyToOneRel) -> str:
    """How a row or a record names the other: "attended", "launched at"."""
    said = getattr(row, "get_relation_display", None)
    return said() if said else link.field.verbose_name


def effect_of(link: models.ManyToOneRel) -> Effect:
    if link.on_delete is models.SET_NULL:
        return Effect.EMPTIED
    return Effect.GOES_TOO if link.on_delete is models.CASCADE else Effect.BLOCKS
