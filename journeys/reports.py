"""What is missing or doubtful in the journeys: the reports on the admin's dashboard."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from django import forms
from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from journeys.models import (
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneTheme,
    Source,
    Theme,
)
from members.models import City, Region
from strongcities.editing.dashboard import due_records
from strongcities.editing.records import address_of
from strongcities.editing.reports import Line, Report, filter_by, offer
from strongcities.publishing import Status
from strongcities.staff import access


def region_field(user) -> forms.Field:
    regions = Region.objects.all()
    if not access.works_everywhere(user):
        regions = regions.filter(pk__in=access.regions_of(user))
    return forms.ModelChoiceField(
        regions, label=lazy("Region"), required=False, to_field_name="slug", empty_label=lazy("All")
    )


def city_field(user) -> forms.Field:
    cities = access.visible(user, City.objects.by_name())
    return forms.ModelChoiceField(
        cities, label=lazy("City"), required=False, to_field_name="slug", empty_label=lazy("All")
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
    """Their milestones in the order told."""
    milestones = Milestone.objects.exclude(status=Status.WITHDRAWN)
    milestones = milestones.filter(city__in=cities_for(user, chosen))
    return access.visible(user, milestones).with_city().as_told()


def line_of(record: Model, *cells) -> Line:
    return Line(cells, address_of(record))


def milestone_line(milestone: Milestone, *cells) -> Line:
    return line_of(milestone, milestone.title, milestone.city.name, *cells)


# The reports


def coverage(user, chosen: dict) -> Iterator[Line]:
    """Gaps first: regions without a journey, then each city by what it does not tell of."""
    yield from regions_without(user, chosen)
    cities = list(cities_for(user, chosen))
    yield from sorted(
        [*themes_of_cities(cities), *years_of_cities(cities)], key=lambda line: line.cells[-1]
    )


def regions_without(user, chosen: dict) -> Iterator[Line]:
    if chosen.get("city"):
        return
    regions = region_field(user).queryset.filter(
        ~Exists(City.objects.published().filter(region=OuterRef("pk")))
    )
    for region in regions:
        if chosen.get("region") in (None, region):
            yield line_of(region, region.name, _("region"), _("a journey"), 0)


def themes_of_cities(cities: list[City]) -> Iterator[Line]:
    links = MilestoneTheme.objects.exclude(milestone__status=Status.WITHDRAWN)
    pairs = links.filter(milestone__city__in=cities).values_list("milestone__city", "theme")
    counts = Counter(pairs)
    for theme in Theme.objects.all():
        for city in cities:
            yield line_of(city, city.name, _("theme"), theme.name, counts[city.pk, theme.pk])


def years_of_cities(cities: list[City]) -> Iterator[Line]:
    """Every year from the first milestone of all to the last, so that a year of none is seen."""
    milestones = Milestone.objects.exclude(status=Status.WITHDRAWN).filter(city__in=cities)
    years = milestones.annotate(year=ExtractYear("date_earliest")).values_list("city", "year")
    counts = Counter((city, year) for city, year in years if year is not None)
    told = [year for _city, year in counts]
    for year in range(min(told, default=0), max(told, default=-1) + 1):
        for city in cities:
            yield line_of(city, city.name, _("year"), str(year), counts[city.pk, year])


def doubtful_dates(user, chosen: dict) -> Iterator[Line]:
    """Out of order, contested, in doubt or not read at all; each with all that is said of it."""
    for _city, told in groupby(milestones_for(user, chosen), key=lambda m: m.city_id):
        stops = list(told)
        steps_back = out_of_order(stops)
        for milestone in stops:
            why = [*steps_back.get(milestone.pk, []), *doubts_about(milestone)]
            if why:
                reading = milestone.date_in_words
                yield milestone_line(milestone, milestone.date_as_printed, reading, "; ".join(why))


def out_of_order(stops: list[Milestone]) -> dict[int, list[str]]:
    """For each milestone that steps back in time: behind which, as printed and as read."""
    found: dict[int, list[str]] = {}
    for before, stop in pairwise(stops):
        words = {"title": before.title}
        printed, read = stop.printed_reading, stop.reading
        if printed and printed.before(before.printed_reading):
            found.setdefault(stop.pk, []).append(_("printed before “%(title)s”") % words)
        if read and read.before(before.reading):
            found.setdefault(stop.pk, []).append(_("read as before “%(title)s”") % words)
    return found


def doubts_about(milestone: Milestone) -> Iterator[str]:
    if not milestone.date:
        yield _("not read")
        return
    if milestone.date_differs:
        yield _("contested: the reading is not what is printed")
    if milestone.date_is_doubtful:
        yield _("in doubt: %(certainty)s") % {"certainty": milestone.date_certainty}


def unsourced(user, chosen: dict) -> Iterator[Line]:
    sourced = Exists(Source.objects.filter(milestone=OuterRef("pk")))
    for milestone in milestones_for(user, chosen).filter(~sourced):
        yield milestone_line(milestone, milestone.date_as_printed, milestone.get_status_display())


def unlinked(user, chosen: dict) -> Iterator[Line]:
    own = {"milestone": OuterRef("pk")}
    events = Exists(MilestoneEvent.objects.filter(**own))
    initiatives = Exists(MilestoneInitiative.objects.filter(**own))
    for milestone in milestones_for(user, chosen).filter(~events, ~initiatives):
        yield milestone_line(milestone, milestone.date_as_printed, milestone.get_status_display())


def read_more(user, chosen: dict) -> Iterator[Line]:
    for milestone in milestones_for(user, chosen).filter(read_more=True, read_more_url=""):
        yield milestone_line(milestone, milestone.date_as_printed, milestone.get_status_display())


def without_alt_text(user, chosen: dict) -> Iterator[Line]:
    """Pictures that say nothing to those who do not see them; decorative ones need not."""
    silent = ~Q(image="") & Q(image_alt="", image_decorative=False)
    for city in cities_for(user, chosen).filter(silent):
        yield line_of(city, city.name, city.name, city.get_status_display())
    for milestone in milestones_for(user, chosen).filter(silent):
        yield milestone_line(milestone, milestone.get_status_display())


def stale(user, chosen: dict) -> Iterator[Line]:
    """Published pages whose day of review has come, the longest due first."""
    cities = set(cities_for(user, chosen).values_list("pk", flat=True))
    is_narrowed = bool(chosen.get("region") or chosen.get("city"))
    for record in due_records(user, timezone.localdate()):
        city = record if isinstance(record, City) else getattr(record, "city", None)
        if (city is None and not is_narrowed) or (city is not None and city.pk in cities):
            place, kind = city.name if city else "", str(record._meta.verbose_name)
            days = (
                date_format(day, "DATE_FORMAT") for day in (record.reviewed_by, record.changed_at)
            )
            yield line_of(record, str(record), place, kind, *days)


MILESTONE, CITY, PRINTED, STATUS = lazy("milestone"), lazy("city"), lazy("printed"), lazy("status")
offer(
    Report(
        "coverage",
        lazy("Coverage"),
        lazy("Cities by themes and years, gaps first; regions without a journey."),
        (lazy("where"), lazy("kind"), lazy("of what"), lazy("milestones")),
        coverage,
        Milestone,
    ),
    Report(
        "doubtful-dates",
        lazy("Doubtful dates"),
        lazy("Out of order, contested, uncertain, or not read."),
        (MILESTONE, CITY, PRINTED, lazy("read as"), lazy("why it is here")),
        doubtful_dates,
        Milestone,
    ),
    Report(
        "unsourced",
        lazy("Milestones without a source"),
        lazy("Nothing says where their facts were read."),
        (MILESTONE, CITY, PRINTED, STATUS),
        unsourced,
        Milestone,
    ),
    Report(
        "stale",
        lazy("Stale pages"),
        lazy("Published, and their day of review has come."),
        (lazy("record"), CITY, lazy("kind"), lazy("review by"), lazy("last changed")),
        stale,
        Milestone,
    ),
    Report(
        "pictures",
        lazy("Pictures without alt text"),
        lazy("Readers who do not see them learn nothing of them."),
        (lazy("record"), CITY, STATUS),
        without_alt_text,
        Milestone,
    ),
    Report(
        "unlinked",
        lazy("Milestones on their own"),
        lazy("Linked to no event and no initiative."),
        (MILESTONE, CITY, PRINTED, STATUS),
        unlinked,
        Milestone,
    ),
    Report(
        "read-more",
        lazy("“Read more” without an address"),
        lazy("The page offered further reading, and the link is left out."),
        (MILESTONE, CITY, PRINTED, STATUS),
        read_more,
        Milestone,
    ),
)
