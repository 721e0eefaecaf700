"""Importing a page in the admin: paste or upload, look, tick, take, undo; one request each."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from journeys.imports.form import Posted, read_posted
from journeys.imports.pages import numbered_lines, plan_context, read, results_of
from journeys.imports.read import PageError, decode, parse, plain
from journeys.imports.read.files import Plain
from journeys.imports.undo import undo
from journeys.imports.write import write_chosen
from journeys.imports.written import as_stored, written_from
from journeys.models import ImportState, Milestone, PageImport
from strongcities.direction import filled
from strongcities.editing import locks
from strongcities.numbers import whole_number
from strongcities.staff import access
from strongcities.staff.sentences import coded

# What one request takes: measured, that taking it lasts a few seconds.
MOST_BYTES = 400_000
MOST_MILESTONES = 1200
MOST_FILE_BYTES = 10_000_000  # of a Word document, pictures and all

TOO_LARGE = gettext_lazy(
    "The page is too large for the admin, which takes 400 KB and 1200 milestones. Divide it, or "
    "ask whoever runs the portal for the command “manage.py import_journeys FILE”."
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
        help_text=gettext_lazy("Plain text in UTF-8, .docx or .html, with at most 400 KB of text."),
    )

    def clean(self):
        cleaned = super().clean()
        text, file = cleaned.get("text") or "", cleaned.get("file")
        if file and text.strip():
            raise ValidationError(_("Paste the text or choose a file, not both."))
        if not file and not text.strip():
            raise ValidationError(_("Paste the text of the page, or choose a file."))
        if file and file.size > MOST_FILE_BYTES:
            raise ValidationError(TOO_LARGE)
        page = readable(file.read(), file.name) if file else readable(text.encode(), "")
        return page._asdict() | {"name": file.name if file else _("pasted text")}


def readable(content: bytes, name: str) -> Plain:
    """The text of a page; ValidationError in words where it has none to read, or too much of it."""
    try:
        text = plain(content, name)
        if len(text.content) > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        page = parse(decode(text.content))
    except PageError as error:
        problem = error.problems[0]
        params = {"line": problem.line, "message": filled(_(problem.template), problem.params)}
        words = _("Line %(line)s: %(message)s") if problem.line else "%(message)s"
        raise ValidationError(words % params) from error
    if sum(len(city.milestones) for city in page.cities) > MOST_MILESTONES:
        raise ValidationError(TOO_LARGE)
    return text


@admin.register(PageImport)
class PageImportAdmin(admin.ModelAdmin):
    """Everybody meets their own imports only."""

    def has_view_permission(self, request, obj=None):
        return access.may(request.user, "add", Milestone)

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission

    def get_queryset(self, request):
        return PageImport.objects.of(request.user)

    def get_urls(self):
        view, name = self.admin_site.admin_view, "journeys_pageimport"
        text_view = view(require_safe(self.text_view))
        return [
            path("", view(self.start_view), name=f"{name}_changelist"),
            path("<int:pk>/", view(self.page_view), name=f"{name}_change"),
            path("<int:pk>/text/", text_view, name=f"{name}_text"),
        ]

    # Bringing a page

    def start_view(self, request):
        """The form, and the imports of the last days."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = PageForm(request.POST or None, request.FILES or None, initial=self.again(request))
        if request.method == "POST" and form.is_valid():
            PageImport.objects.forget_old()
            data = form.cleaned_data
            content, name = data["content"], data["name"][:120]
            page = PageImport.objects.create(
                user=request.user, content=content, size=len(content), name=name
            )
            for problem in data["problems"]:
                words = filled(_(problem.template), problem.params)
                self.message_user(request, words, messages.WARNING)
            return redirect("admin:journeys_pageimport_change", page.pk)
        context = {"form": form, "imports": self.get_queryset(request)[:20]}
        return self.render(request, "start", _("Import a page"), context)

    def again(self, request) -> dict:
        """The text of an earlier import, to be mended or looked at again."""
        pk = whole_number(request.GET.get("from", ""))
        page = self.get_queryset(request).filter(pk=pk).first()
        return {"text": decode(page.bytes)} if page else {}

    # Looking, taking, undoing

    def page_view(self, request, pk):
        page = self.own_or_404(request, pk)
        if request.method != "POST":
            return self.show(request, page)
        posted = read_posted(request.POST)
        ways = {"_take": self.take, "_undo": self.undo, "_discard": self.discard}
        way = next((ways[name] for name in ways if name in request.POST), None)
        try:
            if way:
                locks.tried_twice(partial(way, request, page, posted))
        except ValidationError as error:
            return self.show(request, page, posted, error.messages)
        except PageImport.DoesNotExist as gone:  # thrown away in another window
            raise Http404 from gone
        if page.pk is None:
            self.message_user(request, _("Thrown away: nothing of it is kept."), messages.SUCCESS)
            return redirect("admin:journeys_pageimport_changelist")
        return redirect("admin:journeys_pageimport_change", page.pk)

    def show(self, request, page, posted: Posted | None = None, errors=()):
        """The plan, with what was ticked, or what came of it."""
        context = {"page_import": page, "errors": errors}
        if page.state != ImportState.READY:
            context["results"] = results_of(page, request.user)
        else:
            context |= plan_context(page, request.user, posted)
        title = filled(_("Import a page: %(name)s"), {"name": page.name})
        return self.render(request, "page", title, context)

    @transaction.atomic
    def take(self, request, page, posted: Posted) -> None:
        """Raises ValidationError in words where nothing at all was taken."""
        page.lock()
        if page.state != ImportState.READY:
            return
        comment = coded("imported", file=page.name)
        choose = partial(posted.choose, user=request.user)
        _plan, written = write_chosen(read(page), comment, request.user, choose)
        if not any(each.is_anything for each in written):
            sentences = [one for each in written for one in each.not_taken]
            raise ValidationError([_("Not taken:"), *sentences])
        page.state, page.written = ImportState.TAKEN, as_stored(written)
        page.save(update_fields=["state", "written"])

    @transaction.atomic
    def undo(self, request, page, posted: Posted) -> None:
        page.lock()
        if page.state == ImportState.TAKEN:
            written = written_from(page.written)
            undo(written, request.user, coded("undone", file=page.name))
            page.state, page.written = ImportState.UNDONE, as_stored(written)
            page.save(update_fields=["state", "written"])

    @transaction.atomic
    def discard(self, request, page, posted: Posted) -> None:
        page.lock()
        if page.state != ImportState.TAKEN:
            page.delete()

    def text_view(self, request, pk):
        page = self.own_or_404(request, pk)
        context = {"page_import": page, "lines": numbered_lines(page)}
        return self.render(request, "text", _("The page's text"), context)

    def own_or_404(self, request, pk) -> PageImport:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def render(self, request, name: str, title: str, context: dict):
        site = self.admin_site.each_context(request)
        context = {**site, "opts": self.opts, "title": title, **context}
        return TemplateResponse(request, f"admin/journeys/import/{name}.html", context)
