"""Importing a page in the admin: paste or upload, look, tick, take, undo."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from journeys.admin.import_contexts import (
    error_in_words,
    lines_context,
    page_context,
    problems_context,
    save_ticks,
)
from journeys.import_desk import kept, steps, taking, undoing
from journeys.imports.read import PageError
from journeys.models import ImportState, Milestone, PageImport
from strongcities.staff import access

CORRECTED_IN_THE_FORM = 1_000_000  # bytes of a page that a browser gets back to mend
STILL_OPEN = (
    ImportState.READING,
    ImportState.COMPARING,
    ImportState.UNREADABLE,
    ImportState.READY,
    ImportState.UNDONE,
)


class PageForm(forms.Form):
    """A page's text, pasted or as a file; whatever its characters, they are the reader's affair."""

    text = forms.Field(
        label=gettext_lazy("Paste the page's text"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 16, "class": "vLargeTextField", "spellcheck": "false"}
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Plain text in UTF-8, at most 5 MB."),
    )

    def clean(self):
        cleaned = super().clean()
        text, file = cleaned.get("text") or "", cleaned.get("file")
        if file and text.strip():
            raise ValidationError(_("Paste the text or choose a file, not both."))
        if not file and not text.strip():
            raise ValidationError(_("Paste the text of the page, or choose a file."))
        if (file.size if file else len(text.encode())) > kept.MOST_BYTES:
            raise ValidationError(_("The page has more than 5 MB. Divide it."))
        cleaned["name"] = file.name if file else _("pasted text")
        cleaned["content"] = file.read() if file else text.encode()
        return cleaned


@admin.register(PageImport)
class PageImportAdmin(admin.ModelAdmin):
    """Everybody meets their own imports only."""

    def has_view_permission(self, request, obj=None):
        return access.may(request.user, "add", Milestone)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return PageImport.objects.of(request.user)

    def get_urls(self):
        def view(function):
            return self.admin_site.admin_view(function)

        name = "journeys_pageimport"
        return [
            path("", view(self.start_view), name=f"{name}_changelist"),
            path("<int:pk>/", view(self.page_view), name=f"{name}_change"),
            path("<int:pk>/text/", view(require_safe(self.text_view)), name=f"{name}_text"),
            path(
                "<int:pk>/problems/",
                view(require_safe(self.problems_view)),
                name=f"{name}_problems",
            ),
        ]

    # Bringing a page

    def start_view(self, request):
        """The form, and the imports of the last days."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = PageForm(request.POST or None, request.FILES or None, initial=self.again(request))
        if request.method == "POST" and form.is_valid():
            page = self.bring(request, form)
            if page is not None:
                return HttpResponseRedirect(address_of(page))
        context = {"form": form, "imports": self.get_queryset(request)[:20]}
        return self.render(request, "start", _("Import a page"), context)

    def again(self, request) -> dict:
        """The text of an earlier import, to be mended."""
        pk = request.GET.get("from", "")
        page = self.get_queryset(request).filter(pk=pk).first() if is_number(pk) else None
        if page is None or page.size > CORRECTED_IN_THE_FORM:
            return {}
        return {"text": page.bytes.decode().removeprefix("\ufeff")}

    def bring(self, request, form) -> PageImport | None:
        """Keep the page, and read it at once if it is small; None where it is no page."""
        try:
            page = kept.keep(request.user, form.cleaned_data["content"], form.cleaned_data["name"])
        except PageError as error:
            form.add_error(None, error_in_words(error))
            return None
        steps.go_on_if_small(page, request.user)
        if page.state == ImportState.UNREADABLE and page.problem_total == 1:
            form.add_error(None, kept.in_words(page.problems[0]))
            page.delete()
            return None
        return page

    # Looking, taking, undoing

    def page_view(self, request, pk):
        page = self.own_or_404(request, pk)
        if request.method == "POST":
            return self.act(request, page)
        if not steps.is_under_way(page):
            context = page_context(page, request) | {"page_import": page}
            context["may_mend"] = page.size <= CORRECTED_IN_THE_FORM
            return self.render(request, "page", title_of(page), context)
        if "step" not in request.GET:
            return self.progress(request, page, 1)
        steps.go_on(page, request.user)
        if not steps.is_under_way(page):
            return HttpResponseRedirect(address_of(page))
        step = request.GET["step"]
        return self.progress(request, page, int(step) + 1 if is_number(step) else 1)

    def progress(self, request, page, step: int):
        """Leads on by itself, without a script, to the next step."""
        progress = steps.progress_of(page)
        context = {"page_import": page, "progress": progress, "next_step": step}
        return self.render(request, "progress", title_of(page), context)

    def act(self, request, page):
        """What the button that was pressed says; what is ticked is kept in any case."""
        if "_discard" in request.POST and page.state in STILL_OPEN:
            page.delete()
            self.message_user(request, _("Thrown away: nothing of it is kept."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:journeys_pageimport_changelist"))
        save_ticks(page, request.POST, request.user)
        if "_take" in request.POST:
            return self.take(request, page)
        if "_undo" in request.POST:
            undoing.start(page)
            steps.go_on(page, request.user)
        return HttpResponseRedirect(address_of(page) + query_of(request.POST))

    def take(self, request, page):
        try:
            taking.start(page, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(address_of(page) + query_of(request.POST))
        steps.go_on(page, request.user)
        return HttpResponseRedirect(address_of(page))

    # The text, and what is wrong with it

    def text_view(self, request, pk):
        page = self.own_or_404(request, pk)
        context = lines_context(page, request.GET) | {"page_import": page}
        return self.render(request, "text", _("The page's text"), context)

    def problems_view(self, request, pk):
        page = self.own_or_404(request, pk)
        context = problems_context(page, request.GET) | {"page_import": page}
        return self.render(request, "problems", _("Problems by line"), context)

    def own_or_404(self, request, pk) -> PageImport:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def render(self, request, name: str, title: str, context: dict):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        template = f"admin/journeys/import/{name}.html"
        return TemplateResponse(request, template, context | {"title": title})


def title_of(page: PageImport) -> str:
    return _("Import a page: %(name)s") % {"name": page.name}


def address_of(page: PageImport) -> str:
    return reverse("admin:journeys_pageimport_change", args=[page.pk])


def query_of(posted) -> str:
    """Where in the plan the person wants to be next, or was."""
    if "_all" in posted:
        return ""
    city = posted.get("_alone", posted.get("city", ""))
    page = "" if "_alone" in posted else posted.get("_page", posted.get("page", ""))
    parts = {"city": city, "page": page}
    query = "&".join(f"{name}={value}" for name, value in parts.items() if is_number(value))
    return f"?{query}" if query else ""


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
