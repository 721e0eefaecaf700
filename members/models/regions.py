"""The Network's regional hubs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strongcities.addresses import Addressed
from strongcities.search import Searched, SearchedQuerySet


class LineColour(models.TextChoices):
    """The colours a line may have; each is drawn for light, dark and signs."""

    BLUE = "na", _("Blue")
    PURPLE = "wb", _("Purple")
    VERMILION = "sa", _("Vermilion")
    GREEN = "esa", _("Green")
    OCHRE = "mena", _("Ochre")
    MAGENTA = "r6", _("Magenta")
    TEAL = "r7", _("Teal")
    BROWN = "r8", _("Brown")


class Region(Addressed, Searched):
    """A regional hub of the Network; its colour is the colour of its cities' lines."""

    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("As in “East and Southern Africa”.")
    )
    abbreviation = models.CharField(
        _("abbreviation"), max_length=12, blank=True, help_text=_("As in ESA; empty where none.")
    )
    hub_name = models.CharField(
        _("hub's name"), max_length=120, help_text=_("As in “MENA Regional Hub”.")
    )
    colour = models.CharField(
        _("line colour"),
        max_length=4,
        choices=LineColour,
        help_text=_("Give each region its own: a line is told from another by it."),
    )
    order = models.PositiveSmallIntegerField(
        pgettext_lazy("place in lists", "order"),
        default=0,
        help_text=_("Place in lists of regions, from 1."),
    )

    named_by = ("name", "abbreviation", "hub_name")

    objects = SearchedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return self.name
