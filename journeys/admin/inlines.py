"""What stands on a milestone's screen beside its own fields."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models

from journeys.models import (
    EventSource,
    InitiativeSource,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneTheme,
    Source,
)
from members.models import CitySource
from strongcities.editing.admin.forms import NamedFormSet, RowForm
from strongcities.staff import access


class KnownLabelSelect(AutocompleteSelect):
    """An autocomplete that knows its record's label already, so that a row costs no query."""

    known: models.Model | None = None

    def optgroups(self, name, value, attrs=None):
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        return [(None, [self.create_option(name, value[0], str(self.known), True, 0)], 0)]


class KnownLabelFormSet(NamedFormSet):
    """Hands each autocomplete the record that the inline's queryset has already fetched."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            inner = getattr(field.widget, "widget", None)
            if isinstance(inner, KnownLabelSelect) and form.instance.pk:
                inner.known = getattr(form.instance, name)


class PartInline(admin.TabularInline):
    """Rows that belong to a record: who may edit it may edit them."""

    form = RowForm
    formset = NamedFormSet
    extra = 0

    def has_view_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return obj is None or access.may_edit(request.user, obj)

    has_add_permission = has_delete_permission = has_change_permission


class LinkInline(PartInline):
    """A kind of link of a milestone, with the words that justify it."""

    formset = KnownLabelFormSet
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 60})}
    }

    def get_queryset(self, request):
        """Links to what the user sees: another region's draft is not named here either."""
        links = super().get_queryset(request).select_related(*self.autocomplete_fields)
        for name in self.autocomplete_fields:
            target = self.model._meta.get_field(name).remote_field.model
            seen = access.visible(request.user, target._default_manager.all())
            if seen.query.where:  # else all of them
                links = links.filter(**{f"{name}__in": seen})
        return links

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["queryset"] = access.choices(request.user, db_field)
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


class SourceInline(PartInline):
    model = Source


class EventSourceInline(PartInline):
    model = EventSource


class InitiativeSourceInline(PartInline):
    model = InitiativeSource


class CitySourceInline(PartInline):
    model = CitySource
