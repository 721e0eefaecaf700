"""The records that staff edit, each with the rows that belong to it."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import reversion
from django.db import models
from django.urls import NoReverseMatch, reverse

from strongcities.pagecache.version import watch
from strongcities.staff.roles import give_rights_on

Settle = Callable[[models.Model, set[str]], object]

PARTS: dict[type[models.Model], tuple[str, ...]] = {}
PARENTS: dict[type[models.Model], models.ForeignKey] = {}  # how a row belongs to its record
SETTLE: dict[type[models.Model], Settle] = {}


def register(
    model: type[models.Model], parts: tuple[str, ...] = (), settle: Settle | None = None
) -> None:
    """Keep the history of a model together with its rows: `parts` are reverse foreign keys.

    What is kept is also what administrators give rights on, and what public pages are made from:
    they are made anew when it changes. `settle` is called with a record that
    a proposal or an older version was written into, or that was brought back, and with the names
    of what that changed.
    """
    PARTS[model] = parts
    if settle is not None:
        SETTLE[model] = settle
    give_rights_on(model)
    watch(model)
    for part in parts:
        link = relation(model, part)
        PARENTS[link.related_model] = link.field
        watch(link.related_model, link.field.name)
        reversion.register(link.related_model)
    reversion.register(model, follow=parts)


def settle(record: models.Model, changed: set[str]) -> None:
    """Have the rest fit a stored record that was written over or brought back."""
    if work := SETTLE.get(type(record)):
        work(record, changed)


def relation(model: type[models.Model], part: str) -> models.ManyToOneRel:
    return model._meta.get_field(part)


def address_of(record: models.Model, page: str = "change") -> str:
    """The address of a record's form in the admin, or of another of its pages there."""
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


def address_if_any(record: models.Model) -> str:
    with suppress(NoReverseMatch):
        return address_of(record)
    return ""


def parts_of(model: type[models.Model]) -> tuple[str, ...]:
    return PARTS.get(model, ())


def links_to(record: models.Model) -> Iterator[models.ManyToOneRel]:
    """All foreign keys that can name a record, but for those of its own rows."""
    for field in record._meta.get_fields(include_hidden=True):
        if field.one_to_many or field.one_to_one:
            is_link = field.auto_created and not field.concrete
            if is_link and field.get_accessor_name() not in parts_of(type(record)):
                yield field
