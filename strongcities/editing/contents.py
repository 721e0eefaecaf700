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

from strongcities.editing.records import PARENTS, parts_of, settle

PUBLICATION = ("status", "goes_live_at", "withdrawn_reason", "review_by")

Row = dict[str, str | None]
Value = str | Row | None
Contents = dict[str, Value]


def text_fields(model: type[models.Model], *without: str) -> list[models.Field]:
    """The fields that an editor fills in; of a row, all but that it belongs to its record."""
    left_out = (*without, model._meta.pk.name, PARENTS[model].name if model in PARENTS else "")
    return [f for f in model._meta.concrete_fields if f.editable and f.name not in left_out]


def exists(column: models.ForeignKey, pk: str | int) -> bool:
    """Whether what a foreign key names is there."""
    return column.remote_field.model._base_manager.filter(pk=pk).exists()


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


def contents_of(record: models.Model, rows: Iterable[models.Model] | None = None) -> Contents:
    """What a record says, with its stored rows or those given; these may be unsaved."""
    model, rows = type(record), rows_of(record) if rows is None else rows
    found: Contents = {
        field.name: text_of(record, field) for field in text_fields(model, *PUBLICATION)
    }
    for row in rows:
        found[row_key(row)] = {f.name: text_of(row, f) for f in text_fields(type(row))}
    return found


def state_of(record: models.Model, rows: Iterable[models.Model] | None = None) -> Contents:
    """What a record says, and what decides who sees it."""
    fields = {f.name: f for f in record._meta.concrete_fields if f.name in PUBLICATION}
    who_sees = {name: text_of(record, field) for name, field in fields.items()}
    return contents_of(record, rows) | who_sees


def row_key(row: models.Model) -> str:
    """The part, then what must be unique among the record's rows."""
    part = PARENTS[type(row)].remote_field.get_accessor_name()
    return "/".join([part, *(str(text_of(row, field)) for field in identity(type(row)))])


def identity(kind: type[models.Model]) -> list[models.Field]:
    """The fields that tell a record's rows from each other: those of their unique constraint."""
    unique = next(c for c in kind._meta.constraints if isinstance(c, models.UniqueConstraint))
    fields = [kind._meta.get_field(name) for name in unique.fields]
    return [field for field in fields if field != PARENTS[kind]]


def fingerprint(state: Contents) -> str:
    """A short text that differs once anything in it does."""
    return sha256(dumps(state, sort_keys=True).encode()).hexdigest()[:32]


def refuse_if_changed(record: models.Model | None, seen: str) -> None:
    """What was confirmed must be what is done."""
    if record is None or fingerprint(state_of(record)) != seen:
        raise ValidationError(
            _("Somebody saved this meanwhile. Look again at what would change, and confirm it.")
        )


def changes(before: Contents, after: Contents) -> Contents:
    """What differs: the later value of each key, None for a row that is gone.

    A field that one of them does not know, because the model had none then, does not differ.
    """
    keys = [*after, *(key for key in before if key not in after)]
    known = [key for key in keys if "/" in key or (key in before and key in after)]
    return {key: after.get(key) for key in known if before.get(key) != after.get(key)}


def put(record: models.Model, wanted: Contents) -> None:
    """Write values into a stored record and its rows: all or nothing; in memory it may be half.

    `wanted` is as `changes()` makes it. Raises ValidationError in words for an editor, naming the
    field, where a value no longer fits.
    """
    rows = {key: value for key, value in wanted.items() if "/" in key}
    with transaction.atomic():
        put_fields(record, {key: text for key, text in wanted.items() if key not in rows})
        for key in (key for key, row in rows.items() if row is None):
            stored_row(record, key).delete()
        check(record)
        record.save()
        for key, row in rows.items():
            if row is not None:
                put_row(record, key, row)
        check_rows(record)
        settle(record, set(wanted))
    record.__dict__.pop("_prefetched_objects_cache", None)


def put_fields(record: models.Model, values: Row) -> None:
    """Set fields from text; raises ValidationError for what is no value of the field."""
    for name, text in values.items():
        if name not in {field.name for field in record._meta.concrete_fields}:
            raise ValidationError(_("There is no field “%(field)s” any more.") % {"field": name})
        field = record._meta.get_field(name)
        try:
            value = None if text is None else field.to_python(text)
            check_file(field, text)
        except ValidationError as error:
            raise in_words(record, {name: [error]}) from error
        setattr(record, field.attname, value)
        if isinstance(field, models.ImageField):  # a picture of ours notes its size when stored
            models.ImageField.update_dimension_fields(field, record, force=True)


def check_file(field: models.Field, text: str | None) -> None:
    """A file that is named must be there: Django would fail without words."""
    if text and isinstance(field, models.FileField) and not field.storage.exists(text):
        raise ValidationError(_("this file is no longer there."))


def stored_row(record: models.Model, key: str) -> models.QuerySet:
    """The row that a key names, as a queryset; empty if it is gone."""
    part = key.split("/", 1)[0]
    if part not in parts_of(type(record)):
        raise ValidationError(_("There is no field “%(field)s” any more.") % {"field": part})
    rows = getattr(record, part).filter()  # asks the database, whatever was fetched before
    return rows.filter(pk__in=[row.pk for row in rows if row_key(row) == key])


def put_row(record: models.Model, key: str, values: Row) -> None:
    rows = stored_row(record, key)
    row = rows.first() or rows.model()
    setattr(row, PARENTS[rows.model].name, record)
    put_fields(row, values)
    check(row)
    row.save()


def check_rows(record: models.Model) -> None:
    """Each row must fit what the record says now; what it names is known to be there."""
    for part in parts_of(type(record)):
        for row in getattr(record, part).filter():
            setattr(row, PARENTS[type(row)].name, record)
            check(row, "clean")


def check(record: models.Model, rule: str = "full_clean") -> None:
    try:
        getattr(record, rule)()
    except ValidationError as error:
        raise in_words(record, error.update_error_dict({})) from error


def in_words(record: models.Model, errors: dict[str, list[ValidationError]]) -> ValidationError:
    """Errors by field, each as a sentence that names the row, if it is one, and the field."""
    kind = f"{record._meta.verbose_name}, " if type(record) in PARENTS else ""
    return ValidationError(
        [
            _("%(field)s: %(message)s")
            % {"field": kind + label_of(type(record), name), "message": message}
            for name, found in errors.items()
            for message in messages_of(record, name, found)
        ]
    )


def messages_of(record: models.Model, name: str, errors: list[ValidationError]) -> list[str]:
    """What is wrong with a field; Django names a record that is gone by its number only."""
    names = {field.name for field in record._meta.concrete_fields if field.remote_field}
    if name in names and any(error.code == "invalid" for error in errors):
        return [_("what this names is no longer there.")]
    return [message for error in errors for message in error.messages]


def label_of(model: type[models.Model], name: str) -> str:
    """A field's name as editors read it; the record's own name for what concerns it as a whole."""
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return str(model._meta.verbose_name)
