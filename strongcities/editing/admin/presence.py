"""Who else has a form open: told when it is served, and by a script while it is open."""

from django.contrib.admin.utils import unquote
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strongcities.editing import presence
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.records import address_of


def note_present(admin, request, record) -> dict:
    """For the form's page: who else has it open. Only who may change it has it open themselves."""
    if not admin.has_change_permission(request, record):
        return {"present": sentences(record, request.user)}
    presence.open_form(record, request.user)
    address = address_of(record, "present")
    return {"present": sentences(record, request.user), "present_url": address}


@method_decorator(require_POST)
def present_view(admin, request, object_id):
    """A form's script: it is open still, or it is being left; who else is here."""
    record = admin.get_object(request, unquote(object_id))
    if record is None or not admin.has_change_permission(request, record):
        raise Http404
    if "left" in request.POST:
        presence.close(record, request.user)
        return JsonResponse({"present": []})
    presence.hear(record, request.user)
    present = [*sentences(record, request.user), *saved_since(record, request)]
    return JsonResponse({"present": present})


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
