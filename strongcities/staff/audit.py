"""The log of who did what to which record."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from strongcities.publishing import Published, Status
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import COMMAND, coded

SIGN_INS = ("signed in", "not signed in")


def note(
    user, action: str, record: models.Model | None = None, details: str = "", nobody: str = COMMAND
) -> None:
    """Write one line of the log; where `user` is None it was `nobody`."""
    kind = ContentType.objects.get_for_model(record) if record is not None else None
    AuditEntry.objects.create(
        user=user,
        who=user.get_username() if user else nobody,
        action=action,
        content_type=kind,
        object_id="" if record is None or record.pk is None else str(record.pk),
        record_name="" if record is None else str(record)[:250],
        details=details,
    )


def step_between(before: Published | None, after: Published) -> tuple[str, str]:
    """What became of a record on its way to the public: an action, "published", and a sentence.

    Both are empty where it is where it was. `before` is None for a record that is new.
    """
    stood = (before.status, before.goes_live_at) if before else (Status.DRAFT, None)
    if stood == (after.status, after.goes_live_at):
        return "", ""
    states = {"before": str(stood[0]), "after": str(after.status)}
    later = after.goes_live_at
    if after.status == Status.PUBLISHED and later and later > timezone.now():
        return "scheduled", coded("scheduled", at=later.isoformat(), **states)
    return str(after.status), coded("step", **states)
