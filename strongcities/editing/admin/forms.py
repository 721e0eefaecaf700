"""The forms of our records: what they ask beside the record's own fields."""

from copy import copy
from datetime import datetime

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextareaWidget
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from strongcities.direction import isolated
from strongcities.editing.dates import with_zone
from strongcities.publishing import Status
from strongcities.staff.sentences import START

OWN_FIELDS = ("comment", "readers_note")
ANSWER = "off_the_site_until"  # the field whose tick says yes, to the time that was named


class EditedForm(forms.ModelForm):
    """A record's form; what its editor may not see is shown empty, and stays as it is."""

    comment = forms.CharField(
        label=_("What you changed"),
        required=False,
        max_length=250,
        help_text=_("For colleagues: it stands in the history."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.unseen = list(self.not_to_be_seen())
        self.initial |= dict.fromkeys(self.unseen)
        name_halves(self)

    def not_to_be_seen(self):
        """The fields that name a record which their editor does not see."""
        for name, field in self.fields.items():
            stored = self.initial.get(name) if self.instance.pk else None
            is_limited = isinstance(field, forms.ModelChoiceField) and field.queryset.query.where
            if stored and is_limited and not field.queryset.filter(pk=stored).exists():
                yield name

    def clean(self):
        cleaned = super().clean()
        for name in self.unseen:  # left empty, it names what it named
            cleaned[name] = cleaned.get(name) or getattr(self.instance, name)
        return cleaned


class PublishedForm(EditedForm):
    """The form of what is published: what changes there may concern those who read it before.

    A page that is live is not taken off the site until a later time without being asked: `hides`
    is the time, and the sentence.
    """

    readers_note = forms.CharField(
        label=_("Tell readers"),
        required=False,
        max_length=250,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=_(
            "One sentence on what changed; it stands on the public page with today's date. "
            "Empty for what readers need not know."
        ),
    )
    hides: dict | None = None

    def clean(self):
        cleaned = super().clean()
        until = self.hidden_until(cleaned)
        is_agreed = until is not None and self.data.get(ANSWER) == until.isoformat()
        if until is not None and not is_agreed and "_preview" not in self.data:
            said = _("“{page}” is on the site now. Saved like this, nobody sees it until {time}.")
            words = {"page": isolated(self.instance), "time": with_zone(until)}
            self.hides = {"until": until.isoformat(), "sentence": format_html(said, **words)}
            self.add_error(None, _("Nothing is saved yet: this takes a page off the site."))
        return cleaned

    def hidden_until(self, cleaned) -> datetime | None:
        """The time until which a save would hide what the public sees now."""
        until = cleaned.get("goes_live_at")
        is_published = cleaned.get("status", self.instance.status) == Status.PUBLISHED
        is_later = until is not None and until > timezone.now()
        return until if is_later and is_published and self.instance.is_public else None


def plain(text: str) -> str:
    """Somebody's own words, to be stored: no NUL, and nothing that reads as a sentence of ours."""
    return text.replace("\x00", "").replace(START, START.upper())


def posted_under(posted, prefix: str) -> dict[str, str]:
    """What was typed into the fields whose names begin like this, by the rest of their names."""
    return {
        name.removeprefix(prefix): plain(text)
        for name, text in posted.items()
        if name.startswith(prefix)
    }


# Names for those who do not see the screen, where Django gives a field none.


def name_halves(form: forms.BaseForm) -> None:
    """The label of a moment names neither of its two fields, the day and the time."""
    for field in form.fields.values():
        if isinstance(field.widget, AdminSplitDateTime):
            day, time = field.widget.widgets
            day.attrs["aria-label"] = f"{capfirst(str(field.label))}: {_('day')}"
            time.attrs["aria-label"] = f"{capfirst(str(field.label))}: {_('time')}"


class RowForm(forms.ModelForm):
    """A row of a record. One that nobody touched asks only its own rule, and not the database."""

    def full_clean(self):
        is_touched = self.is_bound and (self.instance.pk is None or self.has_changed())
        if is_touched or not self.is_bound or not self.fits():
            super().full_clean()
            return
        fields, self.fields = self.fields, {}
        super().full_clean()
        self.fields = fields
        self.cleaned_data |= {name: getattr(self.instance, name, None) for name in fields}

    def fits(self) -> bool:
        """Whether the stored row goes with what is typed of its record."""
        try:
            self.instance.clean()
        except forms.ValidationError:
            return False
        return True


class NamedFormSet(BaseInlineFormSet):
    """In the rows of a table the head of a column is all that tells what a field is.

    Rows that were fetched with their record are not asked for again.
    """

    def __init__(self, *args, queryset=None, **kwargs):
        self.shows_all = queryset is None or not queryset.query.where
        super().__init__(*args, queryset=queryset, **kwargs)

    def get_queryset(self):
        fetched = getattr(self.instance, "_prefetched_objects_cache", {})
        name = self.fk.remote_field.get_accessor_name()
        if not self.shows_all or name not in fetched:
            return super().get_queryset()
        if not hasattr(self, "fetched_rows"):
            self.fetched_rows = [copy(row) for row in fetched[name]]
        return self.fetched_rows

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.is_bound:  # what is typed of the record, not what is stored
            setattr(form.instance, self.fk.name, self.instance)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            if field.label and not widget.is_hidden:
                widget.attrs["aria-label"] = capfirst(str(field.label))
