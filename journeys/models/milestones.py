"""Milestones: the steps on a city's journey."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from journeys.models.search import with_words
from members.models import City
from strongcities import edtf
from strongcities.addresses import Addressed, SlugField, WebAddressField
from strongcities.dates import Dated, by_reading
from strongcities.direction import filled, isolated, listed
from strongcities.pictures import Illustrated
from strongcities.plain_text import lines_in
from strongcities.publishing import (
    Published,
    PublishedQuerySet,
    Status,
    Withdrawn,
    found_by,
    public_condition,
)
from strongcities.search import Searched, SearchedQuerySet
from strongcities.slugs import path_to

# What its dates are told by.
DATES = ("date", "date_as_printed", "date_earliest", "date_latest", "date_certainty")
LEADS_TO = {"city": "city", "region": "city__region", "theme": "theme_links__theme"}
TOLD_DATE = _("{printed} (read as {reading})")


def public_milestones(prefix: str) -> Q:
    """The condition that the milestone behind `prefix`, and its city, are public."""
    return public_condition(prefix) & public_condition(f"{prefix}city__")


class MilestoneKind(models.TextChoices):
    """What sort of step a milestone is."""

    FIRST_CONTACT = "first-contact", _("First contact")
    JOINED = "joined", _("Joined the Network")
    WORKSHOP = "workshop", _("Workshop or dialogue")
    SUMMIT = "summit", _("Global Summit")
    VISIT = "visit", _("Learning visit or exchange")
    COMMITMENT = "commitment", _("Commitment or leadership role")
    PILOT = "pilot", _("Project or pilot")
    SPOTLIGHT = "spotlight", _("City Spotlight")


class MilestoneQuerySet(PublishedQuerySet, SearchedQuerySet):
    """The steps on cities' journeys."""

    def published(self):
        """Public milestones of public cities."""
        return self.filter(public_milestones(""))

    def get_public(self, **lookup):
        """As for all published things; a milestone goes with its city."""
        asked = found_by(Milestone, ("city__region",), tuple(lookup), is_public=False)
        if not (found := asked(*lookup.values())):
            raise Http404
        milestone = found[0]
        for record in (milestone.city, milestone):
            if record.status == Status.WITHDRAWN and record.was_public:
                raise Withdrawn(record)
            if not record.is_public:
                raise Http404
        return milestone

    def as_told(self):
        return self.order_by("city__search_names", "city", "position", "pk")

    def of_public_city(self, city: int):
        return self.filter(public_condition(), city=city).order_by("position", "pk")

    def by_reading(self):
        """By earliest day, then place in the story."""
        return self.order_by(by_reading(), "position", "city__search_names", "pk")

    def of(self, record):
        """Those of a city, a region or a theme."""
        return self.filter(**{LEADS_TO[record._meta.model_name]: record})

    def telling_of(self, initiative):
        """Those with any link to an initiative."""
        return self.filter(initiative_links__initiative=initiative).distinct()

    def with_words(self, terms: list[tuple[str, ...]]):
        """Those that hold every term of a search, in their own words or in what is around them."""
        return with_words(self, terms)

    def with_city(self):
        return self.select_related("city__region")

    def for_slides(self):
        """All that a file of a timeline tells of each."""
        return self.with_city().prefetch_related("theme_links__theme", "sources")


class Milestone(Published, Addressed, Dated, Illustrated, Searched):
    """One step on a city's journey, told in the order the Network tells it."""

    city = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("city")
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        blank=True,
        help_text=_("Place in the story as told, from 1; dates do not change it. Empty: last."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MilestoneKind, blank=True)
    title = models.CharField(
        _("title"), max_length=200, help_text=_("Word for word, misprints too.")
    )
    slug = SlugField(
        _("address"),
        max_length=80,
        blank=True,
        allow_unicode=True,
        help_text=_(
            "Empty: made from the title. Links to an address that it had go on leading here."
        ),
    )
    short_title = models.CharField(
        _("short title"),
        max_length=22,
        blank=True,
        help_text=_("For the map and the side of the journey; empty: the title, cut at a word."),
    )
    date_as_printed = models.CharField(
        _("date, as printed"),
        max_length=80,
        help_text=_("Word for word, misprints too. This is what readers see."),
    )
    date_note = models.TextField(
        _("note on the date"),
        blank=True,
        help_text=_("Where the reading differs from print: why. Readers see it."),
    )
    body = models.TextField(
        _("text"), help_text=_("Word for word as published; a blank line parts paragraphs.")
    )
    text_note = models.TextField(
        _("note on the text"),
        blank=True,
        help_text=_("Slips and abbreviations: only what is certain. Readers see it."),
    )
    places = models.TextField(
        _("other places"),
        blank=True,
        help_text=_("Places that the text names, one a line, as printed there."),
    )
    read_more = models.BooleanField(
        _("ends in “Read more”"), default=False, help_text=_("The page offered further reading.")
    )
    read_more_url = WebAddressField(
        _("address of “Read more”"),
        blank=True,
        help_text=_("The link shows only where there is an address."),
    )

    natural_fields = ("city__slug", "slug", "uuid")
    address_scope = "city_id"
    region_path = "city__region"
    named_by = ("title",)
    told_by = ("body",)
    name_field = "title"
    goes_with = "city"
    found_by: ClassVar[list[str]] = []  # the names around it that hold the words of a search

    objects = MilestoneQuerySet.as_manager()

    class Meta(Published.Meta, Illustrated.Meta):
        abstract = False
        ordering = ["city", "position", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            *Published.Meta.constraints,
            *Illustrated.Meta.constraints,
            models.UniqueConstraint(
                fields=["city", "slug"],
                name="journeys_milestone_slug_unique_in_city",
                violation_error_message=_("Another milestone of this city has this address."),
            ),
        ]
        indexes = [
            *Published.Meta.indexes,
            models.Index(fields=["city", "position"], name="journeys_milestone_as_told"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if self.position is None:
            self.position = self.last_position() + 1
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.check_quotes_of_earlier_milestones()
        unsaid = [place for place in self.place_names if not self.says(place)]
        if unsaid:
            message = _("The text does not name %(places)s: write places as printed.")
            raise ValidationError({"places": message % {"places": listed(unsaid)}})

    def check_quotes_of_earlier_milestones(self) -> None:
        """Links from other milestones may quote this one's text; it must go on to say it."""
        links = self.links_back.select_related("milestone__city") if self.pk else []
        for link in links:
            if not (self.says(link.quote) or link.milestone.says(link.quote)):
                message = _("“%(title)s” is linked to this by the words “%(quote)s”: keep them.")
                other = link.milestone
                title = other.title if other.is_public else _("another milestone")
                params = {"title": title, "quote": link.quote}
                raise ValidationError({"body": filled(message, params)})

    def get_absolute_url(self):
        return path_to("journeys:milestone_detail", self.city.slug, self.slug)

    def siblings(self):
        return super().siblings().filter(city=self.city)

    def last_position(self) -> int:
        return self.siblings().aggregate(last=models.Max("position"))["last"] or 0

    def says(self, quote: str) -> bool:
        """Whether the words stand in the title or the text, a no-break space like any space."""
        return plain_spaces(quote) in plain_spaces(f"{self.title}\n\n{self.body}")

    @classmethod
    def public_condition(cls):
        return public_milestones("")

    @property
    def is_public(self) -> bool:
        return super().is_public and self.city.is_public

    @property
    def place_names(self) -> list[str]:
        return lines_in(self.places)

    @property
    def map_title(self) -> str:
        """The short title, else the title cut at a word to 22 characters."""
        return self.short_title or cut_at_word(self.title, 22)

    @property
    def printed(self) -> edtf.Printed | None:
        """The printed date as EDTF reads it, with what else it could be; None if it cannot be."""
        try:
            return edtf.read_with_note(self.date_as_printed)
        except edtf.EDTFError:
            return None

    @property
    def printed_reading(self) -> edtf.Reading | None:
        """The days of the printed date, without an editor's doubt; None if it cannot be read."""
        return edtf.parse(self.printed.text) if self.printed else None

    @property
    def printed_note(self) -> str:
        """What else the printed date could be, in English; "" where it is one date only."""
        return self.printed.note if self.printed else ""

    @property
    def date_differs(self) -> bool:
        """Whether there is a reading, of other days than the printed date; doubt moves nothing."""
        return self.reading is not None and not self.reading.same_days(self.printed_reading)

    def date_told(self, form: str = "long") -> str:
        """The date as printed, beside it a reading that differs; if "short", its month only."""
        if not self.date_differs:
            return self.date_as_printed
        reading = self.date_in_short if form == "short" else self.date_in_words
        return str(TOLD_DATE).format(printed=isolated(self.date_as_printed), reading=reading)

    @property
    def date_is_doubtful(self) -> bool:
        return self.date_certainty not in ("", edtf.Certainty.CERTAIN.value)


def milestones_say(city: City, quote: str) -> bool:
    """Whether the words stand in a milestone of a city."""
    return city.pk is not None and any(one.says(quote) for one in city.milestones.all())


def plain_spaces(text: str) -> str:
    """Text with no-break spaces as spaces, for comparing words only."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def cut_at_word(text: str, length: int) -> str:
    """At most `length` characters, whole words where possible, with an ellipsis if cut."""
    if len(text) <= length:
        return text
    cut = text[:length].rpartition(" ")[0] or text[: length - 1]
    return cut.rstrip(" ,;:–-") + "…"
