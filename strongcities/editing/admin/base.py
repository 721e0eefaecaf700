"""What the admin of every published thing has in common."""

from django.contrib import admin
from django.db import models
from django.forms.widgets import Script
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strongcities import edtf
from strongcities.editing.admin.actions import ActionsAdmin
from strongcities.editing.admin.audit import AuditedAdmin
from strongcities.editing.admin.checks import ChecksAdmin
from strongcities.editing.admin.export import ExportAdmin
from strongcities.editing.admin.history import HistoryAdmin
from strongcities.editing.admin.notes import NotesAdmin
from strongcities.editing.admin.presence import PresenceAdmin
from strongcities.editing.admin.preview import PreviewAdmin
from strongcities.editing.admin.proposals import ProposalsAdmin
from strongcities.editing.admin.saving import SavingAdmin
from strongcities.editing.dates import in_full
from strongcities.staff import access

PUBLICATION = (
    _("Publication"),
    {"fields": ["status", "goes_live_at", "withdrawn_reason", "review_by", "times"]},
)
LONG_TEXTS = ("body", "intro")
PICTURE = (
    _("Picture"),
    {
        "classes": ["collapse"],
        "fields": ["image", "image_alt", "image_decorative", "image_caption", "image_credit"],
    },
)


def date_in_full(text: str) -> str:
    """An EDTF date as an editor checks it: "June 2024, uncertain: sorts from 1 June 2024"."""
    if not text:
        return "–"
    try:
        reading = edtf.parse(text)
    except edtf.EDTFError as error:
        return str(error)
    return in_full(reading)


class EditedAdmin(ExportAdmin, PresenceAdmin, HistoryAdmin, AuditedAdmin, SavingAdmin):
    """What every record of ours has: access by one rule, a history, a log, who else is here."""

    list_per_page = 50

    class Media:
        js = [Script("editing/dates.js", defer=True), Script("editing/names.js", defer=True)]


class PublishedAdmin(
    NotesAdmin, PreviewAdmin, ProposalsAdmin, ChecksAdmin, ActionsAdmin, EditedAdmin
):
    """Status and times, previews, proposals, and "view on site"."""

    save_on_top = True
    readonly_fields = ["times"]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status":
            allowed = access.statuses(request.user, self.model)
            kwargs["choices"] = [(s.value, s.label) for s in allowed]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField) and db_field.name not in LONG_TEXTS:
            field.widget.attrs["rows"] = 3
        return field

    def get_readonly_fields(self, request, obj=None):
        names = super().get_readonly_fields(request, obj)
        if access.may(request.user, "publish", self.model):
            return names
        return [*names, *self.only_for_publishers(obj)]

    def only_for_publishers(self, obj) -> list[str]:
        """What decides who sees a record; a draft may still be sent for review and taken back."""
        is_draft = obj is None or obj.status in access.UNPUBLISHED
        return ["goes_live_at", "withdrawn_reason", "review_by", *([] if is_draft else ["status"])]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.drafted_by = request.user
        super().save_model(request, obj, form, change)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.slug and obj.is_public else None

    @admin.display(description=_("first published, last changed"))
    def times(self, obj):
        times = (obj.first_published_at, obj.changed_at) if obj.pk else ()
        return " · ".join(date_format(time, "DATETIME_FORMAT") for time in times if time) or "–"


class DatedAdmin(PublishedAdmin):
    """Shows each date as it was read, in the form, in the list, and when it is saved."""

    readonly_fields = [*PublishedAdmin.readonly_fields, "date_reading"]

    @admin.display(description=_("as read"), ordering="date_earliest")
    def date_reading(self, obj):
        return date_in_full(obj.date)

    @admin.display(description=_("as read"), ordering="date_earliest")
    def date_read(self, obj):
        return obj.date_in_words or "–"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.date and (not change or "date" in form.changed_data):
            typed = form.data.get("date", "").strip()
            sentence = gettext("The date %(date)s is read as %(reading)s.")
            if typed and typed != obj.date:
                sentence = gettext("The date “%(typed)s” is kept as %(date)s: %(reading)s.")
            words = {"typed": typed, "date": obj.date, "reading": date_in_full(obj.date)}
            self.message_user(request, sentence % words)
