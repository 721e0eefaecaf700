"""What was typed into a form, beside what a record says: the same text, touched, or another."""

from collections.abc import Mapping
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms.models import model_to_dict
from django.utils.datastructures import MultiValueDict

from strongcities.editing.contents import Row, text_of

Fields = Mapping[str, forms.Field]
Posted = Mapping[str, list[str]]
NO_FILES = MultiValueDict()


def stored_fields(form_class: type[forms.ModelForm]) -> dict[str, forms.Field]:
    """The fields of a form that stand for columns of its model."""
    columns = {field.name for field in form_class._meta.model._meta.concrete_fields}
    return {name: field for name, field in form_class.base_fields.items() if name in columns}


def read(field: forms.Field, name: str, data, files=NO_FILES):
    """What the field's widget makes of what was posted: text, a list, a file, None."""
    return field.widget.value_from_datadict(data, files, name)


def initial_of(record: models.Model, fields: Fields) -> dict:
    """The values with which a form on the record begins."""
    return model_to_dict(record, fields=list(fields))


def is_touched(field: forms.Field, initial, typed) -> bool:
    """Whether what was typed is another value; spaces at the ends and line ends do not count."""
    if isinstance(initial, datetime):
        initial = initial.replace(microsecond=0)
    if isinstance(field, forms.CharField) and isinstance(initial, str):
        initial, typed = _as_kept(field, initial), _as_kept(field, typed)
    return field.has_changed(initial, typed)


def _as_kept(field: forms.CharField, text: str | None):
    try:
        return field.to_python((text or "").replace("\r\n", "\n"))
    except ValidationError:
        return text


def touched_in(fields: Fields, record: models.Model, data, files=NO_FILES) -> bool:
    """Whether any field was typed otherwise than the record has it."""
    initial = initial_of(record, fields)
    return any(
        is_touched(field, initial[name], read(field, name, data, files))
        for name, field in fields.items()
    )


def as_posted(field: forms.Field, name: str, value) -> dict[str, list[str]]:
    """What a browser posts for a value that it was served and nobody touched."""
    widget = getattr(field.widget, "widget", field.widget)
    value = field.prepare_value(value)
    if isinstance(widget, forms.FileInput):
        return {}
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
        return {name + end: [part.format_value(one) or ""] for end, part, one in parts}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"]} if widget.check_test(value) else {}
    shown = widget.format_value(value)
    return {name: shown if isinstance(shown, list) else ["" if shown is None else str(shown)]}


def names_posted(field: forms.Field, name: str) -> list[str]:
    """The names under which a browser may post a field."""
    widget = getattr(field.widget, "widget", field.widget)
    ends = widget.widgets_names if isinstance(widget, forms.MultiWidget) else [""]
    return [name + end for end in ends]


def texts_of(record: models.Model, fields: Fields) -> Row:
    """What the record says in these fields."""
    return {name: text_of(record, record._meta.get_field(name)) for name in fields}


def typed_texts(model: type[models.Model], fields: Fields, data, files=NO_FILES) -> Row:
    """What was typed, as the record would say it; as typed where it is no value of the field."""
    return {
        name: typed_text(model, name, field, read(field, name, data, files))
        for name, field in fields.items()
    }


def typed_text(model: type[models.Model], name: str, field: forms.Field, typed) -> str | None:
    if isinstance(field, forms.FileField):
        return typed.name if isinstance(typed, UploadedFile) else ""
    try:
        value = field.clean(typed)
    except ValidationError:
        return as_typed(field, typed)
    column, sample = model._meta.get_field(name), model()
    setattr(sample, column.attname, value.pk if isinstance(value, models.Model) else value)
    return text_of(sample, column)


def as_typed(field: forms.Field, typed) -> str:
    """What is no value of the field, as it was typed; nothing for what nobody can choose."""
    if isinstance(field, forms.ModelChoiceField):
        return ""
    return " ".join(filter(None, typed)) if isinstance(typed, list) else str(typed or "")
