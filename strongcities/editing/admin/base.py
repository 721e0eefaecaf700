"""What the admin of every published thing has in common."""

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strongcities import edtf
from strongcities.direction import filled
from strongcities.editing import checks, proposals
from strongcities.editing.admin import preview as previews
from strongcities.editing.admin import saving
from strongcities.editing.admin.actions import publish, send_for_review, withdraw
from strongcities.editing.admin.edited import EditedAdmin
from strongcities.editing.admin.forms import PublishedForm
from strongcities.editing.dates import in_full, with_zone
from strongcities.publishing import Status
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


class PublishedAdmin(EditedAdmin):
    """Status and times, previews, proposals, checks, and "view on site"."""

    form = PublishedForm
    actions = [send_for_review, publish, withdraw]
    save_on_top = True
    readonly_fields = ["times"]
    own_pages = [
        ("add/preview/", "add_preview", previews.preview_view),
        ("<path:object_id>/preview/", "preview", previews.preview_view),
        ("<path:object_id>/preview-link/", "preview_link", previews.preview_link_view),
    ]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status":
            allowed = access.statuses(request.user, self.model)
            kwargs["choices"] = [(s.value, s.label) for s in allowed]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField) and db_field.name not in LONG_TEXTS:
            field.widget.attrs["rows"] = 3
        if db_field.name == "goes_live_at":
            words = {"help": field.help_text, "zone": timezone.get_current_timezone_name()}
            field.help_text = gettext("%(help)s The time zone is %(zone)s.") % words
        return field

    def get_readonly_fields(self, request, obj=None):
        """Publishers decide who sees a record; a draft may be sent for review and taken back."""
        names = super().get_readonly_fields(request, obj)
        if self.has_publish_permission(request):
            return names
        is_draft = obj is None or obj.status in access.UNPUBLISHED
        kept = ["goes_live_at", "withdrawn_reason", "review_by"]
        return [*names, *kept, *([] if is_draft else ["status"])]

    def has_publish_permission(self, request) -> bool:
        return access.may(request.user, "publish", self.model)

    def own_fields(self, request, obj) -> list[str]:
        """Who writes what the public reads may tell readers."""
        own = super().own_fields(request, obj)
        goes_live = obj.is_public and access.may_write(request.user, obj)
        return [*own, "readers_note"] if goes_live else own

    def save_model(self, request, obj, form, change):
        if not change:
            obj.drafted_by = request.user
        obj.add_change_note(form.cleaned_data.get("readers_note", ""))
        super().save_model(request, obj, form, change)

    def sentences_on(self, saved, form, change):
        """With when the public will see it, if that is later."""
        yield from super().sentences_on(saved, form, change)
        time = saved.goes_live_at if saved.status == Status.PUBLISHED else None
        if time is not None and time > timezone.now():
            sentence = gettext("The public sees this from {time} on.")
            yield format_html(sentence, time=with_zone(time))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        page = "preview" if obj else "add_preview"
        context["preview_url"] = self.address(page, obj)
        notes, stopping = saving.notes_in(request.POST), getattr(request, "stopping", ())
        context["stopping"] = [(one, notes.get(one.code, "")) for one in stopping]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def context_of(self, request, stored):
        waiting = proposals.open_for(stored) & proposals.visible_to(request.user)
        is_looked_at = request.method == "GET" and self.has_change_permission(request, stored)
        context = super().context_of(request, stored) | {
            "may_propose": access.may_propose(request.user, stored),
            "open_proposals": waiting.order_by("proposed_at"),
            "findings": checks.run(stored).with_notes if is_looked_at else [],
        }
        if previews.is_shared(request, stored):
            context["preview_link_url"] = self.address("preview_link", stored)
        return context

    def get_list_display(self, request):
        columns = list(super().get_list_display(request))
        columns.insert(columns.index("status") + 1, "look")
        return columns

    @admin.display(description=_("page"))
    def look(self, obj):
        """Where a row of the list shows: its public page, or a preview of it."""
        if obj.is_public:
            return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("On site"))
        return format_html('<a href="{}">{}</a>', self.address("preview", obj), _("Preview"))

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

    def sentences_on(self, saved, form, change):
        """With how a date that was typed is read."""
        yield from super().sentences_on(saved, form, change)
        if saved.date and (not change or "date" in form.changed_data):
            typed = form.data.get("date", "").strip()
            sentence = gettext("The date %(date)s is read as %(reading)s.")
            if typed and typed != saved.date:
                sentence = gettext("The date “%(typed)s” is kept as %(date)s: %(reading)s.")
            words = {"typed": typed, "date": saved.date, "reading": date_in_full(saved.date)}
            yield filled(sentence, words)
