"""A page exactly as the public would see it, before it does; and links to show it to others."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from strongcities.editing.admin import saving
from strongcities.editing.admin.posted import problems_page
from strongcities.editing.models import PreviewLink
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
    context = {"title": _("Preview link"), "original": record, "days": settings.PREVIEW_DAYS}
    if request.method == "POST":
        context |= answer_of(request, record)
    links = PreviewLink.objects.of(record).open()
    context["links"] = links.order_by("-made_at").select_related("maker")
    page = admin.own_page(request, "admin/editing/preview_link.html", context)
    return kept_private(page.render())


def answer_of(request, record) -> dict:
    """Make a link, or end one or all; what was done stands in the log."""
    if "end" in request.POST:
        which = request.POST["end"]
        links = PreviewLink.objects.of(record)
        ended = links if which == "all" else links.filter(pk=which if which.isdecimal() else 0)
        number = ended.end()
        audit.note(request.user, "preview link", record, coded("links-ended", n=number))
        return {"ended": number}
    link = PreviewLink.objects.create(record=record, maker=request.user)
    until = link.until.isoformat()
    audit.note(request.user, "preview link", record, coded("link-until", at=until))
    return {"address": link.address, "until": link.until}


def is_shared(request, stored) -> bool:
    if stored.is_public or stored.status == Status.WITHDRAWN:
        return False
    return access.may_edit(request.user, stored)
