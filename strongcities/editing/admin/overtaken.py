"""A form whose record somebody saved while it was open: both brought together in what was posted.

Nothing is stored here: the posted data is rewritten, and the form that comes back shows both. What
only they changed is taken over, texts that both changed are joined word by word, and of rows that
both touched the editor's own stay and theirs are shown.
"""

import re
from collections import defaultdict
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
from strongcities.editing.differences import differences, is_prose, join
from strongcities.editing.history import Past, past_of
from strongcities.editing.labels import Labels
from strongcities.editing.records import PARENTS

# What became of a field or a row that somebody else changed; the panel says each in words.
TAKEN = "taken"  # only they changed it: theirs stands in the form
JOINED = "joined"  # both changed the text, not the same words: both stand in the form
WORDS = "words"  # both changed the same words of it too: of these, those typed stand in the form
BOTH = "both"  # both did: what was typed stands in the form
OTHER = "other"  # it differs, and nobody knows since when: what was typed stands in the form
ROWS = "rows"  # rows that they changed, and the editor too


@dataclass
class Conflict:
    """What came between a form's being opened and its being saved, to be told."""

    past: Past | None
    found: dict[str, tuple[Contents, Contents]] = field(default_factory=dict)

    def note(self, what: str, key: str, before: Value, after: Value) -> None:
        if before != after:
            pair = self.found.setdefault(what, ({}, {}))
            pair[0][key], pair[1][key] = before, after


def overtaken(admin, request: HttpRequest, stored: models.Model) -> Conflict | None:
    """Rewrite what was posted where its editor saw another state than is stored; else None.

    None too where all that differs says what was typed, as where a form is sent twice.
    """
    now, seen = fingerprint(state_of(stored)), request.POST.get("seen", "")
    if seen == now:
        return None
    conflict = Conflict(past_of(stored, seen))
    request.POST = request.POST.copy()
    merge_fields(conflict, admin, request, stored)
    for formset, inline in admin.get_formsets_with_inlines(request, stored):
        theirs = inline.get_queryset(request).filter(**{formset.fk.name: stored})
        merge_rows(conflict, request.POST, formset, list(theirs))
    return conflict if conflict.found else None


def conflict_panel(conflict: Conflict, record: models.Model, user) -> dict:
    """What the panel prints: who saved, and what became of each thing that they changed."""
    kind, labels = type(record), Labels(user)
    groups = {what: differences(kind, *pair, labels) for what, pair in conflict.found.items()}
    since = conflict.past.since if conflict.past else []
    return {
        "past": conflict.past,
        "is_own": bool(since) and all(one.version.revision.user_id == user.pk for one in since),
        "groups": {what: found for what, found in groups.items() if found},
    }


# Fields


def merge_fields(conflict: Conflict, admin, request: HttpRequest, stored: models.Model) -> None:
    names = flatten_fieldsets(admin.get_fieldsets(request, stored))
    form_class = admin.get_form(request, stored, change=True, fields=names)
    past = conflict.past and conflict.past.record
    form = form_class(request.POST, request.FILES, instance=copy(past or stored))
    theirs, touched = form_class(instance=stored), touched_in(form)
    said, says = (state_of(one, ()) if one else {} for one in (past, stored))
    for name in changes(said, says) if past else touched & says.keys():
        if name in touched:
            merge_field(conflict, request.POST, form, name, said.get(name), says[name])
            continue
        if name in form.fields:
            fill(request.POST, theirs, name)
        conflict.note(TAKEN, name, said[name], says[name])


def merge_field(
    conflict: Conflict, data: QueryDict, form: forms.ModelForm, name: str, said, now
) -> None:
    """A field that both changed, or of which nobody knows who did."""
    mine, what = typed_text(form, name), BOTH if conflict.past else OTHER
    if mine == now:
        return
    if conflict.past and is_prose(form._meta.model._meta.get_field(name)):
        joined = join(said or "", mine or "", now or "")
        data[name] = joined.text
        what = JOINED if joined.is_clean else BOTH if joined.text == mine else WORDS
    conflict.note(what, name, mine, now)


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


def merge_rows(conflict: Conflict, data: QueryDict, formset: type, theirs: list) -> None:
    """Rows that the editor left alone become as stored; those touched stay as typed.

    Rows are the same where what must be unique in them is, whoever made them.
    """
    prefix = formset.get_default_prefix()
    if formset.model not in PARENTS or f"{prefix}-TOTAL_FORMS" not in data:
        return
    past = conflict.past.rows if conflict.past else []
    before = {str(row.pk): row for row in past if type(row) is formset.model}
    now = {str(row.pk): row for row in theirs}
    posted = [
        formset.form(row, instance=copy((now | before).get(row.get("id"))))
        for row in take_rows(data, prefix)
    ]
    mine = defaultdict(list)  # those that were touched, by key
    for form in posted:
        if form.instance.pk is None or "DELETE" in form.data or touched_in(form):
            mine[key_of(form)].append(form)
    said, says = (
        {row_key(row): texts_of(row, formset.form.base_fields) for row in rows.values()}
        for rows in (before, now)
    )
    note_rows(conflict, said, says, posted, mine)
    stored = [kept(formset, row, mine[row_key(row)], pk in before) for pk, row in now.items()]
    new = [form.data for left in mine.values() for form in left if "DELETE" not in form.data]
    put_rows(data, prefix, stored, new)


def note_rows(conflict: Conflict, said: Contents, says: Contents, posted: list, mine: dict) -> None:
    """What they changed; without a known past, what was typed and what the editor did not see."""
    if conflict.past is None:
        for form in (form for some in mine.values() for form in some):
            conflict.note(OTHER, typed_key(form), typed_row(form), says.get(key_of(form)))
        seen = set(map(key_of, posted))
        for key in (key for key in says if key not in seen):
            conflict.note(OTHER, key, None, says[key])
        return
    for key, after in changes(said, says).items():
        own = mine.get(key, [])
        if after not in map(typed_row, own):
            conflict.note(ROWS if own else TAKEN, key, said.get(key), after)


def kept(formset: type, row: models.Model, mine: list, was_seen: bool) -> MultiValueDict:
    """What becomes of a stored row: what was typed into it, or into one that is the same."""
    form = next((one for one in mine if one.data.get("id") or not was_seen), None)
    if form is None:
        return served(formset, row)
    mine.remove(form)
    form.data["id"] = str(row.pk)
    return form.data


def served(formset: type, row: models.Model) -> MultiValueDict:
    """A stored row as if it had been served with the form."""
    form, data = formset.form(instance=row), MultiValueDict()
    for name in form.fields:
        fill(data, form, name)
    data["id"], data[formset.fk.name] = str(row.pk), str(getattr(row, formset.fk.attname))
    return data


def typed_row(form: forms.ModelForm) -> Row | None:
    """What was typed into a row; None where it is to go."""
    if "DELETE" in form.data:
        return None
    return {name: typed_text(form, name) for name in form.fields}


def key_of(form: forms.ModelForm) -> str:
    """The key of the row that was served, or for a new one of what was typed."""
    return row_key(form.instance) if form.instance.pk else typed_key(form)


def typed_key(form: forms.ModelForm) -> str:
    kind = form._meta.model
    part = PARENTS[kind].remote_field.get_accessor_name()
    return "/".join([part, *(str(typed_text(form, column.name)) for column in identity(kind))])


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
    for row in new:
        row["id"] = ""  # also of what they removed
    for number, row in enumerate([*stored, *new]):
        for name, values in row.lists():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))
