"""What one editor typed and what another saved meanwhile, brought together in what was posted.

Nothing here is stored: the posted data is rewritten, so that the form that comes back shows both.
What only the other changed is taken over; what both changed stays as typed, and is told.
"""

import re
from dataclasses import dataclass, field
from enum import Enum

from django.db import models
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from strongcities.editing import typed
from strongcities.editing.contents import Row, Value, identity, row_key


class What(Enum):
    """What became of a field or a row that somebody else changed; the panel says each in words."""

    TAKEN = "taken"  # only they changed it: theirs stands in the form
    BOTH = "both"  # both did: what was typed stands in the form
    OTHER = "other"  # it differs, and nobody knows since when: what was typed stands in the form
    ADDED = "added"  # a row of theirs, now in the form
    GONE = "gone"  # a row that they removed, gone from the form
    BACK = "back"  # a row that they removed and that was changed here: it would be added anew
    UNWANTED = "unwanted"  # a row that they changed and that is to be deleted here


@dataclass(frozen=True)
class Note:
    """One thing to tell: what stood there and what stands there now, None for no row.

    Where both changed something, `before` is what was typed and `after` what is stored.
    """

    what: What
    key: str
    before: Value
    after: Value


def merge_fields(data: QueryDict, files, form_class, base, theirs) -> list[Note]:
    """Take over what only they changed into the data; `base` is None where it is not known."""
    model, notes = type(theirs), []
    fields = typed.stored_fields(form_class)
    says = typed.texts_of(theirs, fields)
    said = typed.texts_of(base, fields) if base is not None else {}
    initial = typed.initial_of(theirs, fields)
    began = typed.initial_of(base, fields) if base is not None else {}
    for name, one in fields.items():
        value = typed.read(one, name, data, files)
        is_theirs = not typed.is_touched(one, initial[name], value)
        if base is not None and said[name] == says[name]:
            continue
        if base is not None and not typed.is_touched(one, began[name], value):
            fill(data, one, name, initial[name])
            notes.append(Note(What.TAKEN, name, said[name], says[name]))
        elif not is_theirs:
            what = What.OTHER if base is None else What.BOTH
            mine = typed.typed_text(model, name, one, value)
            notes.append(Note(what, name, mine, says[name]))
    return notes


def fill(data, one, name: str, value) -> None:
    """Write a value into posted data as if it had been served with the form."""
    for posted in typed.names_posted(one, name):
        data.pop(posted, None)
    for posted, values in typed.as_posted(one, name, value).items():
        data.setlist(posted, values)


@dataclass
class PostedRow:
    """One row of a posted formset; `values` without the prefix and the number."""

    values: MultiValueDict = field(default_factory=MultiValueDict)

    def says(self, name: str) -> str:
        return self.values.get(name, "")


class Rows:
    """The rows of one part of a record, as posted, with what was and what is stored."""

    def __init__(self, part: str, formset, prefix: str, base, theirs) -> None:
        self.part, self.formset, self.prefix = part, formset, prefix
        self.fields = typed.stored_fields(formset.form)
        self.pk_name = formset.model._meta.pk.name
        self.base = None if base is None else {str(row.pk): row for row in base}
        self.theirs = {str(row.pk): row for row in theirs}
        self.notes: list[Note] = []
        self.used: set[str] = set()

    def merge(self, data: QueryDict, parent: models.Model) -> list[Note]:
        posted = self.taken_from(data)
        known = {row.says(self.pk_name) for row in posted}
        kept = [row for row in posted if self.settle(row, known)]
        added = [self.served(row, parent) for pk, row in self.theirs.items() if pk not in self.used]
        stored = [row for row in kept if row.says(self.pk_name)] + added
        self.write(data, stored, [row for row in kept if not row.says(self.pk_name)])
        return self.notes

    # What was posted

    def taken_from(self, data: QueryDict) -> list[PostedRow]:
        """The rows, in the order posted; they are no longer in the data."""
        pattern = re.compile(rf"{re.escape(self.prefix)}-(\d+)-(.+)")
        rows: dict[int, PostedRow] = {}
        for key in list(data):
            match = pattern.fullmatch(key)
            if match:
                row = rows.setdefault(int(match[1]), PostedRow())
                row.values.setlist(match[2], data.pop(key))
        return [rows[number] for number in sorted(rows)]

    def write(self, data: QueryDict, stored: list[PostedRow], new: list[PostedRow]) -> None:
        for number, row in enumerate([*stored, *new]):
            for name, values in row.values.lists():
                data.setlist(f"{self.prefix}-{number}-{name}", values)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(stored))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))

    # What becomes of a row

    def settle(self, row: PostedRow, known: set[str]) -> bool:
        """Whether the row stays in the form; it may become another's, or a new one."""
        pk = row.says(self.pk_name)
        before = (self.base or {}).get(pk)
        now = self.theirs.get(pk) or self.twin(row, before, known)
        if now is None:
            return not pk or self.settle_lost(row, before)
        row.values[self.pk_name] = str(now.pk)
        row.values[self.formset.fk.name] = str(getattr(now, self.formset.fk.attname))
        self.used.add(str(now.pk))
        if pk and row.says("DELETE"):
            self.settle_unwanted(before, now)
        elif before is None or self.texts(before) != self.texts(now):
            self.settle_changed(row, before, now)
        return True

    def twin(self, row: PostedRow, before, known: set[str]) -> models.Model | None:
        """The row that they added and that can stand only once, where it was added here too."""
        key = self.key(self.typed(row) if before is None else self.texts(before))
        others = [one for pk, one in self.theirs.items() if pk not in known | self.used]
        return next((one for one in others if row_key(self.part, one) == key), None)

    def settle_lost(self, row: PostedRow, before) -> bool:
        if row.says("DELETE"):
            return False
        if before is not None and not typed.touched_in(self.fields, before, row.values):
            self.note(What.GONE, self.texts(before), None)
            return False
        row.values[self.pk_name] = ""
        self.note(What.BACK, before and self.texts(before), self.typed(row))
        return True

    def settle_unwanted(self, before, now) -> None:
        if before is None or self.texts(before) != self.texts(now):
            self.note(What.UNWANTED, before and self.texts(before), self.texts(now))

    def settle_changed(self, row: PostedRow, before, now) -> None:
        """They changed it, or nobody knows since when it differs."""
        if before is not None and not typed.touched_in(self.fields, before, row.values):
            self.serve(row, now)
            self.note(What.TAKEN, self.texts(before), self.texts(now))
        elif typed.touched_in(self.fields, now, row.values):
            what = What.OTHER if self.base is None else What.BOTH
            self.note(what, self.typed(row), self.texts(now))

    # Their rows

    def served(self, record: models.Model, parent: models.Model) -> PostedRow:
        """A row of theirs as if it had been served with the form."""
        row = PostedRow()
        row.values[self.pk_name] = str(record.pk)
        row.values[self.formset.fk.name] = str(parent.pk)
        self.serve(row, record)
        self.note(What.ADDED, None, self.texts(record))
        return row

    def serve(self, row: PostedRow, record: models.Model) -> None:
        initial = typed.initial_of(record, self.fields)
        for name, one in self.fields.items():
            fill(row.values, one, name, initial[name])

    # Words

    def note(self, what: What, before: Row | None, after: Row | None) -> None:
        self.notes.append(Note(what, self.key(after or before), before, after))

    def texts(self, record: models.Model) -> Row:
        return typed.texts_of(record, self.fields)

    def typed(self, row: PostedRow) -> Row:
        return typed.typed_texts(self.formset.model, self.fields, row.values)

    def key(self, row: Row) -> str:
        names = [column.name for column in identity(self.formset.model, self.part)]
        return "/".join([self.part, *(str(row.get(name)) for name in names)])
