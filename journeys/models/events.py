"""Events: where journeys meet."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from journeys.models.milestones import public_milestones
from strongcities.addresses import Addressed
from strongcities.dates import Dated, by_reading
from strongcities.plain_text import lines_in
from strongcities.publishing import Published, PublishedQuerySet, Status, public_condition
from strongcities.references import Reference, once_a
from strongcities.search import Searched, SearchedQuerySet
from strongcities.slugs import path_to


class DescribedQuerySet(PublishedQuerySet, SearchedQuerySet):
    """Events and initiatives, counted by the public cities that took part."""

    def with_city_count(self):
        shown = public_milestones("milestone_links__milestone__") & ~Q(
            milestone_links__relation="mentioned"
        )
        return self.annotate(
            city_count=Count("milestone_links__milestone__city", filter=shown, distinct=True)
        )

    def shared(self):
        """Those that two or more public cities took part in, most cities first."""
        return (
            self.with_city_count().filter(city_count__gte=2).order_by("-city_count", "search_names")
        )


class Described(Published, Addressed, Searched):
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

    named_by = ("name", "other_names")
    told_by: ClassVar[tuple[str, ...]] = ("description",)

    class Meta(Published.Meta):
        abstract = True

    def __str__(self):
        return self.name

    @property
    def other_names_list(self) -> list[str]:
        return lines_in(self.other_names)


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


class EventQuerySet(DescribedQuerySet):
    """Summits, workshops, dialogues and the sessions inside them."""

    def for_directory(self):
        """Latest `day` first, a session below the public event it was part of, on its day."""
        has_parent = public_condition("parent__")
        return self.annotate(
            is_session=Case(When(has_parent, then=True), default=False),
            day=Coalesce(Case(When(has_parent, then="parent__date_earliest")), "date_earliest"),
            under=Case(When(has_parent, then="parent__search_names"), default="search_names"),
            under_pk=Case(When(has_parent, then="parent"), default="pk"),
        ).order_by(
            F("day").desc(nulls_last=True),
            "under",
            "under_pk",
            "is_session",
            F("date_earliest").asc(nulls_last=True),
            "search_names",
        )

    def shown_once(self):
        """What the public sees, and what was withdrawn since it did."""
        withdrawn = Q(status=Status.WITHDRAWN, first_published_at__lte=timezone.now())
        return self.filter(public_condition() | withdrawn)

    def in_series(self, event: int, series: str):
        """The other events of its series, in order of time."""
        others = self.exclude(pk=event).filter(series=series)
        return others.order_by(by_reading(), "search_names")


class Event(Described, Dated):
    """A meeting that cities took part in: one page for every city that was there."""

    kind = models.CharField(pgettext_lazy("of an event", "kind"), max_length=20, choices=EventKind)
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

    told_by = ("place", "series", "description")

    objects = EventQuerySet.as_manager()

    class Meta(Described.Meta):
        abstract = False
        ordering = ["search_names"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Described.Meta.constraints,
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
        return path_to("journeys:event_detail", self.slug)

    def clean(self):
        super().clean()
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("An event cannot be part of itself.")})
            above = above.parent


class EventSource(Reference):
    """A page or paper in which something about an event was read."""

    natural_fields = ("event__slug", "title")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sources")

    class Meta(Reference.Meta):
        constraints = [once_a("event", "journeys")]
