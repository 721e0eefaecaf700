"""Who else has a form open: told when it is served, and by a script while it is open.

A form that is open without script is heard of once, when it is served; a script goes on saying that
it is there, and its silence soon means that the form is closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, models
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strongcities.direction import filled
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.models import OpenForm

SERVED_FOR = timedelta(minutes=15)
HEARD_FOR = timedelta(seconds=90)


# On screen


def note_present(admin, request, record) -> dict:
    """For the form's page: who else has it open. Only who may change it has it open themselves."""
    if admin.has_change_permission(request, record):
        note_served(record, request.user)
    return {"present": sentences(record, request.user)}


@method_decorator(require_POST)
def present_view(admin, request, object_id):
    """A form's script: it is open still, or it is being left; who else is here."""
    record = admin.get_object(request, unquote(object_id))
    if record is None or not admin.has_change_permission(request, record):
        raise Http404
    if "left" in request.POST:
        close(record, request.user)
        return JsonResponse({"present": []})
    note_open(record, request.user, HEARD_FOR)
    present, seen = sentences(record, request.user), request.POST.get("seen", "")
    if seen and seen != fingerprint(state_of(record)):
        said = _("This has been saved since you opened it. When you save, you will see both texts.")
        present.append(said)
    return JsonResponse({"present": present})


def sentences(record, user) -> list[str]:
    """A sentence on each of the others who have the record's form open, the longest open first."""
    others = OpenForm.objects.of(record).filter(open_until__gt=timezone.now()).exclude(user=user)
    return [
        filled(
            _("%(who)s has had this open since %(time)s."),
            {
                "who": form.user.get_full_name() or form.user.get_username(),
                "time": date_format(timezone.localtime(form.opened_at), "DATETIME_FORMAT"),
            },
        )
        for form in others.select_related("user").order_by("opened_at", "pk")
    ]


# What is kept of it


def note_served(record: models.Model, user) -> None:
    """A form is served; forms of which nobody has heard for long are forgotten.

    Where another is writing just now, nothing is noted: the form opens all the same.
    """
    try:
        with without_waiting():
            OpenForm.objects.filter(open_until__lte=timezone.now()).delete()
            note_open(record, user, SERVED_FOR)
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


def note_open(record: models.Model, user, still: timedelta) -> None:
    """One row for a user and a record, whoever else writes it in the same moment."""
    kind = ContentType.objects.get_for_model(record)
    until = timezone.now() + still
    row = OpenForm(user=user, content_type=kind, object_id=str(record.pk), open_until=until)
    OpenForm.objects.bulk_create(
        [row],
        update_conflicts=True,
        update_fields=["open_until"],
        unique_fields=["content_type", "object_id", "user"],
    )


def close(record: models.Model, user) -> None:
    OpenForm.objects.of(record).filter(user=user).delete()
