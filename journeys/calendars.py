"""Events as calendars (RFC 5545): all, those of a journey, those that filters choose, one.

No date of ours has a time. A month is a span of whole days that takes nobody's time; what cannot
be said in a calendar, a decade or an end that is open, is left out.
"""

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:  # a fifth of a second of each start; loaded by the first calendar
    from icalendar import Calendar
    from icalendar import Event as Entry

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
    if (precision := request.GET.get("precision", "")) not in ("", "day"):
        said = _("“%(value)s” is not offered, only “day”.") % {"value": precision[:80]}
        raise Problem(400, said, filters={"precision": [said]})
    dated = records.shown_once().filter(date_earliest__isnull=False, date_latest__lt=date.max)
    calendar = calendar_named(_("%(name)s – Strong Cities Member Journeys") % {"name": name})
    for record in dated.exclude(date_precision__in=VAGUE).order_by("-date_latest", "pk")[:MOST]:
        is_exact = bool(DAYS.fullmatch(record.date))
        if can_be_said(record) and (is_exact or not precision):
            calendar.add_component(entry_of(record, is_exact))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def calendar_named(name: str) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", "-//Strong Cities Network//Member Journeys//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", timedelta(days=1), parameters={"VALUE": "DURATION"})
    return calendar


def can_be_said(record: Event) -> bool:
    """Whether neither end of the date is a decade or a century."""
    reading = record.reading
    return not {reading.start.precision, reading.end.precision} & set(VAGUE)


def entry_of(record: Event, is_exact: bool) -> "Entry":
    """An event as whole days; of one that was withdrawn its identifier and dates alone."""
    from icalendar import Event as Entry

    is_gone = record.status == Status.WITHDRAWN
    entry = Entry()
    entry.add("UID", str(record.uuid))
    entry.add("DTSTAMP", record.updated)
    entry.add("LAST-MODIFIED", record.updated)
    entry.add("SEQUENCE", max(0, int(record.updated.timestamp()) - EPOCH) + is_gone)
    entry.add("DTSTART", record.date_earliest)
    entry.add("DTEND", record.date_latest + timedelta(days=1))
    entry.add("TRANSP", "TRANSPARENT")
    if is_gone:
        entry.add("SUMMARY", _("Withdrawn"))
        entry.add("STATUS", "CANCELLED")
    else:
        tell(entry, record, is_exact)
    return entry


def tell(entry: "Entry", record: Event, is_exact: bool) -> None:
    """What the public reads of an event; beside its name a date that the days do not say."""
    name_and_date = _("%(name)s (%(date)s)")
    names = {"name": record.name, "date": record.date_in_words}
    is_sure = record.date_certainty == Certainty.CERTAIN
    entry.add("SUMMARY", record.name if is_exact else name_and_date % names)
    entry.add("STATUS", "CONFIRMED" if is_sure else "TENTATIVE")
    entry.add("X-EDTF", record.date)
    entry.add("URL", in_full(record.get_absolute_url()))
    entry.add("CATEGORIES", [record.get_kind_display()])
    for name, text in (("LOCATION", record.place), ("DESCRIPTION", record.description)):
        if text:
            entry.add(name, text)
