"""What pages ask of themes, events, initiatives and milestones."""

from django.db import models
from django.db.models import Prefetch, Q
from django.http import Http404

from strongcities.dates import by_reading
from strongcities.publishing import PublishedQuerySet, Status, Withdrawn, public_condition


def public_milestones(prefix: str) -> Q:
    """The condition that the milestone behind `prefix`, and its city, are public."""
    return public_condition(prefix) & public_condition(f"{prefix}city__")


class MilestoneQuerySet(PublishedQuerySet):
    """The steps on cities' journeys."""

    def get_by_natural_key(self, city_slug, slug):
        return self.get(city__slug=city_slug, slug=slug)

    def published(self):
        """Public milestones of public cities."""
        return self.filter(public_milestones(""))

    def get_public(self, **lookup):
        """As for all published things; a milestone goes with its city."""
        milestone = self.filter(**lookup).with_city().first()
        if milestone is None:
            raise Http404
        for record in (milestone.city, milestone):
            if record.status == Status.WITHDRAWN and record.was_public:
                raise Withdrawn(record)
            if not record.is_public:
                raise Http404
        return milestone

    def as_told(self):
        return self.order_by("city__name", "city", "position", "pk")

    def by_reading(self):
        """By earliest day, then place in the story."""
        return self.order_by(by_reading(), "position", "city__name", "pk")

    def latest_first(self):
        """By latest day, then place in the story."""
        return self.order_by(
            models.F("date_latest").desc(nulls_first=True), "position", "city__name", "pk"
        )

    def in_region(self, region):
        return self.filter(city__region=region)

    def about(self, theme):
        """Those with a theme."""
        return self.filter(theme_links__theme=theme)

    def telling_of(self, kind: str, record):
        """Those with any link to an event or initiative."""
        links = {"event": "event_links", "initiative": "initiative_links"}[kind]
        return self.filter(**{f"{links}__{kind}": record}).distinct()

    def with_words(self, words: list[str]):
        """Those whose title, text or city's names hold every one of the folded words."""
        found = self
        for word in words:
            found = found.filter(
                Q(search_text__contains=word) | Q(city__search_text__contains=word)
            )
        return found

    def with_a_row_per_theme(self):
        """In the order it has, one row for each theme: milestones and themes in one query."""
        return self.annotate(
            theme_pk=models.F("theme_links__theme"),
            theme_slug=models.F("theme_links__theme__slug"),
            theme_name=models.F("theme_links__theme__name"),
        ).order_by(*self.query.order_by, "theme_name")

    def with_city(self):
        return self.select_related("city__region")

    def for_page(self):
        """All that a milestone's own page prints."""
        from journeys.models import MilestoneTheme

        return self.with_city().prefetch_related(
            Prefetch("theme_links", MilestoneTheme.objects.select_related("theme")),
            "sources",
        )
