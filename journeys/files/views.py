"""Lists and records as files: the page's own address, with what it ends in."""

from django.conf import settings
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from journeys.files import archive
from journeys.files.answers import features, file_of, file_of_one, in_turn
from journeys.files.columns import TABLES
from journeys.files.dataset import data_page
from journeys.files.timeline import MOST, timeline
from journeys.models import Milestone
from journeys.pages.listing import found, found_of
from strongcities.for_programs import Problem

MILESTONES = TABLES["milestones"]
OF_ARCHIVE = (
    ("Content-Type", "application/zip"),
    ("Content-Disposition", 'attachment; filename="member-journeys.zip"'),
    ("Cache-Control", "no-cache"),
    ("Accept-Ranges", "bytes"),
)


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
    record = table.get_public(slug=slug)
    keys = found_of(filter_name, record.slug)
    if form == "csv":
        return file_of(MILESTONES, keys, form, record.slug)
    (told,) = table.records([record.pk])
    return file_of_one(told, MILESTONES, keys, record.slug)


@require_safe
def cities_on_earth(request):
    """Every city as a place, or without one where its coordinates are not known."""
    table = TABLES["cities"]
    keys = table.keys()
    lines = features(table, keys)
    return in_turn(StreamingHttpResponse(lines, content_type="application/geo+json"), keys)


@require_safe
def timeline_of_list(request):
    return timeline_of(str(_("Journeys")), found(request.GET), group_by_city=True)


@require_safe
def timeline_of_record(request, table, filter_name, slug):
    """A city's journey, or what cities tell of an event, a theme and so on."""
    record = TABLES[table].get_public(slug=slug)
    keys = found_of(filter_name, record.slug)
    return timeline_of(str(record), keys, group_by_city=filter_name != "city")


def timeline_of(title: str, keys: list[int], group_by_city: bool) -> JsonResponse:
    if len(keys) > MOST:
        words = _("A timeline shows at most %(most)s milestones: narrow them by filters.")
        raise Problem(400, words % {"most": MOST})
    milestones = Milestone.objects.published().for_slides().in_bulk(keys)
    told = timeline(title, [milestones[key] for key in keys if key in milestones], group_by_city)
    if not told["events"]:
        raise Problem(404, _("No milestone here has a date to stand at on a timeline."))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@require_safe
def data(request):
    """What there is to take, what its columns mean, on which terms, and how to cite it."""
    return render(request, "data.html", data_page())


@require_safe
def whole(request):
    """The archive, once there is one: from where its fetching broke off, if that is asked for."""
    tag = archive.etag_of(settings.ARCHIVE)
    if tag is None:
        raise Problem(404, _("No archive has been written yet."))
    if request.headers.get("If-Range", tag) != tag:  # of another one
        request.META.pop("HTTP_RANGE", None)
    file = StaticFile(settings.ARCHIVE, [*OF_ARCHIVE, ("ETag", tag)])
    return WhiteNoiseMiddleware.serve(file, request)
