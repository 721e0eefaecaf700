"""The columns of a record that may have a picture."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from strongcities.pictures.checking import validate_picture
from strongcities.pictures.storing import PictureField

NO_WORDS = _("Say what the picture shows, or tick “only decorative”.")
NO_CREDIT = _("Say who made the picture.")
WORDS_BESIDE = _("The picture has words that describe it: delete them, or untick this.")


class Illustrated(models.Model):
    """A record with one optional picture, with words for it or the note that it needs none."""

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
        help_text=_(
            "What the picture shows, for those who do not see it. Needed, unless it is only "
            "decorative."
        ),
    )
    image_decorative = models.BooleanField(
        _("only decorative"),
        default=False,
        help_text=_("Whoever does not see the picture misses nothing: it needs no words."),
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
                condition=Q(image="")
                | (~Q(image_credit="") & (~Q(image_alt="") | Q(image_decorative=True))),
                name="%(app_label)s_%(class)s_picture_has_words",
                violation_error_message=_(
                    "A picture needs a credit, and words that describe it unless it is only "
                    "decorative."
                ),
            ),
        ]

    def clean(self):
        super().clean()
        errors = dict(self.picture_errors()) if self.image else {}
        if errors:
            raise ValidationError(errors)

    def picture_errors(self):
        """What the picture lacks, by field."""
        has_words = bool(self.image_alt.strip())
        if self.image_decorative and has_words:
            yield "image_decorative", WORDS_BESIDE
        elif not self.image_decorative and not has_words:
            yield "image_alt", NO_WORDS
        if not self.image_credit.strip():
            yield "image_credit", NO_CREDIT
        if not self.image._committed:
            self.image.name = "picture"  # constraints are asked with it: no database gets its name
            from strongcities.pictures.copies import plain

            try:
                plain(self.image.file)
            except ValidationError as error:
                yield "image", error
