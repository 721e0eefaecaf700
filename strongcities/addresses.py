"""Addresses: of our own records, and those on the web that editors type."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from strongcities.plain_text import PlainText
from strongcities.slugs import make_slug, unique_slug


class WebAddressField(models.URLField):
    """An http or https address; one typed without a scheme is taken as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class BySlugQuerySet(models.QuerySet):
    """Records that fixtures name by their slug."""

    def get_by_natural_key(self, *values):
        """By the slug alone, as a fixture refers to it, or by all of `natural_fields`."""
        return self.get(**dict(zip(self.model.natural_fields, values, strict=False)))


class Addressed(PlainText):
    """A record with a web address, made from its name where an editor leaves it empty."""

    # What a record of a fixture must share with a stored one to be taken for it, slug first: a
    # stranger that only has its address is not written over, loading is refused.
    natural_fields: ClassVar[tuple[str, ...]] = ("slug", "uuid")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text=_("Its web address. Empty: made from the name. Links break when it changes."),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.free_slug()
        super().save(*args, **kwargs)

    def natural_key(self):
        return tuple(getattr(self, name) for name in self.natural_fields)

    def siblings(self):
        """The records among which the address is unique."""
        return type(self)._default_manager.exclude(pk=self.pk)

    def free_slug(self) -> str:
        """An address from the name that none of the siblings has."""
        fallback = self._meta.model_name
        like = make_slug(str(self), fallback)[:70]
        taken = self.siblings().filter(slug__startswith=like).values_list("slug", flat=True)
        return unique_slug(str(self), fallback, set(taken))
