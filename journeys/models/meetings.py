"""Where journeys meet: events and initiatives."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.querysets import EventQuerySet, InitiativeQuerySet
from strongcities.addresses import Addressed
from strongcities.dates import Dated
from strongcities.publishing import Published


class EventKind(models.TextChoices):
    """What sort of meeting an event was."""

    GLOBAL_SUMMIT = "global-summit", _("Global summit")
    PARTNER_SUMMIT = "partner-summit", _("Partner's summit")
    REGIONAL_WORKSHOP = "regional-workshop", _("Regional workshop")
    NATIONAL_ROUNDTABLE = "national-roundtable", _("National roundtable")
    MAYORAL_ROUNDTABLE = "mayoral-roundtable", _("Mayoral roundtable")
    DIALOGUE = "dialogue", _("Dialogue")
    WEBINAR = "webinar", _("Webinar")
    RETREAT = "retreat", _("Retreat")
    PANEL = "panel", _("Panel")
    LEARNING_VISIT = "learning-visit", _("Learning visit")
    SESSION = "session", _("Session")
    COMMITTEE_MEETING = "committee-meeting", _("Committee meeting")
    CONVENING = "convening", _("Convening")


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


class Meeting(Published, Addressed):
    """What events and initiatives share: a name, an address, a description."""

    name = models.CharField(_("name"), max_length=200, help_text=_("As a reader would look it up."))
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("One a line: every name under which a page mentions it."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences, only what is known.")
    )

    class Meta(Published.Meta):
        abstract = True

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    @property
    def other_names_list(self) -> list[str]:
        return [line.strip() for line in self.other_names.splitlines() if line.strip()]


class Event(Meeting, Dated):
    """A meeting that cities took part in: one page for every city that was there."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    date_source = models.CharField(
        _("source of the date"), max_length=250, blank=True, help_text=_("Readers see it.")
    )
    place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("As stated; empty if it is not.")
    )
    place_note = models.CharField(
        _("note on the place"), max_length=250, blank=True, help_text=_("Readers see it.")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="sessions",
        null=True,
        blank=True,
        verbose_name=_("part of"),
        help_text=_("The event this was a session of."),
    )
    series = models.CharField(
        _("series"), max_length=120, blank=True, help_text=_("The same words at each event of it.")
    )
    may_be = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("may be the same as"),
        help_text=_("Another event that the texts do not tell apart from this one."),
    )
    may_be_note = models.CharField(_("why it may be the same"), max_length=250, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta(Meeting.Meta):
        abstract = False
        ordering = ["name"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Meeting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="journeys_event_not_part_of_itself",
            ),
            models.CheckConstraint(
                condition=Q(may_be__isnull=True) | ~Q(may_be=F("id")),
                name="journeys_event_not_maybe_itself",
                violation_error_message=_("An event is not another event than itself."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("journeys:event_detail", args=[self.slug])

    def clean(self):
        super().clean()
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("An event cannot be part of itself.")})
            above = above.parent


class Initiative(Meeting):
    """What cities endorse, join or run: a declaration, a pilot, a council, a series."""

    kind = models.CharField(_("kind"), max_length=20, choices=InitiativeKind)
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

    hub_path = "run_by__region"

    objects = InitiativeQuerySet.as_manager()

    class Meta(Meeting.Meta):
        abstract = False
        ordering = ["name"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    def get_absolute_url(self):
        return reverse("journeys:initiative_detail", args=[self.slug])

    @property
    def is_declaration(self) -> bool:
        """Whether the stops that act on it are drawn as diamonds."""
        return self.kind == InitiativeKind.DECLARATION or self.launched_at_id is not None
