"""Milestones, themes and the words of the page."""

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.admin.inlines import (
    EventInline,
    InitiativeInline,
    LedToInline,
    SourceInline,
    ThemeInline,
)
from journeys.admin.ordering import InsertingAdmin
from journeys.models import JourneysPage, Milestone, Source, Theme
from strongcities.editing.admin.base import PICTURE, PUBLICATION, DatedAdmin, EditedAdmin
from strongcities.publishing import Status
from strongcities.staff import access


class SourcesFilter(admin.SimpleListFilter):
    """Which milestones have no source yet."""

    title = _("sources")
    parameter_name = "sources"

    def lookups(self, request, model_admin):
        return [("yes", _("with a source")), ("no", _("without"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        sourced = Exists(Source.objects.filter(milestone=OuterRef("pk")))
        return queryset.filter(sourced) if self.value() == "yes" else queryset.filter(~sourced)


class DoubtFilter(admin.SimpleListFilter):
    """Which dates an editor should look at again."""

    title = _("doubt about the date")
    parameter_name = "doubt"

    def lookups(self, request, model_admin):
        return [
            ("unsure", _("uncertain or approximate")),
            ("noted", _("with a note")),
            ("unread", _("not read yet")),
        ]

    def queryset(self, request, queryset):
        conditions = {
            "unsure": ~Q(date_certainty__in=["", "certain"]),
            "noted": ~Q(date_note=""),
            "unread": Q(date=""),
        }
        condition = conditions.get(self.value())
        return queryset if condition is None else queryset.filter(condition)


@admin.register(Milestone)
class MilestoneAdmin(InsertingAdmin, DatedAdmin):
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
        DoubtFilter,
        SourcesFilter,
        ("theme_links__theme", admin.RelatedOnlyFieldListFilter),
        ("city", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["city"]
    date_hierarchy = "date_earliest"
    search_fields = ["title", "body", "city__name", "date_as_printed"]
    autocomplete_fields = ["city"]
    inlines = [ThemeInline, EventInline, InitiativeInline, LedToInline, SourceInline]
    ordering = ["city__name", "position"]
    fieldsets = [
        (None, {"fields": [("city", "position"), ("title", "short_title"), "kind", "body"]}),
        (_("Date"), {"fields": ["date_as_printed", ("date", "date_reading"), "date_note"]}),
        PUBLICATION,
        (
            _("Further reading and address"),
            {"classes": ["collapse"], "fields": ["places", ("read_more", "read_more_url"), "slug"]},
        ),
        PICTURE,
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "date_as_printed":
            address = reverse_lazy("admin:reading")
            field.widget.attrs |= {"data-reading-url": address, "data-reading": "printed"}
        return field

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(source_total=Count("sources"))

    def save_model(self, request, obj, form, change):
        if not obj.date:
            obj.date = reading_of_print(obj)
        super().save_model(request, obj, form, change)
        if obj.status == Status.PUBLISHED and not obj.city.is_public:
            hidden = gettext("The public does not see this yet: its city is not published.")
            self.message_user(request, hidden, messages.WARNING)

    @admin.display(description=_("sources"), ordering="source_total")
    def source_count(self, obj):
        return obj.source_total


def reading_of_print(milestone: Milestone) -> str:
    """The printed date as EDTF, for an editor who left the reading empty; empty if unreadable."""
    printed = milestone.printed_reading
    return printed.text if printed else ""


@admin.register(Theme)
class ThemeAdmin(EditedAdmin):
    list_display = ["name", "scope", "milestones"]
    ordering = ["name"]
    search_fields = ["name", "scope"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                milestone_total=access.count_seen(
                    request.user, "milestone_links__milestone", Milestone
                )
            )
        )

    @admin.display(description=_("milestones"), ordering="milestone_total")
    def milestones(self, obj):
        return obj.milestone_total


@admin.register(JourneysPage)
class JourneysPageAdmin(EditedAdmin):
    list_display = ["title", "heading", "read_on"]

    def has_add_permission(self, request):
        return not JourneysPage.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
