"""Cities and regions with what is told of them: for cards and directories."""

from django.db.models import Aggregate, Count, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from journeys.models import Initiative, Milestone, Theme
from journeys.pages.milestone_index import milestone_index
from journeys.pages.shared_by import first_cities
from members.models import City, Region
from strongcities.pagecache.kept import kept
from strongcities.prepared import Prepared
from strongcities.publishing import public_condition


@Prepared
def city_cards(cities: list[int]) -> QuerySet[City]:
    """Those that are public, each with its region and counts, by name: what a card prints."""
    found = City.objects.published().filter(pk__in=cities)
    return with_counts(found).select_related("region").by_name()


def city_directory() -> QuerySet[City]:
    """Every public city by region, then country, then name."""
    return with_counts(City.objects.published()).by_place()


def region_directory() -> list[Region]:
    """Each with its number of public journeys and milestones, in their order."""
    index, regions = milestone_index(), list(Region.objects.order_by("order", "name"))
    cities = City.objects.published().order_by().values_list("region")
    city_counts = dict(cities.annotate(Count("pk")))
    for region in regions:
        region.city_count = city_counts.get(region.pk, 0)
        region.milestone_count = index.with_value("region", region.slug).bit_count()
    return regions


def theme_directory() -> list[Theme]:
    """Each with its numbers of public milestones and journeys, by name."""
    index, themes = milestone_index(), list(Theme.objects.order_by("search_names"))
    for theme in themes:
        told = index.with_value("theme", theme.slug)
        theme.milestone_count, theme.city_count = told.bit_count(), len(index.by_city(told))
    return themes


def initiatives_by_cities() -> list[int]:
    """The public initiatives, those on most journeys first; kept."""
    return kept("initiatives", read_initiatives)


def read_initiatives() -> list[int]:
    found = first_cities().items()
    counts = {pk: rows[0].city_total for (is_event, pk), rows in found if not is_event}
    pks = Initiative.objects.published().order_by("search_names").values_list("pk", flat=True)
    return sorted(pks, key=lambda pk: -counts.get(pk, 0))


def with_counts(cities: QuerySet[City]) -> QuerySet[City]:
    """Each with the number of its public milestones and the days they span.

    Read city by city, so that a page of them costs the same among thousands.
    """
    own = Milestone.objects.filter(public_condition(), city=OuterRef("pk")).order_by()

    def told(total: Aggregate) -> Subquery:
        return Subquery(own.values("city").annotate(total=total).values("total"))

    return cities.annotate(
        milestone_count=Coalesce(told(Count("pk")), 0),
        first_day=told(Min("date_earliest")),
        last_day=told(Max("date_latest")),
    )
