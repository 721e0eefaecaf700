"""What pages ask of regions and cities."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from strongcities.publishing import PublishedQuerySet


class RegionQuerySet(models.QuerySet):
    """The Network's regional hubs."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class CityQuerySet(PublishedQuerySet):
    """Member cities."""

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

    def by_place(self):
        """Each with its region; by region, then country, then name."""
        return self.select_related("region").order_by(
            "region__order", "region__name", "country", "name", "pk"
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
