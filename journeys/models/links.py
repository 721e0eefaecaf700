"""What a milestone has to do with themes, other milestones and sources.

Each link is an editor's judgement and keeps the words of the text that justify it; those to
events and initiatives are in `taking_part`.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journeys.models.milestones import Milestone, public_milestones
from journeys.models.themes import Theme
from strongcities.addresses import Keyed, KeyedQuerySet
from strongcities.direction import isolated
from strongcities.references import Reference, once_a

OF_MILESTONE = ("milestone__city__slug", "milestone__slug")
QUOTE_HELP = _("The words of the milestone's title or text that show it, copied exactly.")
NOT_IN_TEXT = _("These words do not stand in the milestone's title or text: copy them exactly.")


class LinkQuerySet(KeyedQuerySet):
    """Links from milestones, each with the words that justify it."""

    def between_public(self):
        """Links whose milestone and city are public."""
        return self.filter(public_milestones("milestone__"))

    def in_story_order(self):
        """By city, then place in the story; with milestone, city and region."""
        return self.select_related("milestone__city__region").order_by(
            "milestone__city__name", "milestone__position", "pk"
        )


class Link(Keyed):
    """A milestone's link to something, with the words that justify it."""

    quote = models.TextField(_("quote"), help_text=QUOTE_HELP)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def clean(self):
        super().clean()
        if self.quote and not any(milestone.says(self.quote) for milestone in self.speakers()):
            raise ValidationError({"quote": NOT_IN_TEXT})

    def speakers(self) -> list[Milestone]:
        """The milestones in whose text the quote may stand."""
        return [self.milestone]


class MilestoneTheme(Link):
    """A theme of a milestone."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="milestone_links", verbose_name=_("theme")
    )

    natural_fields = (*OF_MILESTONE, "theme__slug")

    objects = LinkQuerySet.as_manager()

    class Meta(Link.Meta):
        abstract = False
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "theme"], name="journeys_theme_once_a_milestone"
            )
        ]

    def __str__(self):
        return str(self.theme)


class MilestoneRelation(models.TextChoices):
    """How one milestone led to another."""

    INSPIRED = "inspired", _("inspired")
    BUILT_ON = "built-on", _("was built upon by")
    RESULTED_IN = "resulted-in", _("resulted in")
    FOLLOWED_BY = "followed-by", _("was followed by")

    @property
    def backwards(self):
        """The same relation as the later milestone tells it."""
        words = {
            "inspired": _("inspired by"),
            "built-on": _("built on"),
            "resulted-in": _("resulted from"),
            "followed-by": _("followed"),
        }
        return words[self.value]


class MilestoneLinkQuerySet(LinkQuerySet):
    """Links between milestones."""

    def public(self):
        """Links both of whose ends are public."""
        return self.filter(public_milestones("milestone__"), public_milestones("leads_to__"))


class MilestoneLink(Link):
    """One milestone led to another."""

    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.CASCADE,
        related_name="links_on",
        verbose_name=pgettext_lazy("milestone", "from"),
    )
    leads_to = models.ForeignKey(
        Milestone,
        on_delete=models.CASCADE,
        related_name="links_back",
        verbose_name=pgettext_lazy("milestone", "to"),
    )
    relation = models.CharField(_("relation"), max_length=12, choices=MilestoneRelation)

    natural_fields = (*OF_MILESTONE, "leads_to__city__slug", "leads_to__slug", "relation")

    objects = MilestoneLinkQuerySet.as_manager()

    class Meta(Link.Meta):
        abstract = False
        verbose_name = _("led to")
        verbose_name_plural = _("led to")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "leads_to", "relation"], name="journeys_milestone_link_once"
            ),
            models.CheckConstraint(
                condition=~Q(milestone=F("leads_to")),
                name="journeys_milestone_not_linked_to_itself",
                violation_error_message=_("A milestone does not lead to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()}: {isolated(self.leads_to)}"

    def speakers(self):
        return [self.milestone, self.leads_to]


class Source(Reference):
    """A page or paper in which something about a milestone was read."""

    natural_fields = (*OF_MILESTONE, "title")

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="sources")

    class Meta(Reference.Meta):
        constraints = [once_a("milestone", "journeys")]
