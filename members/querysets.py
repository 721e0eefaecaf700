"""What pages ask of regions and cities."""

from django.db import models
from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from strongcities.publishing import PublishedQuerySet, public_condition


class RegionQuerySet(models.QuerySet):
    """The Network's regional hubs."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def for_directory(self):
        """Each with its number of public journeys and milestones, in the hubs' order."""
        cities = public_condition("cities__")
        milestones = cities & public_condition("cities__milestones__")
        return self.annotate(
            city_count=Count("cities", filter=cities, distinct=True),
            milestone_count=Count("cities__milestones", filter=milestones, distinct=True),
        ).order_by("order", "name")


class CityQuerySet(PublishedQuerySet):
    """Member cities; `for_<page>` fetches what that page prints."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def in_region(self, region):
        return self.filter(region=region)

    def by_name(self):
        return self.order_by("name", "pk")

    def for_choice(self):
        """By region, then name: what a list to choose from prints."""
        return (
            self.select_related("region")
            .only("name", "slug", "code", "region__name", "region__colour", "region__slug")
            .order_by("region__order", "region__name", "name", "pk")
        )

    def with_counts(self):
        """Each with the number of its public milestones and the days they span."""
        shown = public_condition("milestones__")
        return self.annotate(
            milestone_count=Count("milestones", filter=shown),
            first_day=Min("milestones__date_earliest", filter=shown),
            last_day=Max("milestones__date_latest", filter=shown),
        )

    def for_cards(self):
        """Each with its region and counts, by name: what a card prints."""
        return self.select_related("region").with_counts().order_by("name", "pk")

    def for_directory(self):
        """By region, then country, then name."""
        return (
            self.select_related("region")
            .with_counts()
            .order_by("region__order", "region__name", "country", "name", "pk")
        )

    def with_neighbours(self):
        """Each with the slug and name of the public cities before and after it, going round."""
        cities = self.model.objects.published().order_by("name", "pk")
        after = cities.filter(
            Q(name__gt=OuterRef("name")) | Q(name=OuterRef("name"), pk__gt=OuterRef("pk"))
        )
        before = cities.filter(
            Q(name__lt=OuterRef("name")) | Q(name=OuterRef("name"), pk__lt=OuterRef("pk"))
        ).reverse()
        return self.annotate(
            next_slug=_first(after, cities, "slug"),
            next_name=_first(after, cities, "name"),
            previous_slug=_first(before, cities.reverse(), "slug"),
            previous_name=_first(before, cities.reverse(), "name"),
        )

    def for_journey(self):
        """What the head and the foot of a journey page print."""
        return self.select_related("region").with_neighbours()


def _first(cities, otherwise, field):
    return Coalesce(Subquery(cities.values(field)[:1]), Subquery(otherwise.values(field)[:1]))
