"""How a form becomes a stored record: by the rule of access, as one revision, or as a proposal."""

from django import forms
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from strongcities.editing import history
from strongcities.editing.admin.conflicts import ConflictsAdmin
from strongcities.editing.admin.naming import name_halves
from strongcities.editing.contents import fingerprint, state_of
from strongcities.staff import access

OWN_FIELDS = ("comment", "readers_note", "seen")


class EditedForm(forms.ModelForm):
    """A record's form that knows which state of the record its editor has seen."""

    comment = forms.CharField(
        label=_("What you changed"),
        required=False,
        max_length=250,
        help_text=_("For colleagues: it stands in the history."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    conflict = None  # what somebody else saved meanwhile: `ConflictsAdmin`
    stopping = ()  # what keeps the record from being published: `ChecksAdmin`

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.live = state_of(self.instance) if self.instance.pk else {}
        self.initial["seen"] = fingerprint(self.live)
        self.unseen = list(self.not_to_be_seen())
        self.initial |= dict.fromkeys(self.unseen)
        name_halves(self)

    def not_to_be_seen(self):
        """The fields that name a record which their editor does not see: they are shown empty."""
        for name, field in self.fields.items():
            stored = self.initial.get(name) if self.instance.pk else None
            is_limited = isinstance(field, forms.ModelChoiceField) and field.queryset.query.where
            if stored and is_limited and not field.queryset.filter(pk=stored).exists():
                yield name

    def clean(self):
        cleaned = super().clean()
        for name in self.unseen:  # left empty, it names what it named
            cleaned[name] = cleaned.get(name) or getattr(self.instance, name)
        is_stale = self.instance.pk and self.data.get("seen") != self.initial["seen"]
        if self.conflict is not None or is_stale:
            self.add_error(None, _("Nothing is saved yet: somebody saved this while you wrote."))
        if self.stopping:
            self.add_error(None, _("Nothing is saved yet: something keeps this from the public."))
        return cleaned


class SeenChangeList(ChangeList):
    """A list whose columns do not name what the user does not see."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        access.hide_unseen(request.user, self.result_list)


class SavingAdmin(ConflictsAdmin):
    """What every form of ours has in common: who gets it, and what becomes of it."""

    form = EditedForm
    change_form_template = "admin/editing/change_form.html"

    # Who

    def get_queryset(self, request):
        return access.visible(request.user, super().get_queryset(request))

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_edit(request, obj))

    def lookup_allowed(self, lookup, value, request):
        """No list is narrowed by records that may be hidden, but as its own filters do."""
        asks_others = lookup.split("__")[0] in {one.name for one in self.opts.related_objects}
        own = [one[0] if isinstance(one, tuple) else one for one in self.list_filter]
        own = tuple(getattr(one, "parameter_name", one) for one in own)
        if asks_others and not lookup.startswith(own):
            return False
        return super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except OverflowError:  # a number in the address that no column holds
            return HttpResponseRedirect(f"{request.path}?e=1")

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def get_changelist(self, request, **kwargs):
        return SeenChangeList

    # What may be chosen

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", access.choices(request.user, db_field))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # The form

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name not in OWN_FIELDS]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (_("This change"), {"fields": self.own_fields(request, obj)})]

    def own_fields(self, request, obj) -> list[str]:
        return ["comment", "seen"]

    # What becomes of it

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or is_rehearsing(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            stored = self.lock(request, object_id) if object_id else None
            if stored is not None:
                history.begin(stored)
            with history.recorded(request.user):
                return super().changeform_view(request, object_id, form_url, extra_context)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST" and object_id and is_rehearsing(request):
            self.lock(request, object_id)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def lock(self, request, object_id):
        """Let two saves of one record come one after the other; the second sees the first."""
        stored = self.get_object(request, unquote(object_id))
        if stored is not None:
            rows = self.model._base_manager.filter(pk=stored.pk)
            list(rows.select_for_update().values_list("pk"))
            stored = self.get_object(request, unquote(object_id))
        if stored is not None:
            may_edit(request, stored)
        return stored

    def save_model(self, request, obj, form, change):
        """Write what the rule lets this user write, and nothing that would leave their reach."""
        if change and not is_rehearsing(request):
            stored = type(obj)._base_manager.get(pk=obj.pk)
            if not access.may_write(request.user, stored):
                raise PermissionDenied
            history.comment_with(form.cleaned_data.get("comment", ""))
        super().save_model(request, obj, form, change)
        if not access.in_reach(request.user, obj):
            raise PermissionDenied

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.saved = form.instance  # for whoever rehearses this request

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"shows_editing": True, "may_write": obj is None or self.may_write(request, obj)}
        if not context["may_write"]:
            hidden = ["show_save", "show_save_and_continue", "show_save_and_add_another"]
            context |= dict.fromkeys(hidden, False)
        access.hide_unseen(request.user, [obj] if obj is not None and obj.pk else [])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def may_write(self, request, obj) -> bool:
        """By the record as stored, which the form may have changed in memory."""
        stored = type(obj)._base_manager.filter(pk=obj.pk).first()
        return stored is not None and access.may_write(request.user, stored)

    def message_user(self, request, *args, **kwargs):
        if not is_rehearsing(request):
            super().message_user(request, *args, **kwargs)


def may_edit(request, obj) -> bool:
    """Whether a user gets a form for a record as stored: what is typed into it does not decide."""
    rights = request.__dict__.setdefault("_rights", {})
    key = (type(obj), obj.pk)
    if key not in rights:
        rights[key] = access.may_edit(request.user, obj)
    return rights[key]


def plain(text: str) -> str:
    """Text as a form's field takes it: no NUL, which no database of ours keeps."""
    return text.replace("\x00", "")


def is_rehearsing(request) -> bool:
    """Whether what this request writes is looked at and then undone."""
    return getattr(request, "rehearsing", False)
