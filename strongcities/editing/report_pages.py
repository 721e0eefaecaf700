"""The page of a report: filtered by the address, as a file on request."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from strongcities.editing.export import FORMATS, as_file
from strongcities.editing.reports import FILTERS, REPORTS, Report
from strongcities.staff import access, audit

PER_PAGE = 100


def offered_to(user) -> list[Report]:
    return [report for report in REPORTS.values() if access.may(user, "view", report.model)]


def filter_form(report: Report, user, data) -> forms.Form:
    fields = {name: FILTERS[name](user) for name in report.filters}
    return type("ReportFilters", (forms.Form,), fields)(data)


@require_safe
def report_view(request, slug):
    """Nothing is shown for a filter that is not understood, rather than all of it."""
    report = REPORTS.get(slug)
    if report is None:
        raise Http404
    if not access.may(request.user, "view", report.model):
        raise PermissionDenied
    form = filter_form(report, request.user, request.GET)
    lines = list(report.lines(request.user, form.cleaned_data)) if form.is_valid() else []
    kind = request.GET.get("format")
    if kind in FORMATS and form.is_valid():
        audit.note(request.user, "exported", details=f"{slug} ({kind})")
        return as_file(kind, slug, list(map(str, report.columns)), (line.cells for line in lines))
    return TemplateResponse(
        request, "admin/editing/report.html", context_of(request, report, form, lines)
    )


def context_of(request, report: Report, form, lines) -> dict:
    return {
        **admin.site.each_context(request),
        "title": report.title,
        "report": report,
        "reports": offered_to(request.user),
        "form": form,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
    }
