"""Pictures that editors add: checked from the header, before anything is decoded."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import Image

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
TOO_MANY_PIXELS = _("This picture has more than 40 megapixels: save a smaller copy.")


def validate_picture(file) -> None:
    """Refuse a file by its size, format or pixel count; reads only the header."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 15 MB: save a smaller copy."))
    try:
        file.seek(0)
        with Image.open(file, formats=list(FORMATS)) as picture:
            width, height = picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This is not a JPEG, PNG, WebP or AVIF picture.")) from error
    finally:
        file.seek(0)
    if width * height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)


class Illustrated(models.Model):
    """A record with one optional picture, which never goes without words for it."""

    image = models.ImageField(
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
