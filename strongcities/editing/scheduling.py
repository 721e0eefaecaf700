"""A page that is live is not taken off the site until a later time without being asked."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strongcities.publishing import Published, Status

ANSWER = "off_the_site_until"  # the field whose tick says yes, to the time that was named


class AsksBeforeHiding(forms.ModelForm):
    """The form of a published record; `hides` is what it asks: the time, and the sentence."""

    hides: dict | None = None

    def clean(self):
        cleaned = super().clean()
        until = self.hidden_until(cleaned)
        is_agreed = until is not None and self.data.get(ANSWER) == until.isoformat()
        if until is not None and not is_agreed and "_preview" not in self.data:
            self.hides = {"until": until.isoformat(), "sentence": in_words(self.instance, until)}
            self.add_error(None, _("Nothing is saved yet: this takes a page off the site."))
        return cleaned

    def hidden_until(self, cleaned) -> datetime | None:
        """The time until which a save would hide what the public sees now."""
        until = cleaned.get("goes_live_at")
        is_published = cleaned.get("status", self.instance.status) == Status.PUBLISHED
        is_later = until is not None and until > timezone.now()
        return until if is_later and is_published and self.instance.is_public else None


def in_words(page: Published, until: datetime) -> str:
    sentence = _("“%(page)s” is on the site now. Saved like this, nobody sees it until %(time)s.")
    time = date_format(timezone.localtime(until), "j F Y, H:i")
    return sentence % {"page": page, "time": time}
