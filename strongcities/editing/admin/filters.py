"""A filter of the admin's lists by one of very many records."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.admin.widgets import AutocompleteSelect

from strongcities.numbers import whole_number
from strongcities.staff import access


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
