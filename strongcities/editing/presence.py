"""Who has a record's form open.

A form that is open without script is heard of once, when it is served; a script goes on saying that
it is there. So `heard_at` after `opened_at` tells of a script, whose silence soon means that the
form is closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, models
from django.db.models import F, Q
from django.utils import timezone

from strongcities.editing.models import OpenForm

SILENT_FOR = timedelta(seconds=90)
UNHEARD_FOR = timedelta(minutes=15)
A_MOMENT = timedelta(milliseconds=1)


def is_open() -> Q:
    """The condition that a form is open still, as far as one can know."""
    now = timezone.now()
    heard = Q(heard_at__gt=now - SILENT_FOR)
    served = Q(heard_at__lte=F("opened_at"), heard_at__gt=now - UNHEARD_FOR)
    return heard | served


def forms_of(record: models.Model) -> models.QuerySet:
    kind = ContentType.objects.get_for_model(record)
    return OpenForm.objects.filter(content_type=kind, object_id=str(record.pk))


def others(record: models.Model, user) -> models.QuerySet:
    """The forms that others have open on a record, the longest open first."""
    opened = forms_of(record).filter(is_open()).exclude(user=user)
    return opened.select_related("user").order_by("opened_at", "pk")


def open_form(record: models.Model, user) -> None:
    """A form is served; forms of which nobody has heard for long are forgotten.

    Where another is writing just now, nothing is noted: the form opens all the same.
    """
    try:
        with without_waiting():
            note_open(record, user)
    except OperationalError:
        if connection.in_atomic_block:
            raise


@contextmanager
def without_waiting() -> Iterator[None]:
    """Have SQLite, which lets one write at a time, refuse at once instead of waiting."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        (milliseconds,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")


def note_open(record: models.Model, user) -> None:
    OpenForm.objects.exclude(is_open()).delete()
    now = timezone.now()
    by_script = forms_of(record).filter(user=user, heard_at__gt=F("opened_at"))
    if not by_script.update(heard_at=now):
        write(record, user, now, now, ["opened_at", "heard_at"])


def hear(record: models.Model, user) -> None:
    """A form's script says that it is open still."""
    now = timezone.now()
    write(record, user, now - A_MOMENT, now, ["heard_at"])


def write(record: models.Model, user, opened_at, heard_at, update: list[str]) -> None:
    """One row for a user and a record, whoever else writes it in the same moment."""
    row = OpenForm(
        user=user,
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        opened_at=opened_at,
        heard_at=heard_at,
    )
    unique = ["content_type", "object_id", "user"]
    OpenForm.objects.bulk_create(
        [row], update_conflicts=True, update_fields=update, unique_fields=unique
    )


def close(record: models.Model, user) -> None:
    """A form was saved or left."""
    forms_of(record).filter(user=user).delete()
