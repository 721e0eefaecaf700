"""Events as calendars (RFC 5545): all, those of a journey, those that filters choose, one.

No date of ours has a time. A month is a span of whole days that takes nobody's time; what cannot
be said in a calendar, a decade or an end that is open, is left out.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.filters import filtered
from journeys.models import Event, Milestone, MilestoneEvent
from members.models import City
from strongcities.addresses import in_full
from strongcities.edtf import Certainty, Precision
from strongcities.for_programs import Problem
from strongcities.publishing import Status

HEAD = {
    "PRODID": "-//Strong Cities Network//Member Journeys//EN",
    "VERSION": "2.0",
    "CALSCALE": "GREGORIAN",
}
MOST = 1000
DAYS = re.compile(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?")  # dates that are known to the day
VAGUE = (Precision.DECADE, Precision.CENTURY)
EPOCH = 1_577_836_800  # 2020, before anything was published here: a sequence has 31 bits


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Of every event."""
    return answer(request, _("Events"), Event.objects.all())


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Of an event and its sessions; one that was withdrawn is told of as cancelled."""
    found = get_object_or_404(Event.objects.shown_once(), slug=slug)
    name = found.name if found.is_public else _("Withdrawn")
    return answer(request, name, Event.objects.filter(Q(pk=found.pk) | Q(parent=found)))


@require_safe
def journey(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the events that a city took part in."""
    city = City.objects.get_public(slug=slug)
    return answer(request, city.name, behind(Milestone.objects.published().filter(city=city)))


@require_safe
def journeys(request: HttpRequest) -> HttpResponse:
    """Of the events behind the milestones that the filters in the address choose."""
    return answer(request, _("Journeys"), behind(filtered(request.GET).matching()))


def behind(milestones: QuerySet[Milestone]) -> QuerySet[Event]:
    """The events that cities took part in by some milestones."""
    links = MilestoneEvent.objects.taking_part().filter(milestone__in=milestones.values("pk"))
    return Event.objects.filter(pk__in=links.values("event"))


def answer(request: HttpRequest, name: str, records: QuerySet[Event]) -> HttpResponse:
    """The calendar of some events; with `?precision=day` of those known to the day only."""
    import icalendar  # a fifth of a second of each start; loaded by the first calendar

    calendar = icalendar.Calendar()
    name = _("%(name)s – Strong Cities Member Journeys") % {"name": name}
    for field, value in [*HEAD.items(), ("NAME", name), ("X-WR-CALNAME", name)]:
        calendar.add(field, value)
    calendar.add("REFRESH-INTERVAL", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for told in entries(records, asked_precision(request)):
        entry = icalendar.Event()
        for field, value in told.items():
            entry.add(field, value)
        calendar.add_component(entry)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def asked_precision(request: HttpRequest) -> str:
    asked = request.GET.get("precision", "")
    if asked not in ("", "day"):
        said = _("“%(value)s” is not offered, only “day”.") % {"value": asked[:80]}
        raise Problem(400, said, filters={"precision": [said]})
    return asked


def entries(records: QuerySet[Event], precision: str) -> Iterator[dict]:
    """Of those with dates that a calendar can say, the latest first."""
    dated = records.shown_once().filter(date_earliest__isnull=False, date_latest__lt=date.max)
    for record in dated.exclude(date_precision__in=VAGUE).order_by("-date_latest", "pk")[:MOST]:
        is_exact = bool(DAYS.fullmatch(record.date))
        if can_be_said(record) and (is_exact or not precision):
            yield entry_of(record, is_exact)


def can_be_said(record: Event) -> bool:
    """Whether neither end of the date is a decade or a century."""
    reading = record.reading
    return not {reading.start.precision, reading.end.precision} & set(VAGUE)


def entry_of(record: Event, is_exact: bool) -> dict:
    """An event as whole days; of one that was withdrawn its identifier and dates alone."""
    is_gone = record.status == Status.WITHDRAWN
    gone = {"SUMMARY": _("Withdrawn"), "STATUS": "CANCELLED"}
    said = gone if is_gone else told(record, is_exact)
    return {
        "UID": str(record.uuid),
        "DTSTAMP": record.updated,
        "LAST-MODIFIED": record.updated,
        "SEQUENCE": max(0, int(record.updated.timestamp()) - EPOCH) + is_gone,
        "DTSTART": record.date_earliest,
        "DTEND": record.date_latest + timedelta(days=1),
        "TRANSP": "TRANSPARENT",
        **said,
    }


def told(record: Event, is_exact: bool) -> dict:
    """What the public reads of an event; beside its name a date that the days do not say."""
    name_and_date = _("%(name)s (%(date)s)")
    names = {"name": record.name, "date": record.date_in_words}
    fields = {
        "SUMMARY": record.name if is_exact else name_and_date % names,
        "STATUS": "CONFIRMED" if record.date_certainty == Certainty.CERTAIN else "TENTATIVE",
        "X-EDTF": record.date,
        "URL": in_full(record.get_absolute_url()),
        "CATEGORIES": [record.get_kind_display()],
        "LOCATION": record.place,
        "DESCRIPTION": record.description,
    }
    return {name: value for name, value in fields.items() if value}
