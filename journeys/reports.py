"""What is missing or doubtful in the journeys: the reports on the admin's dashboard."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby, pairwise, product
from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Count, Exists, F, Model, OuterRef, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.models import (
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneTheme,
    Source,
    Theme,
)
from members.models import City, Region
from strongcities.direction import filled, listed
from strongcities.editing.dashboard import Due, due_records
from strongcities.editing.records import address_of
from strongcities.editing.reports import Report, ReportLine, filter_by, offer
from strongcities.publishing import Status
from strongcities.staff import access


def region_field(user) -> forms.Field:
    regions = Region.objects.all()
    if not access.works_everywhere(user):
        regions = regions.filter(pk__in=access.regions_of(user))
    return forms.ModelChoiceField(
        regions, label=_("Region"), required=False, to_field_name="slug", empty_label=_("All")
    )


def city_field(user) -> forms.Field:
    """Searched for by name: a list of all would be longer than the report."""
    return forms.ModelChoiceField(
        access.visible(user, City.objects.by_name()),
        label=_("City"),
        required=False,
        widget=AutocompleteSelect(Milestone._meta.get_field("city"), admin.site),
    )


filter_by(region=region_field, city=city_field)


# What a report looks at


def cities_for(user, chosen: dict):
    """The cities that a user works on, of the region and city chosen; none that were withdrawn."""
    cities = access.visible(user, City.objects.exclude(status=Status.WITHDRAWN))
    if not access.works_everywhere(user):
        cities = cities.filter(region__in=access.regions_of(user))
    if chosen.get("region"):
        cities = cities.filter(region=chosen["region"])
    if chosen.get("city"):
        cities = cities.filter(pk=chosen["city"].pk)
    return cities.by_name()


def milestones_for(user, chosen: dict):
    """Their milestones in the order told: what the lines of most reports print."""
    milestones = Milestone.objects.exclude(status=Status.WITHDRAWN)
    milestones = milestones.filter(city__in=cities_for(user, chosen))
    read = ("title", "date_as_printed", "status", "city__name")
    return access.visible(user, milestones).select_related("city").only(*read).as_told()


def line_of(record: Model, *cells) -> ReportLine:
    return ReportLine(cells, address_of(record))


def line_with_status(milestone: Milestone) -> ReportLine:
    printed, status = milestone.date_as_printed, milestone.get_status_display()
    return line_of(milestone, milestone.title, milestone.city.name, printed, status)


# The reports


def coverage(user, chosen: dict) -> list[tuple]:
    """Gaps first: regions without a journey, then each city by what it does not tell of."""
    cities = list(cities_for(user, chosen).only("name"))
    rows = [*themes_of_cities(cities), *years_of_cities(cities)]
    return [*regions_without(user, chosen), *sorted(rows, key=lambda row: row[-1])]


def coverage_line(row: tuple) -> ReportLine:
    place, *cells = row
    return line_of(place, place.name, *cells)


def regions_without(user, chosen: dict) -> Iterator[tuple]:
    if chosen.get("city"):
        return
    regions = region_field(user).queryset.filter(
        ~Exists(City.objects.published().filter(region=OuterRef("pk")))
    )
    for region in regions:
        if chosen.get("region") in (None, region):
            yield region, gettext("region"), gettext("a journey"), 0


def themes_of_cities(cities: list[City]) -> Iterator[tuple]:
    links = MilestoneTheme.objects.exclude(milestone__status=Status.WITHDRAWN)
    counts = counted(links.filter(milestone__city__in=cities), F("milestone__city"), F("theme"))
    kind = gettext("theme")
    for theme, city in product(Theme.objects.all(), cities):
        yield city, kind, theme.name, counts.get((city.pk, theme.pk), 0)


def years_of_cities(cities: list[City]) -> Iterator[tuple]:
    """Every year from the first milestone of all to the last, so that a year of none is seen."""
    milestones = Milestone.objects.exclude(status=Status.WITHDRAWN).filter(city__in=cities)
    dated = milestones.filter(date_earliest__isnull=False)
    counts = counted(dated, F("city"), ExtractYear("date_earliest"))
    told, kind = [year for _city, year in counts], gettext("year")
    for year, city in product(range(min(told, default=0), max(told, default=-1) + 1), cities):
        yield city, kind, str(year), counts.get((city.pk, year), 0)


def counted(rows: QuerySet, city, of_what) -> dict[tuple[int, int], int]:
    """How many rows each city has of each."""
    found = rows.order_by().values_list(city, of_what).annotate(total=Count("pk"))
    return {(city, what): total for city, what, total in found}


class MilestoneDates(NamedTuple):
    """What of a milestone says whether its date is doubtful; whole records take too long."""

    pk: int
    title: str
    city_id: int
    city: str
    date_as_printed: str
    date: str
    date_certainty: str

    reading, printed_reading = Milestone.reading, Milestone.printed_reading
    date_differs, date_is_doubtful = Milestone.date_differs, Milestone.date_is_doubtful
    printed, printed_note = Milestone.printed, Milestone.printed_note
    date_in_words = Milestone.date_in_words


def doubtful_dates(user, chosen: dict) -> list[tuple[MilestoneDates, list[str]]]:
    """Out of order, contested, in doubt or not read at all; each with all that is said of it."""
    read = ("pk", "title", "city_id", "city__name", "date_as_printed", "date", "date_certainty")
    told = map(MilestoneDates._make, milestones_for(user, chosen).values_list(*read))
    found = []
    for _city, journey in groupby(told, key=lambda stop: stop.city_id):
        stops = list(journey)
        steps_back = out_of_order(stops)
        whys = [(stop, [*steps_back.get(stop.pk, []), *doubts_about(stop)]) for stop in stops]
        found += [(stop, why) for stop, why in whys if why]
    return found


def doubtful_line(row: tuple[MilestoneDates, list[str]]) -> ReportLine:
    stop, why = row
    cells = (stop.title, stop.city, stop.date_as_printed, stop.date_in_words, listed(why))
    return line_of(Milestone(pk=stop.pk), *cells)


def out_of_order(stops: list[MilestoneDates]) -> dict[int, list[str]]:
    """For each milestone that steps back in time: behind which, as printed and as read."""
    found = {}
    for before, stop in pairwise(stops):
        said, printed, read = [], stop.printed_reading, stop.reading
        if printed and printed.before(before.printed_reading):
            said.append(gettext("printed before “%(title)s”"))
        if read and read.before(before.reading):
            said.append(gettext("read as before “%(title)s”"))
        found[stop.pk] = [filled(sentence, {"title": before.title}) for sentence in said]
    return found


def doubts_about(milestone: MilestoneDates) -> Iterator[str]:
    if not milestone.date:
        yield gettext("not read")
        return
    if milestone.date_differs:
        yield gettext("contested: the reading is not what is printed")
    elif milestone.printed_note:
        yield gettext("two ways: %(note)s") % {"note": gettext(milestone.printed_note)}
    if milestone.date_is_doubtful:
        yield gettext("in doubt: %(certainty)s") % {"certainty": milestone.date_certainty}


def unsourced(user, chosen: dict) -> QuerySet:
    sourced = Exists(Source.objects.filter(milestone=OuterRef("pk")))
    return milestones_for(user, chosen).filter(~sourced)


def unlinked(user, chosen: dict) -> QuerySet:
    own = {"milestone": OuterRef("pk")}
    events = Exists(MilestoneEvent.objects.filter(**own))
    initiatives = Exists(MilestoneInitiative.objects.filter(**own))
    return milestones_for(user, chosen).filter(~events, ~initiatives)


def read_more(user, chosen: dict) -> QuerySet:
    return milestones_for(user, chosen).filter(read_more=True, read_more_url="")


def stale(user, chosen: dict) -> list[Due]:
    """Published pages whose day of review has come, the longest due first."""
    cities = set(cities_for(user, chosen).values_list("pk", flat=True))
    is_narrowed = bool(chosen.get("region") or chosen.get("city"))
    due = due_records(user, timezone.localdate())
    return [one for one in due if (one.home_pk in cities if is_of_city(one) else not is_narrowed)]


def is_of_city(due: Due) -> bool:
    return due.kind in (City, Milestone)


def stale_line(due: Due) -> ReportLine:
    days = (date_format(day, "DATE_FORMAT") for day in (due.reviewed_by, due.changed_at))
    place = due.home if is_of_city(due) else ""
    return ReportLine((due.name, place, str(due.kind._meta.verbose_name), *days), due.address)


MILESTONE, CITY, PRINTED, STATUS = _("milestone"), _("city"), _("printed"), _("status")
report = partial(Report, model=Milestone)
columns = (MILESTONE, CITY, PRINTED, STATUS)
of_milestones = partial(report, columns=columns, line=line_with_status)
offer(
    report(
        "coverage",
        _("Coverage"),
        _("Cities by themes and years, gaps first; regions without a journey."),
        (_("where"), _("kind"), _("of what"), _("milestones")),
        coverage,
        coverage_line,
    ),
    report(
        "doubtful-dates",
        _("Doubtful dates"),
        _("Out of order, contested, uncertain, read one way of two, or not read."),
        (MILESTONE, CITY, PRINTED, _("read as"), _("why it is here")),
        doubtful_dates,
        doubtful_line,
    ),
    of_milestones(
        "unsourced",
        _("Milestones without a source"),
        _("Nothing says where their facts were read."),
        rows=unsourced,
    ),
    report(
        "stale",
        _("Stale pages"),
        _("Published, and their day of review has come."),
        (_("record"), CITY, _("kind"), _("review by"), _("last changed")),
        stale,
        stale_line,
    ),
    of_milestones(
        "unlinked",
        _("Milestones on their own"),
        _("Linked to no event and no initiative."),
        rows=unlinked,
    ),
    of_milestones(
        "read-more",
        _("“Read more” without an address"),
        _("The page offered further reading, and the link is left out."),
        rows=read_more,
    ),
)
