"""What the admin of every published thing has in common."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strongcities.dates import EDTFField
from strongcities.direction import filled
from strongcities.editing import checks, proposals
from strongcities.editing.admin import saving
from strongcities.editing.admin.actions import publish, send_for_review, withdraw
from strongcities.editing.admin.edited import EditedAdmin
from strongcities.editing.admin.forms import PublishedForm
from strongcities.editing.admin.posted import problems_page
from strongcities.editing.dates import date_in_full, with_zone
from strongcities.editing.models import PreviewLink
from strongcities.editing.preview import kept_private, preview_of
from strongcities.numbers import whole_number
from strongcities.publishing import Status
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded

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


class PublishedAdmin(EditedAdmin):
    """Status and times, previews, proposals, checks, and "view on site"."""

    form = PublishedForm
    actions = [send_for_review, publish, withdraw]
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
        if isinstance(db_field, EDTFField):
            field.widget.attrs["data-reading-url"] = reverse("admin:reading")
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

    def context_of(self, request, stored):
        waiting = proposals.open_for(stored) & proposals.visible_to(request.user)
        is_looked_at = request.method == "GET" and self.has_change_permission(request, stored)
        context = super().context_of(request, stored) | {
            "may_propose": access.may_propose(request.user, stored),
            "open_proposals": waiting.order_by("proposed_at"),
            "findings": checks.run(stored) if is_looked_at else [],
        }
        is_hidden = not stored.is_public and stored.status != Status.WITHDRAWN
        if is_hidden and access.may_edit(request.user, stored):
            context["preview_link_url"] = self.address("preview_link", stored)
        return context

    # Previews

    def preview_view(self, request, object_id=None):
        """What is typed, if a form is posted; else what is stored."""
        stored = self.seen_or_404(request, object_id) if object_id else None
        try:
            if request.method == "POST":
                return saving.post(self, request, stored and str(stored.pk), is_preview=True)
            if stored is None:  # the address of a preview, opened again
                return HttpResponseRedirect("..")
            return preview_of(request, stored, request.user)
        except ValidationError as error:
            problems = [("", message) for message in error.messages]
            return problems_page(self, request, stored, problems)

    def preview_link_view(self, request, object_id):
        """Asks, and when told to, makes a link; that it was made stands in the log."""
        record = self.seen_or_404(request, object_id)
        if record.is_public:
            return redirect(record)
        if record.status == Status.WITHDRAWN:
            raise Http404
        if not access.may_edit(request.user, record):
            raise PermissionDenied
        links = PreviewLink.objects.of(record)
        context = {"title": _("Preview link"), "original": record, "days": settings.PREVIEW_DAYS}
        if request.method == "POST":
            context |= answer_of(request, record, links)
        context["links"] = links.open().order_by("-made_at").select_related("maker")
        page = self.own_page(request, "admin/editing/preview_link.html", context)
        return kept_private(page.render())

    def seen_or_404(self, request, object_id):
        record = self.get_object(request, object_id)
        if record is None or not access.sees(request.user, record):
            raise Http404
        return record

    own_pages = [
        ("add/preview/", "add_preview", preview_view),
        ("<path:object_id>/preview/", "preview", preview_view),
        ("<path:object_id>/preview-link/", "preview_link", preview_link_view),
    ]

    # The list

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


def answer_of(request, record, links) -> dict:
    """Make a link, or end one or all; what was done stands in the log."""
    which = request.POST.get("end")
    if which is None:
        link = PreviewLink.objects.create(record=record, maker=request.user)
        details = coded("link-until", at=link.until.isoformat())
        answer = {"address": link.address, "until": link.until}
    else:
        ended = links if which == "all" else links.filter(pk=whole_number(which) or 0)
        answer = {"ended": ended.end()}
        details = coded("links-ended", n=answer["ended"])
    audit.note(request.user, "preview link", record, details)
    return answer


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
