"""A page exactly as the public would see it, before it does; and links to show it to others."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from strongcities.editing import preview_link
from strongcities.editing.admin import saving
from strongcities.editing.admin.pages import admin_page
from strongcities.editing.admin.posted import problems_page
from strongcities.editing.preview import kept_private, preview_of
from strongcities.publishing import Status
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded


def preview_view(admin, request, object_id=None):
    """What is typed, if a form is posted; else what is stored."""
    stored = stored_or_404(admin, request, object_id) if object_id else None
    try:
        if request.method == "POST":
            return saving.post(admin, request, str(stored.pk) if stored else None, is_preview=True)
        if stored is None:  # the address of a preview, opened again
            return HttpResponseRedirect("..")
        return preview_of(request, stored, request.user)
    except ValidationError as error:
        problems = [("", message) for message in error.messages]
        return problems_page(admin, request, stored, problems)


def stored_or_404(admin, request, object_id):
    record = admin.get_object(request, object_id)
    if record is None or not access.sees(request.user, record):
        raise Http404
    return record


def preview_link_view(admin, request, object_id):
    """Asks, and when told to, makes a link; that it was made stands in the log."""
    record = stored_or_404(admin, request, object_id)
    if record.is_public:
        return redirect(record)
    if record.status == Status.WITHDRAWN:
        raise Http404
    if not access.may_edit(request.user, record):
        raise PermissionDenied
    context = {
        "title": _("Preview link"),
        "original": record,
        "days": preview_link.LASTS.days,
    }
    if request.method == "POST":
        token = preview_link.token_for(record, request.user)
        until = preview_link.until(token)
        audit.note(request.user, "preview link", record, coded("link-until", at=until.isoformat()))
        context |= {"address": preview_link.address_of(request, token), "until": until}
    page = admin_page(admin, request, "admin/editing/preview_link.html", context)
    return kept_private(page.render())


def is_shared(request, stored) -> bool:
    """Whether a guest may be shown a stored record by a link."""
    if stored.is_public or stored.status == Status.WITHDRAWN:
        return False
    return access.may_edit(request.user, stored)
