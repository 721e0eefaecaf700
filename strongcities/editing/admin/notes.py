"""A change that readers are told of, in one sentence, when it is saved."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from strongcities.editing.admin.saving import EditedForm


class PublishedForm(EditedForm):
    """The form of what is published: what changes there may concern those who read it before."""

    readers_note = forms.CharField(
        label=_("Tell readers"),
        required=False,
        max_length=250,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=_(
            "One sentence on what changed; it stands on the public page with today's date. "
            "Empty for what readers need not know."
        ),
    )


class NotesAdmin(admin.ModelAdmin):
    """Offers to tell readers to those whose save goes live."""

    form = PublishedForm

    def own_fields(self, request, obj) -> list[str]:
        own = super().own_fields(request, obj)
        goes_live = obj.is_public and self.may_write(request, obj)
        return [*own, "readers_note"] if goes_live else own

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        obj.tell_readers(form.cleaned_data.get("readers_note", ""))
