"""Where something about a record was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from strongcities.addresses import Keyed, KeyedQuerySet, WebAddressField


class Reference(Keyed):
    """A page or paper in which something about a record was read."""

    title = models.CharField(_("title"), max_length=250)
    url = WebAddressField(_("address"), blank=True, max_length=300)
    read_on = models.DateField(_("read on"), null=True, blank=True)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title


def once_a(owner: str, app: str) -> models.UniqueConstraint:
    """What `Meta` cannot inherit: the title of a source stands once beside a record."""
    return models.UniqueConstraint(fields=[owner, "title"], name=f"{app}_source_once_a_{owner}")
