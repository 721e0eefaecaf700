"""The base of records that people write: no text of theirs holds a control character."""

from collections.abc import Iterator
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from strongcities.characters import SOFT_BREAK, name_of_first, without_controls

HAS_CONTROL = _("A control character (%(character)s) cannot be kept here: delete it.")


class PlainText(models.Model):
    """A form that brings a control says so; where nobody can be told, it is left out."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        for field, text in self.texts_without_soft_breaks():
            setattr(self, field.attname, without_controls(text))
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        """A soft break, as Word has it, becomes a line break; other controls are refused."""
        errors: dict[str, list[ValidationError]] = {}
        for field, text in self.texts_without_soft_breaks():
            setattr(self, field.attname, text)
            if field.name not in (exclude or ()) and (character := name_of_first(text)):
                params = {"character": character}
                errors[field.name] = [ValidationError(HAS_CONTROL, "control", params)]
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _get_FIELD_display(self, field: models.Field) -> str | None:  # noqa: N802 - Django's name
        """As Django says it, which each time makes a dictionary of all choices."""
        value = getattr(self, field.attname)
        return force_str(choices_of(field).get(value, value), strings_only=True)

    def texts_without_soft_breaks(self) -> Iterator[tuple[models.Field, str]]:
        """Each text that is loaded; in a field of one line a soft break is a blank."""
        for field in self._meta.concrete_fields:
            text = self.__dict__.get(field.attname)
            if isinstance(text, str) and not (text.isascii() and text.isprintable()):
                line_break = "\n" if isinstance(field, models.TextField) else " "
                yield field, SOFT_BREAK.sub(line_break, text)


def lines_in(text: str) -> list[str]:
    """What stands in a field that takes one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@cache
def choices_of(field: models.Field) -> dict:
    return dict(field.flatchoices)
