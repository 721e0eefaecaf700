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


class LinkQuerySet(models.QuerySet):
    """Links from milestones, each with the words that justify it."""

    def between_public(self):
        """Links whose milestone and city are public."""
        return self.filter(public_milestones("milestone__"))

    def taking_part(self):
        """Links of cities that were there, endorsed, run: all but mere mentions."""
        return self.exclude(relation="mentioned")

    def only_mentioning(self):
        """Links of milestones that name it and say no more."""
        target = self.model.target
        return self.filter(relation="mentioned").exclude(
            models.Exists(
                self.model.objects.taking_part().filter(
                    milestone=models.OuterRef("milestone"),
                    **{target: models.OuterRef(target)},
                )
            )
        )

    def with_line_ends(self):
        """Each with whether the city's line has a public stop before and after this one."""
        stops = self.model._meta.get_field("milestone").related_model.objects.published()
        stops = stops.filter(city=models.OuterRef("milestone__city"))
        day = models.OuterRef("milestone__date_earliest")
        return self.annotate(
            has_before=models.Exists(stops.filter(date_earliest__lt=day)),
            has_after=models.Exists(stops.filter(date_earliest__gt=day)),
        )

    def shared_with_others(self):
        """Links by which a city took part in what another public city took part in too."""
        target = self.model.target
        others = (
            self.model.objects.between_public()
            .taking_part()
            .filter(**{target: models.OuterRef(target)})
            .exclude(milestone__city=models.OuterRef("milestone__city"))
        )
        return self.public().taking_part().filter(models.Exists(others))

    def in_story_order(self):
        """By city, then place in the story; with milestone, city and region."""
        return self.select_related("milestone__city__region").order_by(
            "milestone__city__name", "milestone__position", "pk"
        )


class EventLinkQuerySet(LinkQuerySet):
    """Milestone-Event."""

    def get_by_natural_key(self, city, milestone, event, relation):
        return self.get(
            milestone__city__slug=city,
            milestone__slug=milestone,
            event__slug=event,
            relation=relation,
        )

    def public(self):
        """Links to public events."""
        return self.filter(public_condition("event__"))


class InitiativeLinkQuerySet(LinkQuerySet):
    """Milestone-Initiative."""

    def get_by_natural_key(self, city, milestone, initiative, relation):
        return self.get(
            milestone__city__slug=city,
            milestone__slug=milestone,
            initiative__slug=initiative,
            relation=relation,
        )

    def public(self):
        """Links to public initiatives."""
        return self.filter(public_condition("initiative__"))

    def of_declarations(self):
        """Links to what is drawn as a diamond: declarations, and what an event launched."""
        declared = Q(initiative__kind="declaration") | Q(initiative__launched_at__isnull=False)
        return self.filter(declared)


class ThemeLinkQuerySet(LinkQuerySet):
    """Milestone-Theme."""

    def get_by_natural_key(self, city, milestone, theme):
        return self.get(milestone__city__slug=city, milestone__slug=milestone, theme__slug=theme)


class MilestoneLinkQuerySet(models.QuerySet):
    """Milestone-Milestone."""

    def get_by_natural_key(self, city, milestone, other_city, other, relation):
        return self.get(
            milestone__city__slug=city,
            milestone__slug=milestone,
            leads_to__city__slug=other_city,
            leads_to__slug=other,
            relation=relation,
        )

    def public(self):
        """Links both of whose ends are public."""
        return self.filter(public_milestones("milestone__"), public_milestones("leads_to__"))

    def around(self, milestone):
        """Links from or to a milestone, with both ends."""
        return (
            self.filter(Q(milestone=milestone) | Q(leads_to=milestone))
            .select_related("milestone__city", "leads_to__city")
            .order_by("pk")
        )
