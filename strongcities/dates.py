"""Dates in the database: the EDTF field, and the base of records that are placed in time."""

from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from strongcities import edtf
from strongcities.direction import isolated


def validate_edtf(value: str) -> None:
    """Raise ValidationError with words that say what to type instead."""
    try:
        edtf.parse(value)
    except edtf.EDTFError as error:
        raise refusal(error) from error


def refusal(error: edtf.EDTFError) -> ValidationError:
    params = {name: isolated(text) for name, text in error.params.items()}
    return ValidationError(gettext(error.message), code="edtf", params=params)


class EDTFFormField(forms.CharField):
    """Takes EDTF, and what people type instead: "Sept 2024" becomes 2024-09."""

    def to_python(self, value):
        text = super().to_python(value).strip()
        try:
            return edtf.read_typed(text).text if text else text
        except edtf.EDTFError as error:
            raise refusal(error) from error


class EDTFField(models.CharField):
    """A date that admits doubt, stored as EDTF text of at most 32 characters."""

    default_validators = [validate_edtf]

    def __init__(self, *args, **kwargs):
        shown = _("As in 2024, 2024-05, 2024-05-14, 2023-09-19/2023-09-21 or 2024-06?")
        super().__init__(*args, **{"max_length": 32, "help_text": shown, **kwargs})

    def formfield(self, **kwargs):
        # Longer than the column: what is typed may be words, and is EDTF once it is read.
        return super().formfield(**{"form_class": EDTFFormField, "max_length": 80, **kwargs})

    def to_python(self, value):
        value = super().to_python(value)
        return value.strip() if isinstance(value, str) else value


def derived_columns(text: str) -> dict:
    """What is stored beside an EDTF date to sort and filter by; the same for save and fixtures."""
    reading = edtf.parse(text) if text else None
    return {
        "date_earliest": reading.earliest if reading else None,
        "date_latest": reading.latest if reading else None,
        "date_precision": reading.precision.value if reading else "",
        "date_certainty": reading.certainty.value if reading else "",
    }


def by_reading():
    """The order by earliest day; a date open at the start stands at its end, none at all last."""
    return Coalesce("date_earliest", "date_latest").asc(nulls_last=True)


def overlaps_year(year: int) -> models.Q:
    """The condition that a date's bounds touch a year; an open side reaches for ever."""
    starts = models.Q(date_earliest__isnull=True) | models.Q(date_earliest__year__lte=year)
    ends = models.Q(date_latest__isnull=True) | models.Q(date_latest__year__gte=year)
    dated = models.Q(date_earliest__isnull=False) | models.Q(date_latest__isnull=False)
    return starts & ends & dated


class Dated(models.Model):
    """A record with a date as EDTF and the columns derived from it."""

    date = EDTFField(_("date, as read"), blank=True)
    date_earliest = models.DateField(
        _("earliest day"), null=True, blank=True, editable=False, db_index=True
    )
    date_latest = models.DateField(
        _("latest day"), null=True, blank=True, editable=False, db_index=True
    )
    date_precision = models.CharField(max_length=10, blank=True, editable=False)
    date_certainty = models.CharField(max_length=12, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        for name, value in derived_columns(self.date).items():
            setattr(self, name, value)
        if "date" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], *derived_columns("")}
        super().save(*args, **kwargs)

    @property
    def reading(self) -> edtf.Reading | None:
        return edtf.parse(self.date) if self.date else None

    @property
    def date_in_words(self) -> str:
        return in_words(self.date, get_language()) if self.date else ""

    @property
    def date_in_short(self) -> str:
        """The month of a certain date that lies in one, else the date in words."""
        first, last = self.date_earliest, self.date_latest
        certain = self.date_certainty == edtf.Certainty.CERTAIN.value
        if certain and first and last and (first.year, first.month) == (last.year, last.month):
            return in_words(first.isoformat()[:7], get_language())
        return self.date_in_words


@lru_cache(maxsize=4096)
def in_words(text: str, language: str | None) -> str:
    """An EDTF date in words of the language that is active; raises EDTFError for any other text."""
    return edtf.describe(text, gettext)
