"""What staff's data is kept for how long, in days; 0 is for ever."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone
from reversion.models import Revision, Version

from strongcities.editing import history
from strongcities.editing.models import ErrorReport, OpenForm, PreviewLink
from strongcities.staff.audit import SIGN_INS
from strongcities.staff.models import AuditEntry

AT_ONCE = 500


def delete_old_records() -> dict[str, int]:
    """Delete what is older than the settings allow; how much of each."""
    ways_in = AuditEntry.objects.filter(action__in=SIGN_INS)
    other_lines = AuditEntry.objects.exclude(action__in=SIGN_INS)
    deleted = {
        "log": delete(older(other_lines, settings.KEEP_LOG_DAYS)),
        "sign-ins": delete(older(ways_in, settings.KEEP_SIGN_IN_DAYS)),
        "reports": delete(older(ErrorReport.objects.all(), settings.KEEP_REPORTS_DAYS)),
        "history": delete(superseded(settings.KEEP_HISTORY_DAYS)),
        "forms": delete(OpenForm.objects.filter(open_until__lte=timezone.now())),
    }
    if settings.KEEP_LOG_DAYS:
        delete(PreviewLink.objects.filter(until__lt=limit(settings.KEEP_LOG_DAYS)))
    call_command("clearsessions")
    delete(Revision.objects.filter(version=None))
    delete(UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")))
    forget_counted_tries()
    return deleted


def limit(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def older(rows: models.QuerySet, days: int) -> models.QuerySet:
    return rows.filter(at__lt=limit(days)) if days else rows.none()


def superseded(days: int) -> models.QuerySet:
    """Versions that were no longer in force by then; the newest of each record always stays."""
    if not days:
        return Version.objects.none()
    return Version.objects.filter(history.superseded(limit(days)))


def delete(rows: models.QuerySet) -> int:
    """Delete rows, some at a time: nobody waits long for them. The log refuses any other way."""
    total = 0
    while keys := list(rows.order_by().values_list("pk", flat=True)[:AT_ONCE]):
        total += rows.model._base_manager.filter(pk__in=keys)._raw_delete("default")
    return total


def forget_counted_tries() -> None:
    """Django's table of a cache keeps what has run out until it is full."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - our name
