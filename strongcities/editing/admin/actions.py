"""What a list can do to several records at once: send for review, publish, withdraw.

Each record by the rule of access, by its own checks, and with a revision of its own.
"""

from copy import copy
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from strongcities.editing import checks, history, locks
from strongcities.editing.admin.forms import plain
from strongcities.editing.preview import note_step
from strongcities.publishing import Published, Status
from strongcities.staff import access, audit

AT_ONCE = 200


@admin.action(description=gettext_lazy("Send for review"), permissions=["change"])
def send_for_review(model_admin, request, queryset):
    bring(model_admin, request, queryset, Status.IN_REVIEW)


@admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
def publish(model_admin, request, queryset):
    bring(model_admin, request, queryset, Status.PUBLISHED)


@admin.action(description=gettext_lazy("Withdraw"), permissions=["publish"])
def withdraw(model_admin, request, queryset):
    """Asks for the reason that the public reads, then withdraws."""
    queryset = queryset.exclude(status=Status.WITHDRAWN)
    reason = plain(request.POST.get("withdrawn_reason", "")).strip()
    if reason or not queryset.exists():
        return bring(model_admin, request, queryset, Status.WITHDRAWN, reason)
    context = {
        "title": _("Withdraw"),
        "records": first_of(model_admin, request, queryset),
        "asked_before": "withdrawn_reason" in request.POST,
    }
    return model_admin.own_page(request, "admin/editing/withdraw.html", context)


def bring(model_admin, request, queryset, status: Status, reason: str = "") -> None:
    """Bring records into a state; what cannot be is named, the others go on."""
    user, model, done, refused = request.user, model_admin.model, 0, []
    for record in first_of(model_admin, request, queryset):
        try:
            change = partial(change_status, user, model, record.pk, status, reason)
            done += locks.tried_twice(change) is not None
        except ValidationError as error:
            refused.append(f"{record}: {' '.join(error.messages)}")
    if done:
        sentence = ngettext("%(n)s record: %(state)s.", "%(n)s records: %(state)s.", done)
        said = sentence % {"n": done, "state": status.label}
        model_admin.message_user(request, said, messages.SUCCESS)
    for sentence in refused:
        model_admin.message_user(request, sentence, messages.ERROR)
    if not done and not refused:
        said = _("Nothing has changed: this was %(state)s already.") % {"state": status.label}
        model_admin.message_user(request, said, messages.WARNING)


def first_of(model_admin, request, queryset) -> list[Published]:
    """As many as are changed at once; that there are more is said."""
    found = list(queryset.order_by("pk")[: AT_ONCE + 1])
    if len(found) > AT_ONCE:
        sentence = _("At most %(n)s at once: do this again for the others.") % {"n": AT_ONCE}
        model_admin.message_user(request, sentence, messages.WARNING)
    return found[:AT_ONCE]


def change_status(
    user, model: type[Published], pk: int, status: Status, reason: str = ""
) -> Published | None:
    """Bring one record into a state, as one revision; None where it is in that state or deleted.

    Raises ValidationError in words where the rule of access or the record's own checks refuse.
    """
    rows = model._base_manager.filter(pk=pk)
    with transaction.atomic():
        locks.hold(one for record in rows.all() for one in locks.with_place(record))
        record = rows.first()
        if record is None or record.status == status:
            return None
        history.begin(record)
        before = copy(record)
        record.status = status
        _action, step = audit.step_between(before, record)
        with history.recorded(user, reason or step):
            bring_into(user, before, record, reason)
        note_step(user, before, record, reason, "changed")
    return record


def bring_into(user, before: Published, record: Published, reason: str) -> None:
    if not allowed(user, before, record.status):
        raise ValidationError(_("You may not do this here."))
    record.withdrawn_reason = reason or record.withdrawn_reason
    record.full_clean()
    if record.status == Status.PUBLISHED:
        checks.require(record)
    record.save()


def allowed(user, record: Published, status: Status) -> bool:
    """Publishers may bring a record anywhere, others their own drafts into review."""
    if status == Status.IN_REVIEW:
        is_draft = record.status in access.UNPUBLISHED
        return access.may_write(user, record) and is_draft
    return access.may_publish(user, record)
