"""What a record says, as one flat dictionary of texts: to compare, to merge, to put back.

A key is a field's name, as "title", or a part and what tells one of its rows from another, as
"event_links/12/attended"; a row's value is a dictionary of its fields. All values are text, as
fields write themselves for a fixture, or None. What decides who sees a record (status, go-live
time, withdrawal) is not part of what it says.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from json import dumps

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from strongcities.editing.records import parts_of, relation

PUBLICATION = ("status", "goes_live_at", "withdrawn_reason")

Row = dict[str, str | None]
Value = str | Row | None
Contents = dict[str, Value]


def text_fields(model: type[models.Model], *without: str) -> list[models.Field]:
    """The fields that an editor fills in."""
    fields = model._meta.concrete_fields
    return [f for f in fields if f.editable and not f.primary_key and f.name not in without]


def text_of(record: models.Model, field: models.Field) -> str | None:
    """A field's value as text: the same whether just typed, stored, or read from the history."""
    value = field.value_from_object(record)
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return str(field.value_to_string(record)).replace("\r\n", "\n")


def rows_of(record: models.Model) -> list[models.Model]:
    """A stored record's rows; a query for each part."""
    return [row for part in parts_of(type(record)) for row in getattr(record, part).all()]


def contents_of(record: models.Model) -> Contents:
    """What a stored record says, its rows included."""
    return contents_with(record, rows_of(record))


def state_of(record: models.Model) -> Contents:
    """What a stored record says, and what decides who sees it."""
    return state_with(record, rows_of(record))


def state_with(record: models.Model, rows: Iterable[models.Model]) -> Contents:
    fields = {f.name: f for f in record._meta.concrete_fields if f.name in PUBLICATION}
    who_sees = {name: text_of(record, field) for name, field in fields.items()}
    return contents_with(record, rows) | who_sees


def contents_with(record: models.Model, rows: Iterable[models.Model]) -> Contents:
    """What a record says with the rows given; both may be unsaved."""
    model = type(record)
    found: Contents = {
        field.name: text_of(record, field) for field in text_fields(model, *PUBLICATION)
    }
    part_of = {relation(model, part).related_model: part for part in parts_of(model)}
    for row in rows:
        part = part_of[type(row)]
        parent = relation(model, part).field.name
        found[row_key(part, row)] = {
            f.name: text_of(row, f) for f in text_fields(type(row), parent)
        }
    return found


def row_key(part: str, row: models.Model) -> str:
    """A row's key: the part, then what must be unique among the record's rows."""
    return "/".join([part, *(str(text_of(row, field)) for field in identity(row, part))])


def identity(row: models.Model, part: str) -> list[models.Field]:
    """The fields that tell a part's rows from each other: those of its unique constraint."""
    meta = row._meta
    unique = next(c for c in meta.constraints if isinstance(c, models.UniqueConstraint))
    parents = [f.name for f in meta.concrete_fields if f.remote_field and _is_part(f, part)]
    return [meta.get_field(name) for name in unique.fields if name not in parents]


def _is_part(field: models.Field, part: str) -> bool:
    return field.remote_field.get_accessor_name() == part


def fingerprint(state: Contents) -> str:
    """A short text that differs once anything in it does."""
    return sha256(dumps(state, sort_keys=True).encode()).hexdigest()[:32]


def changes(before: Contents, after: Contents) -> Contents:
    """What differs: the later value of each key, None for a row that is gone."""
    keys = [*after, *(key for key in before if key not in after)]
    return {key: after.get(key) for key in keys if before.get(key) != after.get(key)}


def clashes(base: Contents, mine: Contents, theirs: Contents) -> list[str]:
    """The keys that both changed since `base`, and not to the same."""
    my_changes, their_changes = changes(base, mine), changes(base, theirs)
    return [
        key
        for key, value in my_changes.items()
        if key in their_changes and their_changes[key] != value
    ]


def put(record: models.Model, wanted: Contents) -> None:
    """Write values into a stored record and its rows: all or nothing.

    `wanted` is as `changes()` makes it. Raises ValidationError in words for an editor, naming the
    field, where a value no longer fits.
    """
    with transaction.atomic():
        put_fields(record, {key: value for key, value in wanted.items() if "/" not in key})
        gone = [key for key, value in wanted.items() if "/" in key and value is None]
        for key in gone:
            stored_row(record, key).delete()
        check(record)
        record.save()
        for key, value in wanted.items():
            if isinstance(value, dict):
                put_row(record, key, value)


def put_fields(record: models.Model, values: dict[str, str | None]) -> None:
    for name, text in values.items():
        field = record._meta.get_field(name)
        value = None if text is None else field.to_python(text)
        setattr(record, field.attname, value)


def stored_row(record: models.Model, key: str) -> models.QuerySet:
    """The row that a key names, as a queryset; empty if it is gone."""
    part = key.split("/", 1)[0]
    rows = [row for row in getattr(record, part).all() if row_key(part, row) == key]
    return getattr(record, part).filter(pk__in=[row.pk for row in rows])


def put_row(record: models.Model, key: str, values: Row) -> None:
    part = key.split("/", 1)[0]
    link = relation(type(record), part)
    row = stored_row(record, key).first() or link.related_model()
    setattr(row, link.field.name, record)
    put_fields(row, values)
    check(row)
    row.save()


def check(record: models.Model) -> None:
    """As a form would: fields, rules and constraints."""
    try:
        record.full_clean()
    except ValidationError as error:
        said = error.message_dict.items()
        raise ValidationError(
            [
                _("%(field)s: %(message)s") % {"field": label_of(type(record), name), "message": m}
                for name, messages in said
                for m in messages
            ]
        ) from error


def label_of(model: type[models.Model], name: str) -> str:
    """A field's name as editors read it; the record's own name for what concerns it as a whole."""
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return str(model._meta.verbose_name)
