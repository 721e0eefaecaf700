"""What a list can do to several records at once: send for review, publish, withdraw."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from strongcities.editing import checks, history
from strongcities.editing.admin.saving import plain
from strongcities.publishing import Published, Status
from strongcities.staff import access, audit

AT_ONCE = 200


class ActionsAdmin(admin.ModelAdmin):
    """Each record by the rule of access, by its own checks, and with a revision of its own."""

    actions = ["send_for_review", "publish", "withdraw"]

    def has_publish_permission(self, request) -> bool:
        return access.may(request.user, "publish", self.model)

    @admin.action(description=gettext_lazy("Send for review"), permissions=["change"])
    def send_for_review(self, request, queryset):
        self.bring(request, queryset, Status.IN_REVIEW, _("Sent for review."))

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        self.bring(request, queryset, Status.PUBLISHED, _("Published."))

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["publish"])
    def withdraw(self, request, queryset):
        """Asks for the reason that the public reads, then withdraws."""
        reason = plain(request.POST.get("withdrawn_reason", "")).strip()
        if not reason:
            return self.ask_why(request, queryset)
        return self.bring(request, queryset, Status.WITHDRAWN, reason, reason)

    def ask_why(self, request, queryset):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw"),
            "opts": self.opts,
            "records": queryset[:AT_ONCE],
            "selected": request.POST.getlist("_selected_action")[:AT_ONCE],
            "asked_before": "withdrawn_reason" in request.POST,
        }
        return TemplateResponse(request, "admin/editing/withdraw.html", context)

    def bring(self, request, queryset, status: Status, comment: str, reason: str = "") -> None:
        """Bring records into a state; what cannot be is named, the others go on."""
        done, refused = 0, []
        for pk in queryset.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
            try:
                record = change_status(request.user, self.model, pk, status, comment, reason)
                done += record is not None
            except ValidationError as error:
                record = self.model._base_manager.filter(pk=pk).first()
                refused.append(f"{record}: {' '.join(error.messages)}")
        if done:
            sentence = ngettext("%(n)s record: %(state)s.", "%(n)s records: %(state)s.", done)
            said = sentence % {"n": done, "state": status.label}
            self.message_user(request, said, messages.SUCCESS)
        for sentence in refused:
            self.message_user(request, sentence, messages.ERROR)


def change_status(
    user, model: type[Published], pk: int, status: Status, comment: str, reason: str = ""
) -> Published | None:
    """Bring one record into a state, as one revision; None where it is in that state already.

    Raises ValidationError in words where the rule of access or the record's own checks refuse.
    """
    before = model._base_manager.get(pk=pk)
    history.begin(before)
    with transaction.atomic(), history.recorded(user, comment):
        record = locked(model, pk)
        if record.status == status:
            return None
        if not allowed(user, record, status):
            raise ValidationError(_("You may not do this here."))
        record.status = status
        record.withdrawn_reason = reason if status == Status.WITHDRAWN else record.withdrawn_reason
        record.full_clean()
        if status == Status.PUBLISHED:
            checks.require(record)
        record.save()
    audit.note(user, status.label, record, reason)
    return record


def locked(model: type[Published], pk: int) -> Published:
    list(model._base_manager.select_for_update().filter(pk=pk).values_list("pk"))
    return model._base_manager.get(pk=pk)


def allowed(user, record: Published, status: Status) -> bool:
    """Publishers may bring a record anywhere, others their own drafts into review."""
    if status == Status.IN_REVIEW:
        is_draft = record.status in access.UNPUBLISHED
        return access.may_write(user, record) and is_draft
    return access.may_publish(user, record)
