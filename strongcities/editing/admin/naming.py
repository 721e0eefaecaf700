"""Names for those who do not see the screen, where Django gives a field none."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


def name_halves(form: forms.BaseForm) -> None:
    """The label of a moment names neither of its two fields, the day and the time."""
    for field in form.fields.values():
        if isinstance(field.widget, AdminSplitDateTime):
            day, time = field.widget.widgets
            day.attrs["aria-label"] = f"{capfirst(str(field.label))}: {_('day')}"
            time.attrs["aria-label"] = f"{capfirst(str(field.label))}: {_('time')}"


class NamedFormSet(BaseInlineFormSet):
    """In the rows of a table the head of a column is all that tells what a field is."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            if field.label and not widget.is_hidden:
                widget.attrs["aria-label"] = capfirst(str(field.label))
