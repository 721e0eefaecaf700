"""Where something about a record was read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from strongcities.addresses import WebAddressField
from strongcities.plain_text import PlainText


class ReferenceQuerySet(models.QuerySet):
    """Where something about records was read."""

    def get_by_natural_key(self, *values):
        """By the address of the record, then the title."""
        records = self.model._meta.get_field(self.model.owner).related_model.objects
        return self.get(
            title=values[-1], **{self.model.owner: records.get_by_natural_key(*values[:-1])}
        )


class Reference(PlainText):
    """A page or paper in which something about a record, the `owner`, was read."""

    owner: ClassVar[str]  # the field that names the record

    title = models.CharField(_("title"), max_length=250)
    url = WebAddressField(_("address"), blank=True, max_length=300)
    read_on = models.DateField(_("read on"), null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title

    def natural_key(self):
        return (*getattr(self, self.owner).path, self.title)


def once_a(owner: str, app: str) -> models.UniqueConstraint:
    """What `Meta` cannot inherit: the title of a source stands once beside a record."""
    return models.UniqueConstraint(fields=[owner, "title"], name=f"{app}_source_once_a_{owner}")
