"""Events, initiatives and themes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from journeys.admin.inlines import EventSourceInline, InitiativeSourceInline
from journeys.models import Event, Initiative, Milestone, Theme
from strongcities.editing.admin.base import PUBLICATION, DatedAdmin, PublishedAdmin
from strongcities.editing.admin.edited import EditedAdmin
from strongcities.staff import access


class CountsMilestones(admin.ModelAdmin):
    """Shows on how many milestones a record stands."""

    path_to_milestones = "milestone_links__milestone"

    def get_queryset(self, request):
        seen = access.count_seen(request.user, self.model, self.path_to_milestones, Milestone)
        return super().get_queryset(request).annotate(milestone_total=seen)

    @admin.display(description=_("milestones"), ordering="milestone_total")
    def milestone_count(self, obj):
        return obj.milestone_total


@admin.register(Event)
class EventAdmin(CountsMilestones, DatedAdmin):
    list_display = ["name", "kind", "status", "date_read", "place", "milestone_count", "changed_at"]
    list_filter = ["status", "kind"]
    date_hierarchy = "date_earliest"
    search_fields = ["name", "other_names", "place", "series"]
    autocomplete_fields = ["parent", "may_be"]
    inlines = [EventSourceInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "description", ("place", "place_note")]}),
        (_("Date"), {"fields": [("date", "date_reading"), "date_source"]}),
        PUBLICATION,
        (_("Belongs to"), {"fields": ["parent", "series", "may_be", "may_be_note"]}),
        (_("Names and address"), {"classes": ["collapse"], "fields": ["other_names", "slug"]}),
    ]


@admin.register(Initiative)
class InitiativeAdmin(CountsMilestones, PublishedAdmin):
    list_display = [
        "name",
        "kind",
        "status",
        "launched_at",
        "run_by",
        "milestone_count",
        "changed_at",
    ]
    list_filter = ["status", "kind"]
    list_select_related = ["launched_at", "run_by"]
    search_fields = ["name", "other_names"]
    autocomplete_fields = ["launched_at", "run_by"]
    inlines = [InitiativeSourceInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "description", ("launched_at", "run_by")]}),
        PUBLICATION,
        (_("Names and address"), {"classes": ["collapse"], "fields": ["other_names", "slug"]}),
    ]

    def get_sortable_by(self, request):
        """An order by a name that is not shown would tell it."""
        if access.works_everywhere(request.user):
            return self.list_display
        return [name for name in self.list_display if name not in ("launched_at", "run_by")]


@admin.register(Theme)
class ThemeAdmin(CountsMilestones, EditedAdmin):
    list_display = ["name", "scope", "milestone_count"]
    search_fields = ["name", "scope"]
