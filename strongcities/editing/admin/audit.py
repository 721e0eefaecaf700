"""Every list as a file, every change a line in the log; the log itself is only read."""

from collections.abc import Iterator
from itertools import islice
from types import MethodType

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from strongcities.editing.admin.forms import OWN_FIELDS, plain
from strongcities.editing.export import FORMATS, as_file
from strongcities.editing.records import address_if_any
from strongcities.staff import access, audit
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import action_in_words, coded, stored, who_in_words, worded

AT_ONCE = 500  # rows of a file
# What says nothing in a file: derived columns, and passwords.
UNSAID = ("password", "search_names", "search_text", "image_width", "image_height")


class LoggedAdmin(admin.ModelAdmin):
    """Every list as a file; a line of the log wherever Django notes what somebody did."""

    change_list_template = "admin/editing/change_list.html"

    def get_urls(self):
        """With the `own_pages` of each base: address, name, and a view of admin and request."""
        wrap, meta = self.admin_site.admin_view, self.opts
        start = f"{meta.app_label}_{meta.model_name}_"
        pages = [page for base in type(self).__mro__ for page in vars(base).get("own_pages", ())]
        own = [
            path(at, wrap(MethodType(view, self)), name=start + name) for at, name, view in pages
        ]
        return own + super().get_urls()

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def address(self, page: str, record=None) -> str:
        """The address of a page of this admin: of the list, or of one record."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[record.pk] if record else [])

    def own_page(self, request, template: str, context: dict, status: int | None = None):
        """A page of ours beside Django's; its context has a title, and maybe what was refused."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        status = status or (409 if context.get("refused") else 200)
        return TemplateResponse(request, template, context, status=status)

    @method_decorator(require_safe)
    def export_view(self, request, kind):
        """What the list shows this person, all pages of it, filtered as it is shown."""
        if kind not in FORMATS:
            raise Http404
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            records = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self.address('changelist')}?e=1")
        return self.export(request, kind, records)

    own_pages = [("export/<str:kind>/", "export", export_view)]

    def export(self, request, kind: str, records: models.QuerySet):
        """The file, with all that the records' fields say; a line of the log says who had it."""
        filters = request.GET.urlencode() or "–"
        details = coded("list-exported", model=self.opts.label, format=kind, filters=filters)
        audit.note(request.user, "exported", details=details)
        fields = [field for field in self.opts.concrete_fields if field.name not in UNSAID]
        columns = [field.name for field in fields]
        return as_file(kind, self.opts.model_name, columns, rows(request.user, records, fields))

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


def rows(user, records: models.QuerySet, fields: list[models.Field]) -> Iterator[list]:
    """A row for each record; a foreign key by its record's name, as the list shows it."""
    related = [field.name for field in fields if field.remote_field]
    found = records.select_related(*related).iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        access.hide_unseen(user, some)
        yield from ([shown(record, field) for field in fields] for record in some)


def shown(record: models.Model, field: models.Field):
    """A cell; sentences of ours that are stored as codes in words."""
    if field.remote_field:
        target = getattr(record, field.name)
        return None if target is None else str(target)
    value = field.value_from_object(record)
    if isinstance(value, str):
        return worded(value)
    is_plain = isinstance(value, int | float | bool | list | None.__class__)
    return value if is_plain else field.value_to_string(record)


class WordedFilter(admin.AllValuesFieldListFilter):
    """By what is stored in the log, under the words for it."""

    def choices(self, changelist):
        worded = {"action": action_in_words, "who": who_in_words}[self.field_path]
        for choice in super().choices(changelist):
            yield choice | {"display": worded(choice["display"])}


@admin.register(AuditEntry)
class AuditEntryAdmin(LoggedAdmin):
    """The log: nobody adds, changes or deletes a line here."""

    change_list_template = "admin/editing/log.html"
    list_display = ["at", "name", "done", "kind", "record", "said"]
    list_filter = [
        ("action", WordedFilter),
        ("who", WordedFilter),
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["content_type"]
    date_hierarchy = "at"
    search_fields = ["who", "record_name", "details"]
    fields = ["at", "name", "done", "kind", "record", "said"]
    readonly_fields = ["name", "done", "kind", "record", "said"]

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission

    @admin.display(description=pgettext_lazy("did it", "who"), ordering="who")
    def name(self, obj):
        return who_in_words(obj.who)

    @admin.display(description=pgettext_lazy("was done", "what"), ordering="action")
    def done(self, obj):
        return action_in_words(obj.action)

    @admin.display(description=_("kind"), ordering="content_type")
    def kind(self, obj):
        return obj.content_type.name if obj.content_type else "–"

    @admin.display(description=_("record"), ordering="record_name")
    def record(self, obj):
        """With a way there; to what is gone now, it leads to the admin's word that it is."""
        model = obj.content_type and obj.content_type.model_class()
        address = address_if_any(model(pk=obj.object_id)) if model and obj.object_id else ""
        if obj.action == "deleted" or not address:
            return obj.record_name or "–"
        return format_html('<a href="{}">{}</a>', address, obj.record_name)

    @admin.display(description=_("details"))
    def said(self, obj):
        return obj.said
