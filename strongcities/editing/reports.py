"""Reports: what is missing or doubtful, each line with the way to where it is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from strongcities.editing.export import FORMATS, as_file
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded

PER_PAGE = 100
AT_ONCE = 500  # rows of a file


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing to look at: its cells, and the address of the form where it is mended."""

    cells: tuple[object, ...]
    address: str = ""


@dataclass(frozen=True)
class Report:
    """A list of things to look at.

    `rows` is asked with the user and the filters chosen for a queryset or a list, `line` for the
    line of one of them that is shown.
    """

    slug: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: Callable[[object, dict], models.QuerySet | list]
    line: Callable[[object], ReportLine]
    model: type[models.Model]


REPORTS: dict[str, Report] = {}
FILTERS: dict[str, Callable] = {}


def offer(*reports: Report) -> None:
    REPORTS.update({report.slug: report for report in reports})


def filter_by(**fields: Callable) -> None:
    """How a filter is chosen: a function from a user to a form field."""
    FILTERS.update(fields)


# The page of one: filtered by the address, as a file on request


def offered_to(user) -> list[Report]:
    return [report for report in REPORTS.values() if access.may(user, "view", report.model)]


@require_safe
def report_view(request, slug):
    """Nothing is shown for a filter that is not understood, rather than all of it."""
    report = REPORTS.get(slug)
    if report is None:
        raise Http404
    if not access.may(request.user, "view", report.model):
        raise PermissionDenied
    fields = {name: field(request.user) for name, field in FILTERS.items()}
    form = type("ReportFilters", (forms.Form,), fields)(request.GET)
    rows = report.rows(request.user, form.cleaned_data) if form.is_valid() else []
    kind = request.GET.get("format")
    if kind in FORMATS and form.is_valid():
        details = coded("report-exported", report=slug, format=kind)
        audit.note(request.user, "exported", details=details)
        rows = rows if isinstance(rows, list) else rows.iterator(chunk_size=AT_ONCE)
        cells = (report.line(row).cells for row in rows)
        return as_file(kind, slug, list(map(str, report.columns)), cells)
    return TemplateResponse(
        request, "admin/editing/report.html", context_of(request, report, form, rows)
    )


def context_of(request, report: Report, form, rows) -> dict:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [report.line(row) for row in page]
    return {
        **admin.site.each_context(request),
        "title": report.title,
        "report": report,
        "reports": offered_to(request.user),
        "form": form,
        "page": page,
    }
