"""Cities and regions with what is told of them: for cards and directories."""

from django.db.models import Aggregate, Count, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from journeys.models import Milestone
from members.models import City, Region
from strongcities.publishing import public_condition


def city_cards(cities: QuerySet[City]) -> QuerySet[City]:
    """Each with its region and counts, by name: what a card prints."""
    return with_counts(cities).select_related("region").by_name()


def city_directory() -> QuerySet[City]:
    """Every public city by region, then country, then name."""
    return with_counts(City.objects.published()).by_place()


def region_directory() -> QuerySet[Region]:
    """Each with its number of public journeys and milestones, in their order."""
    cities = public_condition("cities__")
    milestones = cities & public_condition("cities__milestones__")
    return Region.objects.annotate(
        city_count=Count("cities", filter=cities, distinct=True),
        milestone_count=Count("cities__milestones", filter=milestones, distinct=True),
    ).order_by("order", "name")


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
