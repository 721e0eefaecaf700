"""Every change in the admin leaves a line in the log; the log itself is only read."""

from collections.abc import Iterable
from functools import partial

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from strongcities.editing.admin.export import as_records, export_view
from strongcities.editing.admin.forms import OWN_FIELDS, plain
from strongcities.editing.export import as_file
from strongcities.editing.records import address_if_any
from strongcities.staff import audit
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import coded, stored

COLUMNS = ["at", "who", "action", "kind", "id", "record", "details"]


class LoggedAdmin(admin.ModelAdmin):
    """Every list as a file; a line of the log wherever Django notes what somebody did."""

    change_list_template = "admin/editing/change_list.html"

    own_pages = [("export/<str:kind>/", "export", export_view)]

    def get_urls(self):
        """With the `own_pages` of each base: address, name, and a view of admin and request."""
        wrap, meta = self.admin_site.admin_view, self.opts
        start = f"{meta.app_label}_{meta.model_name}_"
        pages = [page for base in type(self).__mro__ for page in vars(base).get("own_pages", ())]
        own = [path(at, wrap(partial(view, self)), name=start + name) for at, name, view in pages]
        return own + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"shows_export": True} | (extra_context or {}))

    def address(self, page: str, record=None) -> str:
        """The address of a page of this admin: of the list, or of one record."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[record.pk] if record else [])

    def export(self, request, kind: str, records: models.QuerySet):
        """The file of what a list shows, all pages of it; a line of the log says who had it."""
        return as_records(self, request, kind, records)

    def log_addition(self, request, obj, message):
        self.note(request, "added", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.note(request, "changed", obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for record in queryset:
            self.note(request, "deleted", record, "")
        return super().log_deletions(request, queryset)

    def note(self, request, action: str, record, message) -> None:
        audit.note(request.user, action, record, self.sentence(request, record, message))

    def sentence(self, request, record, message) -> str:
        """What was changed, to be stored: as Django notes it, then the editor's words."""
        noted = message if isinstance(message, str) else coded("form", message=message)
        comment = getattr(request, "comment", "")
        return stored(noted, comment and f"“{comment}”")

    def construct_change_message(self, request, form, formsets, add=False):
        """Names the record's fields; what the form asks besides is no change of the record."""
        if any(name in form.changed_data for name in OWN_FIELDS):
            form.changed_data = [name for name in form.changed_data if name not in OWN_FIELDS]
        request.comment = plain(form.cleaned_data.get("comment", ""))
        return super().construct_change_message(request, form, formsets, add)


class LinkedChangeList(ChangeList):
    """Knows of each line whether its record is still there."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        link(self.result_list)


@admin.register(AuditEntry)
class AuditEntryAdmin(LoggedAdmin):
    """The log: nobody adds, changes or deletes a line here."""

    change_list_template = "admin/editing/log.html"
    list_display = ["at", "who", "action", "kind", "record", "said"]
    list_filter = ["action", "who", ("content_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_type"]
    date_hierarchy = "at"
    search_fields = ["who", "record_name", "details"]
    fields = ["at", "who", "action", "kind", "record", "said"]
    readonly_fields = ["kind", "record", "said"]

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission

    def get_changelist(self, request, **kwargs):
        return LinkedChangeList

    def get_object(self, request, object_id, from_field=None):
        entry = super().get_object(request, object_id, from_field)
        link([entry] if entry else [])
        return entry

    @admin.display(description=_("kind"), ordering="content_type")
    def kind(self, obj):
        return obj.content_type.name if obj.content_type else "–"

    @admin.display(description=_("record"), ordering="record_name")
    def record(self, obj):
        if not obj.address:
            return obj.record_name or "–"
        return format_html('<a href="{}">{}</a>', obj.address, obj.record_name)

    @admin.display(description=_("details"))
    def said(self, obj):
        return obj.said

    def export(self, request, kind, entries):
        total = entries.count()
        # Up to here: the line that tells of the export is not part of it.
        entries = entries.filter(pk__lte=AuditEntry.objects.latest("pk").pk) if total else entries
        details = coded("log-exported", n=total, filters=request.GET.urlencode() or "–")
        audit.note(request.user, "exported", details=details)
        lines = entries.select_related("content_type").iterator(chunk_size=1000)
        return as_file(kind, "log", COLUMNS, map(cells_of, lines))


def link(entries: list[AuditEntry]) -> None:
    """Give each line the address of its record's form, empty where that is gone; a query a kind."""
    existing = {kind: existing_ids(kind, entries) for kind in {e.content_type for e in entries}}
    for entry in entries:
        kind, found = entry.content_type, entry.object_id in existing[entry.content_type]
        entry.address = address_if_any(kind.model_class()(pk=entry.object_id)) if found else ""


def existing_ids(kind: ContentType | None, entries: Iterable[AuditEntry]) -> set[str]:
    """Those ids of a kind that are still in the database."""
    model = kind.model_class() if kind else None
    if model is None:
        return set()
    ids = {entry.object_id for entry in entries if entry.content_type == kind and entry.object_id}
    found = model._base_manager.filter(pk__in=ids).values_list("pk", flat=True)
    return {str(pk) for pk in found}


def cells_of(entry: AuditEntry) -> list[str]:
    kind = entry.content_type
    return [
        entry.at.isoformat(timespec="seconds"),
        entry.who,
        entry.action,
        f"{kind.app_label}.{kind.model}" if kind else "",
        entry.object_id,
        entry.record_name,
        entry.said,
    ]
