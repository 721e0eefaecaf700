"""Pictures that editors add: checked from the header first, and never published as they came.

What is kept is a copy made here: upright, at most WIDEST pixels wide, without the place, the camera
or anything else that the file held beside the picture.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage, Storage
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
WIDEST = 1600
UNREADABLE = _("This is not a JPEG, PNG, WebP or AVIF picture.")
SPOILT = (OSError, RuntimeError, SyntaxError, ValueError)
TOO_MANY_PIXELS = _("This picture has more than 40 megapixels: save a smaller copy.")


def validate_picture(file) -> None:
    """Refuse a file by its size, format or pixel count; reads only the header."""
    if getattr(file, "_committed", False):
        return  # it is stored already: checked when it came
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 15 MB: save a smaller copy."))
    try:
        file.seek(0)
        with Image.open(file, formats=list(FORMATS)) as picture:
            width, height = picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except SPOILT as error:
        raise ValidationError(UNREADABLE) from error
    finally:
        file.seek(0)
    if width * height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)


def published_copy(file) -> ContentFile:
    """The picture as WebP, upright and without metadata; raises one of SPOILT."""
    file.seek(0)
    with Image.open(file, formats=list(FORMATS)) as picture:
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    plain.thumbnail((WIDEST, WIDEST * 4))
    copy = BytesIO()
    plain.save(copy, "WEBP", quality=82)
    return ContentFile(copy.getvalue())


_in_memory: ContextVar[Storage | None] = ContextVar("pictures_in_memory", default=None)


@contextmanager
def pictures_in_memory() -> Iterator[Storage]:
    """Pictures saved inside are kept in memory only: nothing is left on the disk, come what may."""
    storage = InMemoryStorage()
    token = _in_memory.set(storage)
    try:
        yield storage
    finally:
        _in_memory.reset(token)


class PictureFile(ImageFieldFile):
    """Stores the published copy under a name of its own, never the file as it came."""

    def __init__(self, instance, field, name) -> None:
        super().__init__(instance, field, name)
        memory = _in_memory.get()
        if memory is not None and name and memory.exists(name):
            self.storage = memory

    def save(self, name: str, content: File, save: bool = True) -> None:
        self.storage = _in_memory.get() or self.storage
        copy = published_copy(content)
        super().save(f"{uuid4().hex}.webp", copy, save=False)
        # Django does not find the size of a WebP of less than a kilobyte.
        with Image.open(copy) as picture:
            self.instance.image_width, self.instance.image_height = picture.size
        if save:
            self.instance.save()


class PictureField(models.ImageField):
    attr_class = PictureFile

    def update_dimension_fields(self, instance, force=False, *args, **kwargs):
        """Noted when a picture is stored; without one there is none."""
        if not instance.__dict__.get(self.attname):  # not fetched here, if it is deferred
            super().update_dimension_fields(instance, force, *args, **kwargs)


class Illustrated(models.Model):
    """A record with one optional picture, which never goes without words for it."""

    image = PictureField(
        _("picture"),
        upload_to="%Y/%m/",
        blank=True,
        validators=[validate_picture],
        width_field="image_width",
        height_field="image_height",
        help_text=_("JPEG, PNG, WebP or AVIF, at most 15 MB and 40 megapixels."),
    )
    image_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    image_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    image_alt = models.CharField(
        _("picture in words"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it. Needed with a picture."),
    )
    image_caption = models.CharField(_("caption"), max_length=250, blank=True)
    image_credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("Who made the picture. Needed with a picture."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(image="") | (~Q(image_alt="") & ~Q(image_credit="")),
                name="%(app_label)s_%(class)s_picture_has_words",
                violation_error_message=_("A picture needs words that describe it, and a credit."),
            ),
        ]

    def clean(self):
        super().clean()
        missing = _("A picture needs words that describe it, and a credit.")
        names = ["image_alt", "image_credit"] if self.image else []
        errors = {name: missing for name in names if not getattr(self, name).strip()}
        if self.image and not self.image._committed:
            try:
                published_copy(self.image.file)
            except SPOILT:
                errors["image"] = UNREADABLE
        if errors:
            raise ValidationError(errors)
