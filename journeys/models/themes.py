"""Themes: what milestones are about."""

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.models.milestones import public_milestones
from strongcities.addresses import Addressed, BySlugQuerySet
from strongcities.search import Searched, SearchedQuerySet


class ThemeQuerySet(BySlugQuerySet, SearchedQuerySet):
    """What milestones are about."""

    def for_directory(self):
        """Each with its numbers of public milestones and journeys, by name."""
        shown = public_milestones("milestone_links__milestone__")
        return self.annotate(
            milestone_count=Count("milestone_links", filter=shown),
            city_count=Count("milestone_links__milestone__city", filter=shown, distinct=True),
        ).order_by("search_names")


class Theme(Addressed, Searched):
    """What milestones are about; a tag that always comes with the words that justify it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    scope = models.CharField(
        _("scope"), max_length=250, help_text=_("One sentence: what belongs here.")
    )

    told_by = ("scope",)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["search_names"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("journeys:theme_detail", args=[self.slug])
