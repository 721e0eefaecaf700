"""Milestones and the words of the page."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys import ordering
from journeys.admin.inlines import (
    EventInline,
    InitiativeInline,
    LedToInline,
    SourceInline,
    ThemeInline,
)
from journeys.models import JourneysPage, Milestone, Source
from strongcities.editing.admin.base import PICTURE, PUBLICATION, DatedAdmin
from strongcities.editing.admin.edited import EditedAdmin
from strongcities.numbers import whole_number
from strongcities.publishing import Status
from strongcities.staff import access

SOURCED = Exists(Source.objects.filter(milestone=OuterRef("pk")))


class SourcesFilter(admin.SimpleListFilter):
    """Which milestones have no source yet."""

    title = _("sources")
    parameter_name = "sources"

    def lookups(self, request, model_admin):
        return [("yes", _("with a source")), ("no", _("without"))]

    def queryset(self, request, queryset):
        conditions = {"yes": Q(SOURCED), "no": ~Q(SOURCED)}
        return queryset.filter(conditions.get(self.value(), Q()))


class FilterBySearch(admin.RelatedFieldListFilter):
    """Asks for a name and offers those found, where a list of all would be too long."""

    template = "admin/editing/filter_by_search.html"

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        if self.lookup_val == [""]:  # sent without a choice
            del self.used_parameters[self.lookup_kwarg]
        seen = access.visible(request.user, field.related_model._default_manager.all())
        chosen = whole_number(self.lookup_val[-1]) if self.lookup_val else None
        one = forms.ModelChoiceField(
            seen,
            label=self.title,
            required=False,
            initial=chosen and seen.filter(pk=chosen).first(),
            widget=AutocompleteSelect(field, model_admin.admin_site),
        )
        self.form = type("Filter", (forms.Form,), {self.lookup_kwarg: one})()
        left_out = (*self.expected_parameters(), PAGE_VAR)
        self.kept = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in left_out
        ]

    def has_output(self):
        return True

    def field_choices(self, field, request, model_admin):
        return []

    def choices(self, changelist):
        yield {"form": self.form, "kept": self.kept}


@admin.register(Milestone)
class MilestoneAdmin(DatedAdmin):
    change_list_template = "admin/journeys/import/change_list.html"
    list_display = [
        "title",
        "city",
        "position",
        "status",
        "date_as_printed",
        "date_read",
        "source_count",
        "changed_at",
    ]
    list_filter = [
        "status",
        "city__region",
        "kind",
        SourcesFilter,
        ("theme_links__theme", admin.RelatedOnlyFieldListFilter),
        ("city", FilterBySearch),
    ]
    list_select_related = ["city"]
    date_hierarchy = "date_earliest"
    search_fields = ["date_as_printed"]  # beside what search finds, so that no text is read anew
    autocomplete_fields = ["city"]
    inlines = [ThemeInline, EventInline, InitiativeInline, LedToInline, SourceInline]
    ordering = ["city__search_names", "position"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("city", "position"),
                    ("title", "short_title"),
                    "kind",
                    "body",
                    "text_note",
                ]
            },
        ),
        (_("Date"), {"fields": ["date_as_printed", ("date", "date_reading"), "date_note"]}),
        PUBLICATION,
        (
            _("Further reading and address"),
            {"classes": ["collapse"], "fields": ["places", ("read_more", "read_more_url"), "slug"]},
        ),
        PICTURE,
    ]

    @property
    def media(self):
        city = AutocompleteSelect(Milestone._meta.get_field("city"), self.admin_site)
        return super().media + city.media

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "date_as_printed":
            address = reverse_lazy("admin:reading")
            field.widget.attrs |= {"data-reading-url": address, "data-reading": "printed"}
        return field

    def get_queryset(self, request):
        sources = access.count_seen(request.user, Milestone, "sources", Source)
        return super().get_queryset(request).annotate(source_total=sources)

    def save_model(self, request, obj, form, change):
        if not obj.date and obj.printed_reading:
            obj.date = obj.printed_reading.text
        is_placed = not change or {"position", "city"} & set(form.changed_data)
        if is_placed:
            ordering.lock(obj.city_id)
        super().save_model(request, obj, form, change)
        if is_placed:
            ordering.make_room(obj)

    def sentences_on(self, saved, form, change):
        yield from super().sentences_on(saved, form, change)
        if saved.status == Status.PUBLISHED and not saved.city.is_public:
            yield gettext("The public does not see this yet: its city is not published.")

    @admin.display(description=_("sources"), ordering="source_total")
    def source_count(self, obj):
        return obj.source_total


@admin.register(JourneysPage)
class JourneysPageAdmin(EditedAdmin):
    list_display = ["title", "heading", "read_on"]
    view_on_site = False

    def has_add_permission(self, request):
        """There is one page; before there is, whoever may add it does."""
        return super().has_add_permission(request) and not JourneysPage.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
