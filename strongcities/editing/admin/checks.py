"""Checks before publishing: what stops it, and what may be said to be right."""

from django.contrib import admin, messages

from strongcities.editing import checks
from strongcities.editing.admin.saving import is_rehearsing, may_edit, plain
from strongcities.editing.checks import Finding
from strongcities.editing.preview import looking
from strongcities.publishing import Status

NOTE = "right:"  # before a finding's code: the name of the field that says why it is right


class ChecksAdmin(admin.ModelAdmin):
    """Looks at what would be published before it is; the form shows what it found."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        publishes = request.POST.get("status") == Status.PUBLISHED
        if request.method == "POST" and publishes and not is_rehearsing(request):
            request.stopping = self.stopped_by(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def stopped_by(self, request, object_id, form_url, extra_context) -> list[Finding]:
        """Save as typed, look what is to be said of it, and undo it."""
        stored = self.get_object(request, object_id) if object_id else None
        known = checks.errors(stored) if stored and stored.status == Status.PUBLISHED else None
        request.rehearsing, request.saved = True, None
        with looking():
            super().changeform_view(request, object_id, form_url, extra_context)
            stops = [] if request.saved is None else self.stops(request, known)
        request.rehearsing = False
        return stops

    def stops(self, request, known: set[str] | None) -> list[Finding]:
        saved = type(request.saved)._base_manager.get(pk=request.saved.pk)
        found = checks.stopping(saved, notes_in(request.POST))
        return [one for one in found if known is None or (one.is_error and one.code not in known)]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.stopping = getattr(request, "stopping", [])
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if is_rehearsing(request):
            return
        saved = type(form.instance)._base_manager.get(pk=form.instance.pk)
        checks.acknowledge(saved, request.user, notes_in(request.POST))
        for one in checks.stopping(saved):
            self.message_user(request, one.sentence, messages.WARNING)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        stopping = getattr(request, "stopping", [])
        context["stopping"] = [(one, request.POST.get(NOTE + one.code, "")) for one in stopping]
        is_looked_at = obj is not None and obj.pk and not stopping and request.method == "GET"
        if is_looked_at and may_edit(request, obj):
            context["findings"] = seen_by_editors(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def notes_in(posted) -> dict[str, str]:
    """Why each warning is right, by its code; at most 250 characters each."""
    return {
        name.removeprefix(NOTE): plain(text)[:250]
        for name, text in posted.items()
        if name.startswith(NOTE)
    }


def seen_by_editors(record) -> list[tuple[Finding, object]]:
    """Each finding with what was said about it, if anything was."""
    said = checks.acknowledgements(record)
    return [(one, said.get((one.code, one.sentence))) for one in checks.findings(record)]
