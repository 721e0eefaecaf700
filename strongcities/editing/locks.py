"""Holding stored records until a transaction ends, everywhere in one order.

The order is that in which the kinds are kept: regions, cities, events, initiatives, themes,
milestones; within a kind by primary key. Proposals come last. Who holds the same records in another
order waits for one that waits for them.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils.translation import gettext as _

from strongcities.editing.models import Proposal
from strongcities.editing.records import PARTS
from strongcities.numbers import whole_number

Answer = TypeVar("Answer")


def hold(records: Iterable[models.Model | None]) -> list[models.Model]:
    """Let nobody else hold or write these until the transaction ends; returns them in order."""
    stored = (record for record in records if record is not None and record.pk is not None)
    ordered = sorted(stored, key=place_of)
    for kind, some in groupby(ordered, key=type):
        hold_rows(kind._base_manager.filter(pk__in={record.pk for record in some}))
    return ordered


def place_of(record: models.Model) -> tuple[int, int]:
    """Where a record stands in the one order."""
    return [*PARTS, Proposal].index(type(record)), record.pk


def hold_rows(rows: models.QuerySet) -> None:
    """The rows of one kind; ordered anew, because a model's own order may join other tables."""
    held = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    list(held.values_list("pk"))


class Busy(ValidationError):  # noqa: N818 - a state, not an error
    """Another was quicker at the database twice; nothing is written."""


def tried_twice(work: Callable[[], Answer]) -> Answer:
    """Do some work that may lose a race for the database, once more if it does; raises Busy.

    Who names what somebody deletes in that moment has lost one too, and then finds it gone.
    """
    try:
        return work()
    except (OperationalError, IntegrityError):
        if transaction.get_connection().in_atomic_block:
            raise
    try:
        return work()
    except OperationalError as error:
        raise Busy(_("The portal was too busy, and nothing is changed: try again.")) from error


def with_place(
    record: models.Model, wanted: Mapping[str, object] | None = None
) -> list[models.Model]:
    """A record and the one that it goes with, as a milestone and its city.

    And the one that it is to go with: `wanted` names it by its key, as a form or a version does.
    """
    name = getattr(record, "goes_with", "")
    if not name:
        return [record]
    place = getattr(record, name)
    other = whole_number((wanted or {}).get(name) or "")
    return [place, *([type(place)(pk=other)] if other else []), record]
