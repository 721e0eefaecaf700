"""The words around the journeys."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strongcities.addresses import Keyed, KeyedQuerySet, WebAddressField

THE_NETWORK = "https://strongcitiesnetwork.org/about-us/"


class JourneysPage(Keyed):
    """The words around the journeys: the page's own title, introduction and call to action."""

    slug = models.SlugField(unique=True, default="member-journeys", editable=False)
    title = models.CharField(pgettext_lazy("of a page", "title"), max_length=200)
    heading = models.CharField(_("heading"), max_length=200)
    intro = models.TextField(_("introduction"), help_text=_("Word for word as published."))
    intro_note = models.TextField(
        _("note on the introduction"),
        blank=True,
        help_text=_("Slips and abbreviations: only what is certain. Readers see it."),
    )
    closing_heading = models.CharField(_("call to action"), max_length=200, blank=True)
    closing_text = models.TextField(_("text of the call"), blank=True)
    closing_url = WebAddressField(
        _("address of the call"),
        blank=True,
        help_text=_(
            "Where “Learn about membership” leads. Empty: to the Network’s page about itself."
        ),
    )
    source_title = models.CharField(_("source"), max_length=200, blank=True)
    source_url = WebAddressField(_("address of the source"), blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)

    natural_fields = (
        *("slug", "title", "heading", "intro", "intro_note", "closing_heading", "closing_text"),
        *("closing_url", "source_title", "source_url", "read_on"),
    )

    objects = KeyedQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of the page")
        verbose_name_plural = _("words of the page")

    def __str__(self):
        return self.title

    @property
    def call_address(self) -> str:
        return self.closing_url or THE_NETWORK
