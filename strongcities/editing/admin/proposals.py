"""Changes that wait for a publisher: how a form makes them, and what it says of them."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from strongcities.editing import proposals
from strongcities.editing.admin.saving import is_rehearsing, plain
from strongcities.editing.contents import Contents, contents_of
from strongcities.editing.rehearsal import rehearsal
from strongcities.staff import access


class ProposalsAdmin(admin.ModelAdmin):
    """A save by somebody who may not publish, or with "propose", leaves the live record alone."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id and not is_rehearsing(request):
            stored = self.get_object(request, object_id)
            if stored is not None and self.proposes(request, stored):
                return self.propose(request, stored, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def proposes(self, request, stored) -> bool:
        if not access.may_propose(request.user, stored):
            return False
        return "_propose" in request.POST or not access.may_write(request.user, stored)

    def propose(self, request, stored, form_url, extra_context):
        """Save as if it were allowed, note what the record says then, and undo it."""
        request.rehearsing, request.saved = True, None
        with rehearsal():
            base = contents_of(stored)
            response = super().changeform_view(request, str(stored.pk), form_url, extra_context)
            if request.saved is None:  # the form has errors, and says so
                return response.render() if hasattr(response, "render") else response
            wanted = contents_of(type(stored)._base_manager.get(pk=stored.pk))
        request.rehearsing = False
        return self.keep_proposal(request, stored, base, wanted)

    def keep_proposal(self, request, stored, base: Contents, wanted: Contents):
        note = plain(request.POST.get("comment", ""))[:250]
        readers_note = plain(request.POST.get("readers_note", ""))[:250]
        try:
            proposal = proposals.propose(request.user, stored, wanted, note, readers_note, base)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
            return HttpResponseRedirect(request.path)
        address = reverse("admin:editing_proposal_change", args=[proposal.pk])
        sentence = _("Your change to “{}” is proposed; the public page stays as it is. {}")
        link = format_html('<a href="{}">{}</a>', address, _("See the proposal"))
        self.message_user(request, format_html(sentence, stored, link), messages.SUCCESS)
        meta = self.opts
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk:
            stored = type(obj)._base_manager.filter(pk=obj.pk).first()
            context["may_propose"] = stored and access.may_propose(request.user, stored)
            waiting = proposals.open_for(obj) & proposals.visible_to(request.user)
            context["open_proposals"] = waiting.order_by("proposed_at")
        return super().render_change_form(request, context, add, change, form_url, obj)
