"""The second to save is told who saved what in between, sees both texts, and loses nothing."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from strongcities.editing import typed
from strongcities.editing.conflicts import Conflict, past_of
from strongcities.editing.contents import changes, fingerprint, state_of, state_with
from strongcities.editing.differences import differences
from strongcities.editing.merging import Note, Rows, What, merge_fields
from strongcities.editing.records import parts_of, relation


class ConflictsAdmin(admin.ModelAdmin):
    """A form says which state its editor saw; where another is stored, nothing is saved."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST" and object_id:
            stored = self.get_object(request, unquote(object_id))
            if stored is None or not self.has_change_permission(request, stored):
                return self.hand_back(request, stored)
            self.settle(request, stored)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.conflict = getattr(request, "conflict", None)
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        conflict = getattr(request, "conflict", None)
        if conflict is not None:
            context["conflict"] = told(conflict, context["original"], request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    # Bringing both together

    def settle(self, request, stored) -> None:
        """Rewrite what was posted, where somebody saved the record since the form was opened.

        Where a request is rehearsed first, its conflict is found there and stands for good.
        """
        state = state_of(stored)
        seen, now = request.POST.get("seen", ""), fingerprint(state)
        if seen == now:
            return
        data = request.POST.copy()
        conflict = Conflict(past_of(stored, seen))
        request.conflict = conflict
        conflict.notes += self.merged_fields(request, data, stored, conflict.base)
        conflict.notes += self.merged_rows(request, data, stored, conflict.base)
        conflict.files = [one.name for one in request.FILES.values()]
        data["seen"] = now
        request.POST = data

    def merged_fields(self, request, data, stored, base) -> list[Note]:
        form_class = form_of(self, request, stored)
        past = base.record if base else None
        notes = merge_fields(data, request.FILES, form_class, past, stored)
        return [*notes, *elsewhere(form_class, past, stored)]

    def merged_rows(self, request, data, stored, base) -> list[Note]:
        parts = {relation(self.model, part).related_model: part for part in parts_of(self.model)}
        past = base.rows if base else None
        notes = []
        for formset, inline in self.get_formsets_with_inlines(request, stored):
            prefix = formset.get_default_prefix()
            is_posted = f"{prefix}-TOTAL_FORMS" in data
            if formset.model in parts and is_posted:
                theirs = inline.get_queryset(request).filter(**{formset.fk.name: stored})
                before = None if past is None else [r for r in past if type(r) is formset.model]
                rows = Rows(parts[formset.model], formset, prefix, before, theirs)
                notes += rows.merge(data, stored)
        return notes

    # Where there is no form any more

    def hand_back(self, request, stored):
        """The words that were typed, to be copied, where they can no longer be saved."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not saved"),
            "opts": self.opts,
            "is_here": stored is not None,
            "words": list(words_posted(self, request)),
            "files": [one.name for one in request.FILES.values()],
        }
        status = 404 if stored is None else 403
        return TemplateResponse(request, "admin/editing/not_saved.html", context, status=status)


def form_of(model_admin, request, stored) -> type[forms.ModelForm]:
    """The form that a record has for whoever asks, as Django's admin makes it."""
    names = flatten_fieldsets(model_admin.get_fieldsets(request, stored))
    return model_admin.get_form(request, stored, change=True, fields=names)


def elsewhere(form_class, base, theirs) -> list[Note]:
    """What they changed in the record that this form does not let its editor change."""
    if base is None:
        return []
    on_form = typed.stored_fields(form_class)
    said, says = (state_with(one, ()) for one in (base, theirs))
    return [
        Note(What.TAKEN, key, said.get(key), value)
        for key, value in changes(said, says).items()
        if key not in on_form
    ]


def told(conflict: Conflict, record, user) -> dict:
    """What the panel prints: who saved, and for each kind of note both texts."""
    groups = {what.value: differences(type(record), *conflict.of(what), user) for what in What}
    return {
        "since": conflict.since,
        "is_known": conflict.base is not None,
        "is_own": conflict.is_own(user),
        "files": conflict.files,
        "groups": groups,
        "is_empty": not any(groups.values()),
        "history_url": history_url(conflict, record),
    }


def history_url(conflict: Conflict, record) -> str:
    """The history: what was seen held against what is stored; all of it where that is unknown."""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}"
    if conflict.base is None:
        return reverse(f"{name}_history", args=[record.pk])
    query = urlencode({"before": conflict.base.version.pk, "after": "now"})
    return f"{reverse(f'{name}_compare', args=[record.pk])}?{query}"


def words_posted(model_admin, request):
    """Label and text of everything that was typed: fields, then rows."""
    fields = typed.stored_fields(model_admin.get_form(request, None))
    yield from labelled(fields, request.POST)
    for formset, _inline in model_admin.get_formsets_with_inlines(request, None):
        prefix = formset.get_default_prefix()
        rows = Rows("", formset, prefix, None, []).taken_from(request.POST.copy())
        for row in rows:
            yield from labelled(typed.stored_fields(formset.form), row.values)


def labelled(fields, data):
    for name, field in fields.items():
        text = in_words(field, typed.read(field, name, data))
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
