"""Fields, rows and values in words, as one member of staff may read them."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.admin.utils import display_for_field
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from strongcities import edtf
from strongcities.dates import EDTFField
from strongcities.direction import isolated, listed
from strongcities.editing.contents import Contents, Row, identity, text_fields
from strongcities.editing.records import parts_of, relation
from strongcities.staff import access


def part_of(key: str) -> str:
    """The part that a row's key belongs to; empty for a field of the record itself."""
    return key.split("/", 1)[0] if "/" in key else ""


class Labels:
    """Says values in words for a user; names of records are read once, several at a time."""

    def __init__(self, user) -> None:
        self.user = user
        self.names: dict[type[models.Model], dict[str, str]] = defaultdict(dict)

    # Names of records

    def learn(self, model: type[models.Model], *contents: Contents) -> "Labels":
        """Read the names of all records that the contents refer to: two queries a kind."""
        wanted = defaultdict(set)
        for field, text in references(model, *contents):
            wanted[field.remote_field.model].add(text)
        for target, pks in wanted.items():
            self.names[target] |= names_of(target, pks - set(self.names[target]), self.user)
        return self

    # Fields and rows

    def label(self, model: type[models.Model], key: str, row: Row | None = None) -> str:
        """What a key stands for: "title", or "theme: Youth engagement"."""
        part = part_of(key)
        if not part:
            return str(model._meta.get_field(key).verbose_name)
        kind = relation(model, part).related_model
        values = [self.value(field, (row or {}).get(field.name)) for field in identity(kind)]
        return f"{kind._meta.verbose_name}: {listed(values)}"

    def row_text(self, model: type[models.Model], part: str, row: Row) -> str:
        """What a row says beside its label: each field on a line, without its name if alone."""
        kind = relation(model, part).related_model
        known = {field.name for field in identity(kind)}
        fields = [field for field in text_fields(kind) if field.name not in known]
        said = {f: self.value(f, row[f.name]) for f in fields if row.get(f.name)}
        if len(fields) == 1:
            return "".join(said.values())
        return "\n".join(f"{field.verbose_name}: {words}" for field, words in said.items())

    def facts(self, model: type[models.Model], contents: Contents) -> list[tuple[str, str]]:
        """All that is filled in, each with what it stands for."""
        found = []
        for key, value in contents.items():
            if isinstance(value, dict):
                text = self.row_text(model, part_of(key), value)
                found.append((self.label(model, key, value), text))
            elif value:
                field = model._meta.get_field(key)
                found.append((self.label(model, key), self.value(field, value)))
        return found

    # Values

    def value(self, field: models.Field, text: str | None) -> str:
        """A field's text as a person reads it."""
        if text is None or text == "":
            return gettext("empty")
        if isinstance(field, models.ForeignKey):
            return self.names[field.remote_field.model][text]  # must have been learned
        try:
            return plain_value(field, text)
        except (ValidationError, ValueError, OverflowError):
            return text


def plain_value(field: models.Field, text: str) -> str:
    """A value that names no record: choices by label, dates and yes or no in words."""
    value = field.to_python(text)
    if isinstance(field, models.BooleanField):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, EDTFField):
        return f"{isolated(text)} ({edtf.describe(edtf.parse(text), gettext)})"
    if field.flatchoices or isinstance(field, models.DateField):
        return str(display_for_field(value, field, text))
    return text


def references(
    model: type[models.Model], *contents: Contents
) -> Iterator[tuple[models.ForeignKey, str]]:
    """Each foreign key that is filled in anywhere, with the key of what it names."""
    kinds = {"": model} | {part: relation(model, part).related_model for part in parts_of(model)}
    fields = {
        part: [field for field in text_fields(kind) if isinstance(field, models.ForeignKey)]
        for part, kind in kinds.items()
    }
    for one in contents:
        for key, value in one.items():
            row = value if isinstance(value, dict) else {key: value}
            for field in fields.get(part_of(key), []):
                if row.get(field.name):
                    yield field, row[field.name]


def names_of(target: type[models.Model], pks: set[str], user) -> dict[str, str]:
    """The names of records by key, as far as the user sees them and they are still there."""
    stored = target._base_manager.filter(pk__in=pks)
    may_look = access.may(user, "view", target) or access.may(user, "change", target)
    seen = access.visible(user, stored) if may_look else stored.none()
    there = {str(pk) for pk in stored.values_list("pk", flat=True)}
    found = dict.fromkeys(pks, gettext("(no longer there)"))
    found |= dict.fromkeys(there, gettext("(not visible to you)"))
    return found | {str(record.pk): str(record) for record in seen}
