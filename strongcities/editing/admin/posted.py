"""A record's form and its rows, as posted; and what is said where they lead to no page."""

from copy import copy

from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.forms.formsets import all_valid
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from strongcities.direction import listed
from strongcities.editing.admin.forms import plain
from strongcities.editing.admin.overtaken import Conflict, conflict_panel
from strongcities.editing.handed_back import typed
from strongcities.editing.preview import kept_private


class Posted:
    """What was posted for a stored record, or for a new one (`stored` is None)."""

    def __init__(self, admin, request: HttpRequest, stored: models.Model | None) -> None:
        self.admin, self.request, self.stored = admin, request, stored
        self.fieldsets = admin.get_fieldsets(request, stored)
        names = flatten_fieldsets(self.fieldsets)
        form_class = admin.get_form(request, stored, change=stored is not None, fields=names)
        instance = copy(stored) if stored else admin.model()
        self.form = form_class(request.POST, request.FILES, instance=instance)
        self.formsets, self.inlines = [], []
        for formset_class, inline in admin.get_formsets_with_inlines(request, stored):
            prefix = formset_class.get_default_prefix()
            given = admin.get_formset_kwargs(request, instance, inline, prefix)
            self.formsets.append(formset_class(**given))
            self.inlines.append(inline)

    def is_valid(self, conflict: Conflict | None) -> bool:
        """Whether form and rows can be written; never while the editor has not seen a conflict."""
        is_valid = self.form.is_valid()
        if is_valid:
            self.admin.save_form(self.request, self.form, change=self.stored is not None)
        rows_are_valid = all_valid(self.formsets)
        if conflict is not None:
            said = _("Nothing is saved yet: somebody saved this while you wrote.")
            self.form.add_error(None, said)
        return is_valid and rows_are_valid and conflict is None

    @property
    def comment(self) -> str:
        return plain(self.form.cleaned_data.get("comment", ""))

    def hand_back(self, conflict: Conflict | None = None, stopping=()) -> HttpResponse:
        """The form with all that was typed, and what is wrong with it."""
        if stopping:
            said = _("Nothing is saved yet: something keeps this from the public.")
            self.form.add_error(None, said)
        admin, request, stored = self.admin, self.request, self.stored
        context = {
            **admin.admin_site.each_context(request),
            **self.form_context(),
            "title": (_("Change %s") if stored else _("Add %s")) % self.admin.opts.verbose_name,
            "subtitle": str(stored) if stored else None,
            "object_id": str(stored.pk) if stored else None,
            "original": stored,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": None,
            "conflict": conflict and conflict_panel(conflict, stored, request.user),
            "stopping": stopping,
            "preserved_filters": admin.get_preserved_filters(request),
        }
        is_new = stored is None
        return admin.render_change_form(request, context, is_new, not is_new, obj=stored)

    def form_context(self) -> dict:
        """Form and rows as Django's templates of the admin expect them."""
        admin, request, stored = self.admin, self.request, self.stored
        read_only = admin.get_readonly_fields(request, stored)
        form = helpers.AdminForm(self.form, list(self.fieldsets), {}, read_only, model_admin=admin)
        rows = admin.get_inline_formsets(request, self.formsets, self.inlines, stored)
        return {
            "adminform": form,
            "inline_admin_formsets": rows,
            "media": sum((one.media for one in rows), admin.media + form.media),
            "errors": helpers.AdminErrorList(self.form, self.formsets),
        }

    def problems(self):
        """What is wrong with the form and its rows: where, in words, and what."""
        yield from problems_of(self.form)
        for formset, inline in zip(self.formsets, self.inlines, strict=True):
            name = str(inline.opts.verbose_name).capitalize()
            yield from ((name, message) for message in formset.non_form_errors())
            for number, form in enumerate(formset.forms, 1):
                yield from problems_of(form, f"{name} {number}")


def problems_of(form, place: str = ""):
    for field, messages in form.errors.items():
        label = str(form.fields[field].label or field) if field in form.fields else ""
        where = listed(part for part in (place, label) if part)
        yield from ((where, message) for message in messages)


def problems_page(admin, request: HttpRequest, stored, problems) -> HttpResponse:
    """There is no preview yet; what was typed is still in the form."""
    context = {
        "title": _("No preview yet"),
        "original": stored,
        "problems": problems,
        "is_typed": request.method == "POST",
    }
    page = admin.own_page(request, "admin/editing/preview_problems.html", context)
    return kept_private(page.render())


def not_saved_page(admin, request: HttpRequest, status: int) -> HttpResponse:
    """What was typed, to be copied; the status says why: it is gone, not to be changed, or held."""
    context = {"title": _("Not saved"), "status": status, **typed(request)}
    return admin.own_page(request, "admin/editing/not_saved.html", context, status)
