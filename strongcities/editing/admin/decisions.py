"""The list of proposals, and the page on which a publisher decides one."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strongcities.direction import filled
from strongcities.editing import locks, proposals
from strongcities.editing.admin.audit import LoggedAdmin
from strongcities.editing.admin.forms import plain, posted_under
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.differences import differences
from strongcities.editing.labels import Labels
from strongcities.editing.models import Proposal
from strongcities.numbers import whole_number
from strongcities.staff import access

# For each clash a field says which text to keep, and one holds a joined text.
KEEP, TEXT = "keep:", "text:"


@admin.register(Proposal)
class ProposalAdmin(LoggedAdmin):
    """Publishers see what they may decide, others what they have proposed."""

    list_display = ["record_name", "kind", "state", "proposed_by", "proposed_at", "decided_by"]
    list_filter = ["state", ("content_type", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_type", "proposed_by", "decided_by"]
    search_fields = ["record_name", "note", "reason"]
    list_per_page = 50

    def get_queryset(self, request):
        return proposals.visible_to(request.user)

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission

    @admin.display(description=gettext_lazy("kind"), ordering="content_type")
    def kind(self, obj):
        return obj.content_type.name

    def preview(self, request, pk):
        """The public page as it would be with the proposal."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        proposal = get_object_or_404(self.get_queryset(request), pk=pk)
        if not sees_record(request.user, proposal):
            raise Http404
        try:
            return proposals.preview_of(request, proposal)
        except ValidationError as error:
            return self.page(request, proposal, error.messages)

    own_pages = [("<int:pk>/preview/", "preview", preview)]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The proposal beside the live record; and what is to become of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        proposal = get_object_or_404(self.get_queryset(request), pk=whole_number(object_id))
        refused = []
        if request.method == "POST":
            try:
                return locks.tried_twice(partial(self.decide, request, proposal))
            except ValidationError as error:
                refused = error.messages
        return self.page(request, proposal, refused)

    def decide(self, request, proposal):
        """What the button that was pressed says; raises ValidationError in words."""
        if "_approve" in request.POST:
            keep, texts = posted_under(request.POST, KEEP), posted_under(request.POST, TEXT)
            seen = request.POST.get("seen", "")
            proposals.approve(proposal, request.user, keep, texts, seen)
            done = _("Approved: the public page now says so.")
        elif "_decline" in request.POST:
            proposals.decline(proposal, request.user, plain(request.POST.get("reason", "")))
            done = _("Declined. The person who proposed it sees your reason.")
        elif "_take_back" in request.POST:
            proposals.take_back(proposal, request.user)
            done = _("Taken back.")
        else:
            raise ValidationError(_("Choose what is to become of the proposal."))
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def page(self, request, proposal, refused):
        context = {
            "title": filled(_("Proposed change: %(record)s"), {"record": proposal.record_name}),
            "proposal": proposal,
            "record": proposal.record if sees_record(request.user, proposal) else None,
            "refused": refused,
            "reason": request.POST.get("reason", ""),
            "may_decide": proposals.may_decide(request.user, proposal),
            "may_take_back": proposals.may_take_back(request.user, proposal),
            **compared(proposal, request),
        }
        return self.own_page(request, "admin/editing/proposal.html", context)


def sees_record(user, proposal: Proposal) -> bool:
    """Whether its record is there still, and not by now a draft of another hub."""
    return proposal.record is not None and access.sees(user, proposal.record)


def compared(proposal: Proposal, request) -> dict:
    """What the proposal changes, and what has changed meanwhile in the live record."""
    model = proposal.content_type.model_class()
    labels = Labels(request.user)
    own = differences(model, proposal.base, proposal.proposed, labels)
    if not proposal.is_open or not sees_record(request.user, proposal):
        return {"changed": own, "clashing": [], "meanwhile": []}
    comparison = proposals.compared_with_live(proposal)
    theirs = differences(model, proposal.base, comparison.live, labels)
    clashing = set(comparison.clashes)
    return {
        "changed": [one for one in own if one.key not in clashing],
        "clashing": pairs(own, theirs, comparison, request.POST),
        "seen": fingerprint(state_of(proposal.record)) if clashing else "",
        "meanwhile": [one for one in theirs if one.key not in clashing],
    }


def pairs(own, theirs, comparison: proposals.Comparison, posted) -> list[dict]:
    """For each clash both sides, what was chosen, and the corrections of both in one text."""
    live, keep = {one.key: one for one in theirs}, posted_under(posted, KEEP)
    joined = {key: one.text for key, one in comparison.joined.items()} | posted_under(posted, TEXT)
    return [
        {
            "proposed": one,
            "live": live[one.key],
            "chosen": keep.get(one.key, ""),
            "is_text": one.key in comparison.joined,
            "joined": joined.get(one.key, ""),
        }
        for one in own
        if one.key in comparison.clashes
    ]
