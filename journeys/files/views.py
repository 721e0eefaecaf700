"""Lists and records as files: the page's own address, with what it ends in."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from journeys.files.answers import file_of, file_of_one
from journeys.files.columns import TABLES
from journeys.files.found import found, of_record

MILESTONES = TABLES["milestones"]


@require_safe
def milestone_list(request, form):
    """The milestones that the page of the same filters shows."""
    return file_of(MILESTONES, found(request.GET), form, "journeys")


@require_safe
def record_list(request, table, form):
    """All cities, regions, themes, events or initiatives."""
    return file_of(TABLES[table], TABLES[table].keys(), form, table)


@require_safe
def record(request, table, filter_name, slug, form):
    """What is told of one record: its milestones; as JSON with itself."""
    table = TABLES[table]
    record = get_public(table.model.objects, slug)
    keys = of_record(filter_name, record.slug)
    if form == "csv":
        return file_of(MILESTONES, keys, form, record.slug)
    (told,) = table.records([record.pk])
    return file_of_one(told, MILESTONES, keys, record.slug)


def get_public(records, slug: str):
    """Regions and themes are always public."""
    if hasattr(records, "get_public"):
        return records.get_public(slug=slug)
    return get_object_or_404(records, slug=slug)
