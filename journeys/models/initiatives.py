"""Initiatives: what cities endorse, join or run."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journeys.models.events import Described, DescribedQuerySet, Event
from strongcities.references import Reference, once_a
from strongcities.slugs import path_to


class InitiativeKind(models.TextChoices):
    """What sort of undertaking an initiative is."""

    DECLARATION = "declaration", _("Declaration")
    MEMBERSHIP = "membership", _("Membership")
    PUBLICATION_SERIES = "publication-series", _("Publication series")
    WEBINAR_SERIES = "webinar-series", _("Webinar series")
    DIALOGUE_SERIES = "dialogue-series", _("Dialogue series")
    PILOT = "pilot", _("Pilot")
    PROGRAMME = "programme", _("Programme")
    PARTNERSHIP = "partnership", _("Partnership")
    WORKING_GROUP = "working-group", _("Working group")
    COUNCIL = "council", _("Council")
    COMMITTEE = "committee", _("Committee")
    CAUCUS = "caucus", _("Caucus")
    HUB = "hub", _("Hub")
    SERVICE = "service", _("Service")
    STRATEGY = "strategy", _("Strategy")
    STUDY = "study", _("Study")
    GUIDANCE = "guidance", _("Guidance")
    COMMITMENT = "commitment", _("Commitment")


class InitiativeQuerySet(DescribedQuerySet):
    """Declarations, pilots, councils and programmes that journeys tell of."""

    def declarations(self):
        """Those whose milestones are drawn as diamonds: journeys meet in them as in events."""
        return self.filter(Q(kind=InitiativeKind.DECLARATION) | Q(launched_at__isnull=False))


class Initiative(Described):
    """What cities endorse, join or run: a declaration, a pilot, a council, a series."""

    kind = models.CharField(
        pgettext_lazy("of an initiative", "kind"), max_length=20, choices=InitiativeKind
    )
    launched_at = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        related_name="launched",
        null=True,
        blank=True,
        verbose_name=_("launched at"),
    )
    run_by = models.ForeignKey(
        "members.City",
        on_delete=models.PROTECT,
        related_name="initiatives",
        null=True,
        blank=True,
        verbose_name=_("run by"),
        help_text=_("The city that runs it, if one does."),
    )

    region_path = "run_by__region"

    objects = InitiativeQuerySet.as_manager()

    class Meta(Described.Meta):
        abstract = False
        ordering = ["search_names"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    def get_absolute_url(self):
        return path_to("journeys:initiative_detail", self.slug)

    @property
    def is_declaration(self) -> bool:
        """Whether the stops that act on it are drawn as diamonds."""
        return self.kind == InitiativeKind.DECLARATION or self.launched_at_id is not None


class InitiativeSource(Reference):
    """A page or paper in which something about an initiative was read."""

    natural_fields = ("initiative__slug", "title")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="sources")

    class Meta(Reference.Meta):
        constraints = [once_a("initiative", "journeys")]
