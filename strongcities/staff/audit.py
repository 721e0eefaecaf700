"""The log of who did what to which record."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from strongcities.staff.models import AuditEntry

COMMAND = "command"


def note(user, action: str, record: models.Model | None = None, details: str = "") -> None:
    """Write one line of the log; `user` is None for a command."""
    kind = ContentType.objects.get_for_model(record) if record is not None else None
    AuditEntry.objects.create(
        user=user,
        who=user.get_username() if user else COMMAND,
        action=action,
        content_type=kind,
        object_id="" if record is None or record.pk is None else str(record.pk),
        record_name="" if record is None else str(record)[:250],
        details=details,
    )
