"""What stands on a milestone's and a city's screen beside their own fields."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from journeys.models import (
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneTheme,
    Source,
)
from strongcities.admin import date_in_full


class KnownLabelSelect(AutocompleteSelect):
    """An autocomplete that knows its record's label already, so that a row costs no query."""

    known: dict[str, str]

    def optgroups(self, name, value, attrs=None):
        selected = [str(one) for one in value if one]
        if any(one not in getattr(self, "known", {}) for one in selected):
            return super().optgroups(name, value, attrs)
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = [
            self.create_option(name, one, self.known[one], True, place)
            for place, one in enumerate(selected, len(blank))
        ]
        return [(None, [*blank, *chosen], 0)]


class KnownLabelFormSet(BaseInlineFormSet):
    """Hands each autocomplete the record that the inline's queryset has already fetched."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            inner = getattr(field.widget, "widget", None)
            if isinstance(inner, KnownLabelSelect) and form.instance.pk:
                record = getattr(form.instance, name)
                inner.known = {str(record.pk): str(record)} if record else {}


class LinkInline(admin.TabularInline):
    """A kind of link of a milestone, with the words that justify it."""

    extra = 0
    formset = KnownLabelFormSet
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 60})}
    }

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownLabelSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ThemeInline(LinkInline):
    model = MilestoneTheme
    fields = ["theme", "quote"]
    autocomplete_fields = ["theme"]


class EventInline(LinkInline):
    model = MilestoneEvent
    fields = ["event", "relation", "quote"]
    autocomplete_fields = ["event"]


class InitiativeInline(LinkInline):
    model = MilestoneInitiative
    fields = ["initiative", "relation", "quote"]
    autocomplete_fields = ["initiative"]


class LedToInline(LinkInline):
    model = MilestoneLink
    fk_name = "milestone"
    fields = ["relation", "leads_to", "quote"]
    autocomplete_fields = ["leads_to"]


class SourceInline(admin.TabularInline):
    model = Source
    extra = 0


class MilestoneInline(admin.TabularInline):
    """A city's milestones in the order told; each row leads to its own screen.

    Rows are only shown here: saved with the city, they would undo what a colleague has changed in
    a milestone meanwhile.
    """

    model = Milestone
    extra = 0
    ordering = ["position", "pk"]
    fields = ["position", "title", "date_as_printed", "as_read", "kind", "status"]
    readonly_fields = ["as_read"]
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("as read"))
    def as_read(self, obj):
        return date_in_full(obj.date)
