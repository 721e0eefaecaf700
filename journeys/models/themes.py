"""Themes: what milestones are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from strongcities.addresses import Addressed
from strongcities.search import Searched, SearchedQuerySet
from strongcities.slugs import path_to


class Theme(Addressed, Searched):
    """What milestones are about; a tag that always comes with the words that justify it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    scope = models.CharField(
        _("scope"), max_length=250, help_text=_("One sentence: what belongs here.")
    )

    told_by = ("scope",)

    objects = SearchedQuerySet.as_manager()

    class Meta:
        ordering = ["search_names"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return path_to("journeys:theme_detail", self.slug)
