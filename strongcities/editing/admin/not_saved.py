"""The words that were typed, to be copied, where they can no longer be saved."""

from django import forms
from django.utils.translation import gettext as _

from strongcities.editing.admin.pages import admin_page

BUSY = "busy"  # instead of a record: the database was held too long


def page(admin, request, stored):
    """`stored` is the record, which the person may no longer change; None where it is gone."""
    status = {None: 404, BUSY: 503}.get(stored, 403)
    context = {
        "title": _("Not saved"),
        "status": status,
        "words": list(words_posted(admin, request)),
        "files": [one.name for one in request.FILES.values()],
    }
    return admin_page(admin, request, "admin/editing/not_saved.html", context, status)


def words_posted(admin, request):
    """Label and text of everything that was typed: fields, then rows."""
    yield from labelled(admin.get_form(request, None).base_fields, request.POST)
    for formset, _inline in admin.get_formsets_with_inlines(request, None):
        prefix = formset.get_default_prefix()
        for number in range(formset.absolute_max):
            start = f"{prefix}-{number}-"
            if not any(name.startswith(start) for name in request.POST):
                break
            yield from labelled(formset.form.base_fields, request.POST, start)


def labelled(fields: dict[str, forms.Field], data, prefix: str = ""):
    for name, field in fields.items():
        text = in_words(field, field.widget.value_from_datadict(data, {}, prefix + name))
        if text:
            yield str(field.label), text


def in_words(field: forms.Field, value) -> str:
    """What was typed or chosen, as its editor saw it."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else ""
    if isinstance(field, forms.ModelChoiceField):
        chosen = field.queryset.filter(pk=value).first() if str(value).isdigit() else None
        return str(chosen or "")
    if isinstance(value, list):
        return " ".join(filter(None, value))
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value or "")) if value else ""
