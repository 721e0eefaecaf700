"""A form whose record somebody saved while it was open: both brought together in what was posted.

Nothing is stored here: the posted data is rewritten, and the form that comes back shows both. What
only they changed is taken over, texts that both changed are joined word by word, and of rows that
both touched the editor's own stay and theirs are shown.
"""

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from strongcities.editing.contents import (
    Contents,
    Row,
    Value,
    changes,
    fingerprint,
    identity,
    row_key,
    state_of,
    text_of,
)
from strongcities.editing.differences import is_prose, join
from strongcities.editing.history import Past, past_of
from strongcities.editing.records import PARENTS

# What became of a field or a row that somebody else changed; the panel says each in words.
TAKEN = "taken"  # only they changed it: theirs stands in the form
JOINED = "joined"  # both changed the text, not the same words: both stand in the form
BOTH = "both"  # both did: what was typed stands in the form
OTHER = "other"  # it differs, and nobody knows since when: what was typed stands in the form
ROWS = "rows"  # rows that they changed, and the editor too


@dataclass
class Conflict:
    """What came between a form's being opened and its being saved, to be told."""

    past: Past | None
    found: dict[str, tuple[Contents, Contents]] = field(default_factory=dict)

    def note(self, what: str, key: str, before: Value, after: Value) -> None:
        pair = self.found.setdefault(what, ({}, {}))
        pair[0][key], pair[1][key] = before, after


def overtaken(admin, request: HttpRequest, stored: models.Model) -> Conflict | None:
    """Rewrite what was posted where its editor saw another state than is stored; else None."""
    now, seen = fingerprint(state_of(stored)), request.POST.get("seen", "")
    if seen == now:
        return None
    conflict = Conflict(past_of(stored, seen))
    request.POST = request.POST.copy()
    merge_fields(conflict, admin, request, stored)
    for formset, inline in admin.get_formsets_with_inlines(request, stored):
        theirs = inline.get_queryset(request).filter(**{formset.fk.name: stored})
        merge_rows(conflict, request.POST, formset, list(theirs))
    return conflict


# Fields


def merge_fields(conflict: Conflict, admin, request: HttpRequest, stored: models.Model) -> None:
    names = flatten_fieldsets(admin.get_fieldsets(request, stored))
    form_class = admin.get_form(request, stored, change=True, fields=names)
    past = conflict.past.record if conflict.past else None
    form = form_class(request.POST, request.FILES, instance=copy(past or stored))
    theirs, touched = form_class(instance=stored), touched_in(form)
    said, says = (state_of(one, ()) if one else {} for one in (past, stored))
    for name, now in says.items():
        if past is not None and said.get(name, now) == now:
            continue
        if name in touched:
            merge_field(conflict, request.POST, form, name, said.get(name), now)
        elif past is not None:
            if name in form.fields:
                fill(request.POST, theirs, name)
            conflict.note(TAKEN, name, said[name], now)


def merge_field(
    conflict: Conflict, data: QueryDict, form: forms.ModelForm, name: str, said, now
) -> None:
    """A field that both changed, or of which nobody knows who did."""
    mine = typed_text(form, name)
    if mine == now:
        return None
    if conflict.past is None:
        return conflict.note(OTHER, name, mine, now)
    column = form._meta.model._meta.get_field(name)
    joined = join(said or "", mine or "", now or "") if is_prose(column) else None
    if joined is None:
        return conflict.note(BOTH, name, mine, now)
    data[name] = joined.text
    return conflict.note(JOINED if joined.is_clean else BOTH, name, mine, now)


def touched_in(form: forms.ModelForm) -> set[str]:
    """The fields typed otherwise than the form's record has them; line ends do not count."""
    return {
        name
        for name in form.changed_data
        if as_text(form[name].data) != as_text(form[name].initial)
    }


def as_text(value) -> object:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def typed_text(form: forms.ModelForm, name: str) -> str | None:
    """What was typed, as the record would say it; as typed where it is no value of the field."""
    value = form[name].data
    try:
        cleaned = form.fields[name].clean(value) if value else value
    except forms.ValidationError:
        return " ".join(filter(None, value)) if isinstance(value, list) else str(value)
    if isinstance(form.fields[name], forms.FileField):
        return cleaned.name if cleaned else ""
    column, sample = form._meta.model._meta.get_field(name), form._meta.model()
    key = cleaned.pk if isinstance(cleaned, models.Model) else cleaned
    setattr(sample, column.attname, None if key == "" and column.null else key)
    return text_of(sample, column)


def fill(data: QueryDict, form: forms.ModelForm, name: str) -> None:
    """Write a field's stored value into posted data as if it had been served and left alone."""
    bound, widget = form[name], form.fields[name].widget
    widget, start = getattr(widget, "widget", widget), form.add_prefix(name)
    value = bound.value()
    if isinstance(widget, forms.MultiWidget):
        halves = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
        for end, part, half in halves:
            data[start + end] = part.format_value(half) or ""
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(start, None)
        if value:
            data[start] = "on"
    elif not isinstance(widget, forms.FileInput):
        shown = widget.format_value(value)
        shown = shown if isinstance(shown, list) else [shown]
        data.setlist(start, ["" if one is None else str(one) for one in shown])


# Rows


@dataclass
class Rows:
    """The rows of one part: as they were seen, as they are stored, and as they were posted.

    Rows are the same where what must be unique in them is, whoever made them.
    """

    conflict: Conflict
    formset: type
    part: str
    before: dict[str, models.Model]
    now: dict[str, models.Model]
    posted: set[str] = field(default_factory=set)  # the keys of rows
    mine: dict[str, list[MultiValueDict]] = field(default_factory=dict)  # those that were touched

    def merge(self, data: QueryDict, prefix: str) -> None:
        """Rows that the editor left alone are as stored; those touched stay as typed."""
        for row in take_rows(data, prefix):
            self.read(row)
        self.note_theirs()
        stored = [self.kept(pk, record) for pk, record in self.now.items()]
        new = [row for rows in self.mine.values() for row in rows if "DELETE" not in row]
        for row in new:
            row["id"] = ""  # also of what they removed
        put_rows(data, prefix, stored, new)

    def read(self, row: MultiValueDict) -> None:
        pk = row.get("id", "")
        seen = self.before.get(pk) or self.now.get(pk)
        form = self.formset.form(row, instance=copy(seen))
        key = row_key(seen) if seen else self.key_of(form)
        self.posted.add(key)
        if seen is None or "DELETE" in row or touched_in(form):
            self.mine.setdefault(key, []).append(row)
            if self.conflict.past is None and "DELETE" not in row:
                now = next((row for row in self.now.values() if row_key(row) == key), None)
                typed = {name: typed_text(form, name) for name in form.fields}
                stored = now and texts_of(now, form.fields)
                self.conflict.note(OTHER, self.key_of(form), typed, stored)

    def kept(self, pk: str, record: models.Model) -> MultiValueDict:
        """What becomes of a stored row: what was typed into it, or into one that is the same."""
        mine = self.mine.get(row_key(record), [])
        row = next((one for one in mine if one.get("id") or pk not in self.before), None)
        if row is None:
            return self.served(pk)
        mine.remove(row)
        row["id"] = pk
        return row

    def key_of(self, form: forms.ModelForm) -> str:
        names = [column.name for column in identity(self.formset.model)]
        return "/".join([self.part, *(str(typed_text(form, name)) for name in names)])

    def served(self, pk: str) -> MultiValueDict:
        """A stored row as if it had been served with the form."""
        record, row = self.now[pk], MultiValueDict()
        form = self.formset.form(instance=record)
        for name in form.fields:
            fill(row, form, name)
        row["id"], row[self.formset.fk.name] = pk, str(getattr(record, self.formset.fk.attname))
        return row

    def note_theirs(self) -> None:
        """What they changed, row by row; without a known past, what the editor did not see."""
        said, says = (
            {row_key(row): texts_of(row, self.formset.form.base_fields) for row in rows}
            for rows in (self.before.values(), self.now.values())
        )
        for key, after in changes(said, says).items():
            mine = self.mine.get(key, [])
            if self.conflict.past is None:
                if key not in self.posted:
                    self.conflict.note(OTHER, key, None, after)
            elif after is not None or not any("DELETE" in row for row in mine):
                self.conflict.note(ROWS if mine else TAKEN, key, said.get(key), after)


def merge_rows(conflict: Conflict, data: QueryDict, formset: type, theirs: list) -> None:
    part, prefix = formset.fk.remote_field.get_accessor_name(), formset.get_default_prefix()
    if formset.model not in PARENTS or f"{prefix}-TOTAL_FORMS" not in data:
        return
    past = conflict.past.rows if conflict.past else []
    before = {str(row.pk): row for row in past if type(row) is formset.model}
    now = {str(row.pk): row for row in theirs}
    Rows(conflict, formset, part, before, now).merge(data, prefix)


def texts_of(row: models.Model, names: Iterable[str]) -> Row:
    return {name: text_of(row, row._meta.get_field(name)) for name in names}


def take_rows(data: QueryDict, prefix: str) -> list[MultiValueDict]:
    """The rows, in the order posted, without their prefix; they are no longer in the data."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    rows: dict[int, MultiValueDict] = {}
    for key in list(data):
        if match := pattern.fullmatch(key):
            rows.setdefault(int(match[1]), MultiValueDict()).setlist(match[2], data.pop(key))
    return [rows[number] for number in sorted(rows)]


def put_rows(
    data: QueryDict, prefix: str, stored: list[MultiValueDict], new: list[MultiValueDict]
) -> None:
    for number, row in enumerate([*stored, *new]):
        for name, values in row.lists():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))
