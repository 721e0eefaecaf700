"""Member cities."""

from collections.abc import Callable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.locator import Locator
from members.models.regions import Region
from strongcities.addresses import Addressed
from strongcities.dates import EDTFField
from strongcities.direction import listed
from strongcities.pictures import Illustrated
from strongcities.plain_text import lines_in
from strongcities.publishing import Published, PublishedQuerySet, Status
from strongcities.references import Reference, once_a
from strongcities.search import Searched, SearchedQuerySet
from strongcities.slugs import path_to

TOLD_ELSEWHERE: list[Callable[["City", str], bool]] = []


def told_elsewhere(says: Callable[["City", str], bool]) -> None:
    """Let the words for a fact about a city stand in other texts too."""
    TOLD_ELSEWHERE.append(says)


def quote_field(label) -> models.TextField:
    """The words that justify a fact about a city."""
    return models.TextField(
        label, blank=True, help_text=_("The words of the journey that say so, copied exactly.")
    )


class CityQuerySet(PublishedQuerySet, SearchedQuerySet):
    """Member cities."""

    def by_name(self):
        return self.order_by("search_names", "pk")

    def for_choice(self):
        """By region, then name: what a list to choose from prints."""
        return (
            self.select_related("region")
            .only("name", "slug", "code", "region__name", "region__colour", "region__slug")
            .order_by("region__order", "region__name", "search_names", "pk")
        )

    def by_place(self):
        """Each with its region; by region, then country, then name."""
        return self.select_related("region").order_by(
            "region__order", "region__name", "country", "search_names", "pk"
        )


class City(Published, Addressed, Illustrated, Searched):
    """A member city whose journey the Network tells."""

    name = models.CharField(
        _("name"), max_length=120, help_text=_("As the page heads it: “Athens (Ohio)”.")
    )
    short_name = models.CharField(
        _("short name"), max_length=80, help_text=_("As in the page's navigation: “Athens”.")
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("One a line: in other languages, or as written elsewhere. Search finds them."),
    )
    code = models.CharField(
        _("line code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z0-9]{3}\Z", _("Three capital letters, as in RAB."))],
        help_text=_("Three capital letters that name the line wherever its colour shows."),
    )
    country = CountryField(_("country"), blank=True)
    subdivision = models.CharField(
        _("part of the country"),
        max_length=80,
        blank=True,
        help_text=_("State, province or region, as stated, if stated."),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="cities",
        null=True,
        blank=True,
        verbose_name=_("region"),
        help_text=_("Needed to publish: it gives the line its colour."),
    )
    intro = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("Word for word as published; a blank line parts paragraphs."),
    )
    intro_note = models.TextField(
        _("note on the introduction"),
        blank=True,
        help_text=_("Slips and abbreviations: only what is certain. Readers see it."),
    )
    mayor = models.CharField(
        _("mayor"), max_length=120, blank=True, help_text=_("Only as the page names them.")
    )
    mayor_quote = quote_field(_("words that name the mayor"))
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, as in 34.0209; south is negative."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, as in -6.8416; west is negative."),
    )
    coordinates_source = models.CharField(
        _("source of the coordinates"), max_length=200, blank=True
    )
    first_engagement = EDTFField(_("first engagement"), blank=True)
    first_engagement_quote = quote_field(_("words on the first engagement"))
    first_engagement_note = models.TextField(
        _("note on the first engagement"),
        blank=True,
        help_text=_("What the date rests on. Readers see it."),
    )
    joined = EDTFField(_("member since"), blank=True)
    joined_quote = quote_field(_("words on joining"))
    joined_note = models.TextField(
        _("note on joining"), blank=True, help_text=_("What the date rests on. Readers see it.")
    )

    region_path = "region"
    mini_timeline: ClassVar = None  # its line in small, for a card that draws one
    named_by = ("name", "short_name", "other_names")
    told_by = ("subdivision", "country.name", "mayor", "intro")

    objects = CityQuerySet.as_manager()

    class Meta(Published.Meta, Illustrated.Meta):
        abstract = False
        ordering = ["search_names", "pk"]
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        constraints = [
            *Published.Meta.constraints,
            *Illustrated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(region__isnull=False),
                name="members_city_published_has_region",
                violation_error_message=_("Choose a region before publishing."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="members_city_coordinates_in_pairs",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.check_quotes()
        if self.status == Status.PUBLISHED and self.region_id is None:
            raise ValidationError({"region": _("Choose a region before publishing.")})

    def check_quotes(self) -> None:
        """The words given for a fact stand in the introduction or in a milestone."""
        for name in ("mayor_quote", "first_engagement_quote", "joined_quote"):
            quote = getattr(self, name)
            if quote and not self.says(quote):
                message = _("These words stand neither in the introduction nor in a milestone.")
                raise ValidationError({name: message})

    def says(self, quote: str) -> bool:
        """Whether the words stand in the introduction, or wherever else the city is told of."""
        return quote in self.intro or any(says(self, quote) for says in TOLD_ELSEWHERE)

    @property
    def other_names_list(self) -> list[str]:
        return lines_in(self.other_names)

    @property
    def colour(self) -> str:
        """That of its line; empty without a region."""
        return self.region.colour if self.region else ""

    @property
    def place(self) -> str:
        """Subdivision and country in words, those that are known."""
        return listed(filter(None, [self.subdivision, self.country.name]))

    @property
    def locator(self) -> Locator | None:
        """The picture of where this is; none where coordinates or the line's colour are missing."""
        if self.latitude is None or self.longitude is None or self.region is None:
            return None
        return Locator(float(self.latitude), float(self.longitude), self.region.colour)

    @property
    def locator_url(self) -> str:
        """The address of that picture, another one whenever it changes; empty without a picture."""
        if self.locator is None:
            return ""
        address = path_to("members:city_locator", self.slug)
        return f"{address}?v={self.locator.version}"


class CitySource(Reference):
    """A page or paper in which something about a city was read."""

    natural_fields = ("city__slug", "title")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="sources")

    class Meta(Reference.Meta):
        constraints = [once_a("city", "members")]
