"""Cities and regions with what is told of them: for cards and directories."""

from django.db.models import Count, Max, Min, QuerySet

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
    """Each with the number of its public milestones and the days they span."""
    shown = public_condition("milestones__")
    return cities.annotate(
        milestone_count=Count("milestones", filter=shown),
        first_day=Min("milestones__date_earliest", filter=shown),
        last_day=Max("milestones__date_latest", filter=shown),
    )
