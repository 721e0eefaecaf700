"""The version of what the public sees: another text whenever a page may read otherwise.

Whatever changes a watched record notes it in its transaction. The version is read from the
database at most once a second in each process, at once in the one that wrote.
"""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import Error, connection, models, transaction
from django.db.models import Aggregate, Count, Max, Min, Sum
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.utils import timezone

from strongcities.pagecache import replica
from strongcities.pagecache.models import PublicChange

SECONDS = 1.0  # for so long a version is taken as read
KEPT_FOR = timedelta(days=7)  # no transaction that began before is still open

logger = logging.getLogger(__name__)
_owners: dict[type[models.Model], str] = {}
_reading = threading.Lock()


class _Known:
    """What this process has read of the version, and when."""

    value = ""
    changes: tuple | None = None
    next_live: datetime | None = None
    now = datetime.min.replace(tzinfo=UTC)  # what the clock said then
    era = ""  # another one each time that the clock is set back: what was kept is kept no more
    changed_at: datetime | None = None
    read_at = float("-inf")
    read_from = ""  # the database
    turns = 0  # one more at each change made here


def watch(model: type[models.Model], owner: str = "") -> None:
    """Note each change of a model's records; with an owner, of those whose owner may be public."""
    _owners[model] = owner
    post_save.connect(_saved, sender=model)
    post_delete.connect(_saved, sender=model)


def _saved(sender, instance, raw=False, **kwargs) -> None:
    if not is_noted() and (raw or _may_be_public(instance)):
        note_change()


def _may_be_public(record: models.Model) -> bool:
    """Whether the public sees it or ever saw it; what has no status is always seen."""
    try:
        record = getattr(record, _owners[type(record)]) if _owners[type(record)] else record
    except ObjectDoesNotExist:  # deleted with its owner
        return True
    if not hasattr(record, "status"):
        return True
    return record.status == "published" or record.first_published_at is not None


def note_change() -> None:
    """Note, in the transaction under way, that what the public sees has changed."""
    if not is_noted():
        PublicChange.objects.create()
        transaction.on_commit(_committed)


def is_noted() -> bool:
    """Whether this transaction has noted a change, in no part of it that was rolled back."""
    return any(after is _committed for _ids, after, *_ in connection.run_on_commit)


def _committed() -> None:
    _Known.turns += 1
    ask_again()
    PublicChange.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()


def ask_again() -> None:
    """Read the version anew when it is next asked for."""
    _Known.read_at = float("-inf")


@receiver(post_migrate)
def migrated(sender, plan=(), **kwargs) -> None:
    """A migration, of whatever app, may have written anything."""
    if plan and sender.label == PublicChange._meta.app_label:  # once for all apps
        note_change()


def current() -> str:
    """The version; the last one known while the database does not answer, empty before any."""
    from_here = _Known.value and _Known.read_from == replica.alias()
    fresh = from_here and time.monotonic() - _Known.read_at < SECONDS
    if not fresh and _reading.acquire(blocking=not from_here):
        try:
            _read()
        except Error:
            logger.exception("The version of the public pages could not be read.")
            _Known.read_at, _Known.read_from = time.monotonic(), replica.alias()
            replica.let_go()
        finally:
            _reading.release()
    return _Known.value


def changed_at() -> datetime | None:
    """When what the public sees last changed: by somebody, or because its time had come."""
    current()
    return _Known.changed_at


def _read() -> None:
    turns, now = _Known.turns, timezone.now()
    totals = PublicChange.objects.aggregate(number=Count("pk"), tokens=Sum("token"), at=Max("at"))
    changes = (totals["number"], totals["tokens"] or 0)
    is_set_back = now < _Known.now
    is_reached = _Known.next_live and _Known.next_live <= now
    if changes != _Known.changes or is_set_back or is_reached:
        _Known.next_live = min(_going_live(Min("goes_live_at"), gt=now), default=None)
        went_live = _going_live(Max("goes_live_at"), lte=now)
        _Known.changed_at = max([*went_live, *filter(None, [totals["at"]])], default=None)
        _Known.changes = changes
    if is_set_back:
        _Known.era = f"-{now:%Y%m%d%H%M%S%f}"
    _Known.now = now
    live = f"{_Known.next_live:%Y%m%d%H%M%S}" if _Known.next_live else ""
    _Known.value = f"{changes[0]}-{changes[1]:x}-{live}-{timezone.localdate()}{_Known.era}"
    _Known.read_from = replica.alias()
    _Known.read_at = time.monotonic() if turns == _Known.turns else float("-inf")


def _going_live(time: Aggregate, **bound: datetime) -> list[datetime]:
    """A time of each kind of record at which some come to be seen by themselves."""
    where = {"status": "published", **{f"goes_live_at__{name}": at for name, at in bound.items()}}
    found = [
        model._base_manager.filter(**where).aggregate(at=time)["at"]
        for model in _owners
        if any(field.name == "goes_live_at" for field in model._meta.fields)
    ]
    return list(filter(None, found))
