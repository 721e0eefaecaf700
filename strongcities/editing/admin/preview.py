"""A page exactly as the public would see it, before it does."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from strongcities.editing import preview_link
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.preview import kept_private, looking, page_of, preview_of
from strongcities.publishing import Status
from strongcities.staff import access, audit


class PreviewAdmin(admin.ModelAdmin):
    """Previews of what is typed and of what is saved, and links to show it to others."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        link = view(self.preview_link_view)
        return [
            path("add/preview/", view(self.preview_view), name=f"{name}_add_preview"),
            path("<path:object_id>/preview/", view(self.preview_view), name=f"{name}_preview"),
            path("<path:object_id>/preview-link/", link, name=f"{name}_preview_link"),
            *super().get_urls(),
        ]

    def preview_url(self, obj=None, action: str = "preview") -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{name}_{action}", args=[obj.pk]) if obj else reverse(f"{name}_add_preview")

    def preview_view(self, request, object_id=None):
        stored = self.stored_or_404(request, object_id) if object_id else None
        try:
            if request.method == "POST":
                return self.preview_typed(request, stored)
            if stored is None:  # the address of a preview, opened again
                return HttpResponseRedirect("..")
            return preview_of(request, stored, request.user)
        except ValidationError as error:
            return self.no_preview(request, stored, [("", message) for message in error.messages])

    def stored_or_404(self, request, object_id):
        obj = self.get_object(request, object_id)
        if obj is None or not access.sees(request.user, obj):
            raise Http404
        return obj

    def preview_typed(self, request, stored):
        """Save the form as Django would, look at the page, undo it all."""
        request.rehearsing, request.saved = True, None
        if stored is not None:  # who else has saved meanwhile does not matter to a look
            request.POST = request.POST.copy()
            request.POST["seen"] = fingerprint(state_of(stored))
        with looking() as pictures:
            form = self.changeform_view(request, str(stored.pk) if stored else None)
            if request.saved is not None:
                return page_of(request, request.saved, request.user, pictures, is_typed=True)
            if "adminform" not in form.context_data:  # there is no form for this user
                return form
            problems = list(problems_in(form.context_data))
        return self.no_preview(request, stored, problems)

    def no_preview(self, request, stored, problems):
        """What has to be put right first; what was typed is still in the form."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("No preview yet"),
            "opts": self.opts,
            "original": stored,
            "problems": problems,
            "is_typed": request.method == "POST",
        }
        return kept_private(render_now(request, "admin/editing/preview_problems.html", context))

    def preview_link_view(self, request, object_id):
        """Asks, and when told to, makes a link; that it was made stands in the log."""
        obj = self.stored_or_404(request, object_id)
        if obj.is_public:
            return redirect(obj)
        if obj.status == Status.WITHDRAWN:
            raise Http404
        if not access.may_edit(request.user, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview link"),
            "opts": self.opts,
            "original": obj,
            "days": preview_link.LASTS.days,
        }
        if request.method == "POST":
            token = preview_link.token_for(obj, request.user)
            until = preview_link.until(token)
            audit.note(request.user, "preview link", obj, f"until {until:%Y-%m-%d %H:%M} UTC")
            context |= {"address": preview_link.address_of(request, token), "until": until}
        return kept_private(render_now(request, "admin/editing/preview_link.html", context))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["preview_url"] = self.preview_url(obj)
        if obj is not None and self.shares(request, obj):
            context["preview_link_url"] = self.preview_url(obj, "preview_link")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def shares(self, request, obj) -> bool:
        """By the record as stored, which the form may have changed in memory."""
        stored = type(obj)._base_manager.filter(pk=obj.pk).first()
        if stored is None or stored.is_public or stored.status == Status.WITHDRAWN:
            return False
        return access.may_edit(request.user, stored)

    def get_list_display(self, request):
        columns = list(super().get_list_display(request))
        columns.insert(columns.index("status") + 1, "look")
        return columns

    @admin.display(description=_("page"))
    def look(self, obj):
        """Where a row of the list shows: its public page, or a preview of it."""
        if obj.is_public:
            return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("On site"))
        return format_html('<a href="{}">{}</a>', self.preview_url(obj), _("Preview"))


def render_now(request, template: str, context: dict) -> TemplateResponse:
    return TemplateResponse(request, template, context).render()


def problems_in(context: dict):
    """What is wrong with a form and its rows: where, in words, and what."""
    yield from problems_of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        name = str(inline.opts.verbose_name).capitalize()
        yield from ((name, message) for message in inline.formset.non_form_errors())
        for number, form in enumerate(inline.formset.forms, 1):
            yield from problems_of(form, f"{name} {number}")


def problems_of(form, place: str = ""):
    for field, messages in form.errors.items():
        label = str(form.fields[field].label or field) if field in form.fields else ""
        where = ", ".join(part for part in (place, label) if part)
        yield from ((where, message) for message in messages)
