"""What a city did at an event, or has to do with an initiative, by one of its milestones."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value, Window
from django.db.models.functions import DenseRank
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journeys.models.events import Event
from journeys.models.initiatives import Initiative
from journeys.models.links import OF_MILESTONE, Link, LinkQuerySet
from journeys.models.milestones import Milestone
from strongcities.direction import isolated
from strongcities.publishing import public_condition

MENTIONED = "mentioned"  # to be named is not to have been there


class TakingPartQuerySet(LinkQuerySet):
    """Links to events and initiatives, in which a city takes part or which it only mentions."""

    def public(self):
        """Links to what is public."""
        return self.filter(public_condition(f"{self.model.target}__"))

    def taking_part(self):
        """Links of cities that were there, endorsed, run: all but mere mentions."""
        return self.exclude(relation=MENTIONED)

    def only_mentioning(self):
        """Links of milestones that name it and say no more."""
        target = self.model.target
        same = {"milestone": OuterRef("milestone"), target: OuterRef(target)}
        there = self.model.objects.taking_part().filter(**same)
        return self.filter(relation=MENTIONED).exclude(Exists(there))

    def of_first_cities(self, number: int):
        """For each record the links of its first cities by name, with their `rank` from 1.

        `city_total` is the number of all its cities among these links.
        """
        name, pk = F("milestone__city__name"), F("milestone__city")
        rank, rank_from_last = (
            Window(DenseRank(), partition_by=F(self.model.target), order_by=order)
            for order in ([name, pk], [name.desc(), pk.desc()])
        )
        ranked = self.annotate(rank=rank, city_total=rank + rank_from_last - Value(1))
        return ranked.filter(rank__lte=number)

    def shared_with_others(self):
        """Links by which a city took part in what another public city took part in too."""
        target = self.model.target
        others = (
            self.model.objects.between_public()
            .taking_part()
            .filter(**{target: OuterRef(target)})
            .exclude(milestone__city=OuterRef("milestone__city"))
        )
        return self.public().taking_part().filter(Exists(others))


class TakingPart(Link):
    """What the city of a milestone has to do with its `target`, an event or an initiative."""

    target: ClassVar[str]  # the name of the field that leads to it

    class Meta(Link.Meta):
        abstract = True

    def __str__(self):
        return f"{self.get_relation_display()}: {isolated(getattr(self, self.target))}"

    @property
    def took_part(self) -> bool:
        return self.relation != MENTIONED


class EventRelation(models.TextChoices):
    """What a city did at an event."""

    ATTENDED = "attended", _("attended")
    SPOKE = "spoke", _("spoke")
    HOSTED = "hosted", _("hosted")
    CO_HOSTED = "co-hosted", _("co-hosted")
    LED = "led", pgettext_lazy("an event", "led")
    VISITED = "visited", _("visited")
    MENTIONED = "mentioned", _("mentions it")


class MilestoneEvent(TakingPart):
    """What the city did at an event, by this milestone."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="event_links")
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="milestone_links", verbose_name=_("event")
    )
    target = "event"
    natural_fields = (*OF_MILESTONE, "event__slug", "relation")
    relation = models.CharField(
        _("relation"),
        max_length=12,
        choices=EventRelation,
        help_text=_("“Mentions it” unless the text says that the city was there."),
    )

    objects = TakingPartQuerySet.as_manager()

    class Meta(TakingPart.Meta):
        abstract = False
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "event", "relation"],
                name="journeys_event_relation_once_a_milestone",
            )
        ]


class InitiativeRelation(models.TextChoices):
    """What a city has to do with an initiative."""

    ENDORSED = "endorsed", _("endorsed")
    SIGNED = "signed", _("signed")
    IMPLEMENTED = "implemented", _("implemented")
    JOINED = "joined", pgettext_lazy("an initiative", "joined")
    APPLIED = "applied", _("applied")
    RUNS = "runs", _("runs")
    ESTABLISHED = "established", _("established")
    CO_FOUNDED = "co-founded", _("co-founded")
    CO_CHAIRS = "co-chairs", _("co-chairs")
    LED = "led", pgettext_lazy("an initiative", "led")
    TOOK_PART = "took-part", _("took part")
    SUPPORTED_BY = "supported-by", _("was supported by it")
    SUBJECT_OF = "subject-of", _("is the subject")
    CO_DEVELOPED = "co-developed", _("co-developed")
    MENTIONED = "mentioned", _("mentions it")


class InitiativeLinkQuerySet(TakingPartQuerySet):
    """Links of milestones to initiatives."""

    def of_declarations(self):
        """Links to what is drawn as a diamond: declarations, and what an event launched."""
        declared = Q(initiative__kind="declaration") | Q(initiative__launched_at__isnull=False)
        return self.filter(declared)


# How the relations that say no more than "it" go on where the name stands behind them.
BEFORE_NAME = {
    EventRelation.SPOKE: _("spoke at"),
    InitiativeRelation.APPLIED: _("applied for"),
    InitiativeRelation.TOOK_PART: _("took part in"),
    InitiativeRelation.SUPPORTED_BY: _("was supported by"),
    InitiativeRelation.SUBJECT_OF: _("is the subject of"),
}


class MilestoneInitiative(TakingPart):
    """What the city has to do with an initiative, by this milestone."""

    milestone = models.ForeignKey(
        Milestone, on_delete=models.CASCADE, related_name="initiative_links"
    )
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.PROTECT,
        related_name="milestone_links",
        verbose_name=_("initiative"),
    )
    target = "initiative"
    natural_fields = (*OF_MILESTONE, "initiative__slug", "relation")
    relation = models.CharField(_("relation"), max_length=14, choices=InitiativeRelation)

    objects = InitiativeLinkQuerySet.as_manager()

    class Meta(TakingPart.Meta):
        abstract = False
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "initiative", "relation"],
                name="journeys_initiative_relation_once_a_milestone",
            )
        ]
