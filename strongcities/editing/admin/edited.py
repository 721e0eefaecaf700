"""What the admin of every record of ours has: who gets a form, what it asks, what it shows."""

from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import Q
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from strongcities.editing.admin import saving
from strongcities.editing.admin.forms import OWN_FIELDS, EditedForm
from strongcities.editing.admin.history import HistoryAdmin
from strongcities.editing.admin.presence import note_present, present_view
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.history import with_place, with_rows
from strongcities.folding import terms
from strongcities.search import Searched
from strongcities.staff import access


class SeenChangeList(ChangeList):
    """A list whose columns do not name what the user does not see."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        access.hide_unseen(request.user, self.result_list)


class EditedAdmin(HistoryAdmin):
    """Access by one rule; what is posted goes the way of `saving`."""

    form = EditedForm
    change_form_template = "admin/editing/change_form.html"
    list_per_page = 50
    own_pages = [("<path:object_id>/present/", "present", present_view)]

    class Media:
        js = [Script("editing/dates.js", defer=True), Script("editing/names.js", defer=True)]

    # Who

    def get_queryset(self, request):
        return with_place(access.visible(request.user, super().get_queryset(request)))

    def get_object(self, request, object_id, from_field=None):
        """With its rows and what they name, which its form, its state and its checks all ask."""
        record = super().get_object(request, object_id, from_field)
        return record and with_rows(record)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or access.may_edit(request.user, obj))

    def lookup_allowed(self, lookup, value, request):
        """No list is narrowed by records that may be hidden, but as its own filters do."""
        asks_others = lookup.split("__")[0] in {one.name for one in self.opts.related_objects}
        own = [one[0] if isinstance(one, tuple) else one for one in self.list_filter]
        own = tuple(getattr(one, "parameter_name", one) for one in own)
        if asks_others and not lookup.startswith(own):
            return False
        return super().lookup_allowed(lookup, value, request)

    # The list

    def get_search_results(self, request, queryset, search_term):
        """What the fields hold as typed, and what search finds, also within words: "Pec", "eć"."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not issubclass(self.model, Searched) or not (asked := terms(search_term)):
            return found, may_repeat
        anywhere = [tuple(form.strip() for form in forms) for forms in asked]
        alike = queryset.with_words(anywhere).order_by().values("pk")
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=alike)), False

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except OverflowError:  # a number in the address that no column holds
            return HttpResponseRedirect(f"{request.path}?e=1")

    def get_changelist(self, request, **kwargs):
        return SeenChangeList

    # The form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", access.choices(request.user, db_field))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name not in OWN_FIELDS]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (_("This change"), {"fields": self.own_fields(request, obj)})]

    def own_fields(self, request, obj) -> list[str]:
        return ["comment"]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            return saving.post(self, request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"shows_editing": True, "may_write": True}
        if obj is not None:
            context |= self.context_of(request, obj)
            access.hide_unseen(request.user, [obj])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def context_of(self, request, stored: models.Model) -> dict:
        """What the form's page says of a stored record, beside the form itself."""
        may_write = access.may_write(request.user, stored)
        buttons = ("show_save", "show_save_and_continue", "show_save_and_add_another")
        return {
            "seen": fingerprint(state_of(stored)),
            "may_write": may_write,
            "hides_history": not self.shows_history(request, stored),
            **({} if may_write else dict.fromkeys(buttons, False)),
            **note_present(self, request, stored),
        }

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    # What becomes of it: a hook of `saving`

    def sentences_on(self, saved: models.Model, form, change: bool) -> list[str]:
        """What the editor is told of what was saved."""
        return []
