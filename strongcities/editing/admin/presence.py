"""Who else has a form open: told when it is served, and by a script while it is open."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strongcities.editing import presence
from strongcities.editing.admin.saving import is_rehearsing
from strongcities.editing.contents import fingerprint, state_of


class PresenceAdmin(admin.ModelAdmin):
    """Notes who opens a form and who leaves it, and tells those who have it open too."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_present"
        view = self.admin_site.admin_view(require_POST(self.present_view))
        return [path("<path:object_id>/present/", view, name=name), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        is_saved = request.method == "POST" and isinstance(response, HttpResponseRedirect)
        if object_id and is_saved and not is_rehearsing(request):
            record = self.get_object(request, unquote(object_id))
            if record is not None:
                presence.close(record, request.user)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and not is_rehearsing(request) and context["original"] is not None:
            self.note_present(request, context["original"], context)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def note_present(self, request, record, context) -> None:
        """Only who may change a record has its form open; who may look is told all the same."""
        if self.has_change_permission(request, record):
            presence.open_form(record, request.user)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_present"
            context["present_url"] = reverse(name, args=[record.pk])
        context["present"] = sentences(record, request.user)

    def present_view(self, request, object_id):
        """A form's script: it is open still, or it is being left; who else is here."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_change_permission(request, record):
            raise Http404
        if "left" in request.POST:
            presence.close(record, request.user)
            return JsonResponse({"present": []})
        presence.hear(record, request.user)
        told = [*sentences(record, request.user), *saved_since(record, request)]
        return JsonResponse({"present": told})


def sentences(record, user) -> list[str]:
    """A sentence on each of the others who have the record's form open."""
    return [
        _("%(who)s has had this open since %(time)s.")
        % {
            "who": form.user.get_full_name() or form.user.get_username(),
            "time": time_in_words(form.opened_at),
        }
        for form in presence.others(record, user)
    ]


def saved_since(record, request) -> list[str]:
    """A sentence for who still has an earlier state before them."""
    seen = request.POST.get("seen", "")
    if not seen or seen == fingerprint(state_of(record)):
        return []
    return [_("This has been saved since you opened it. When you save, you will see both texts.")]


def time_in_words(time) -> str:
    """The time; the day too, unless it is today."""
    local = timezone.localtime(time)
    is_today = local.date() == timezone.localdate()
    return date_format(local, "H:i" if is_today else "j F, H:i")
