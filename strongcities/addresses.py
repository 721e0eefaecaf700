"""Addresses: of our own records, and those on the web that editors type."""

import uuid
from collections.abc import Callable
from operator import attrgetter
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from strongcities.plain_text import PlainText
from strongcities.slugs import SLUG, make_slug, unique_slug

Address = tuple[int, str]  # pk of the record that it is unique within, 0 for none; slug

# Called with a record and the address it had, once it is stored under another one.
ON_RENAME: list[Callable[["Addressed", Address], None]] = []


def in_full(path: str) -> str:
    """An address of ours as others are given it, whatever host it was asked at."""
    return settings.PUBLIC_ADDRESS + path


class WebAddressField(models.URLField):
    """An http or https address; one typed without a scheme is taken as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class SlugField(models.SlugField):
    """A slug of any script, its marks too, which Django's validators refuse."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        message = _("Type only letters, digits, hyphens and underscores.")
        self.validators[0] = RegexValidator(SLUG, message)

    def deconstruct(self):
        """As Django's own: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs

    def formfield(self, **kwargs):
        return super(models.SlugField, self).formfield(**kwargs)


class KeyedQuerySet(models.QuerySet):
    """Records that fixtures name by their `natural_fields`."""

    def get_by_natural_key(self, *values):
        """By all of them, or by the address that they begin with, as fixtures refer to it."""
        return self.get(**dict(zip(self.model.natural_fields, values, strict=False)))


class Keyed(PlainText):
    """A record that fixtures name; its fields, and those of what it belongs to, say which it is."""

    natural_fields: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(attrgetter(name.replace("__", "."))(self) for name in self.natural_fields)


class Addressed(Keyed):
    """A record with a web address, made from its name where an editor leaves it empty."""

    # What a record of a fixture must share with a stored one to be taken for it, slug first: a
    # stranger that only has its address is not written over, loading is refused.
    natural_fields = ("slug", "uuid")

    address_scope: ClassVar[str] = ""  # the column of the record that a slug is unique within

    uuid = models.UUIDField(
        _("identifier"),
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Stays the same when the name or the address changes."),
    )
    slug = SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text=_(
            "Empty: made from the name. Links to an address that it had go on leading here."
        ),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.free_slug()
        is_written = kwargs.get("update_fields") is None or "slug" in kwargs["update_fields"]
        was = self.stored_address() if self.pk and is_written else None
        super().save(*args, **kwargs)
        if was and was != self.address:
            for note in ON_RENAME:
                note(self, was)

    @property
    def address(self) -> Address:
        return (getattr(self, self.address_scope) if self.address_scope else 0, self.slug)

    def stored_address(self) -> Address | None:
        """The address as the database has it; None for a record that is not stored."""
        columns = [self.address_scope, "slug"] if self.address_scope else ["slug"]
        stored = type(self)._base_manager.filter(pk=self.pk).values_list(*columns).first()
        return stored and (stored[0] if self.address_scope else 0, stored[-1])

    def siblings(self):
        """The records among which the address is unique."""
        return type(self)._default_manager.exclude(pk=self.pk)

    def free_slug(self) -> str:
        """An address from the name that none of the siblings has."""
        fallback = self._meta.model_name
        like = make_slug(str(self), fallback)[:70]
        taken = self.siblings().filter(slug__startswith=like).values_list("slug", flat=True)
        return unique_slug(str(self), fallback, set(taken))
