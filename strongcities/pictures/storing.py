"""The column of a picture: stores the copies that are published, never the file as it came."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from uuid import uuid4

from django import forms
from django.core.files.base import File
from django.core.files.storage import InMemoryStorage, Storage
from django.db import models
from django.db.models.fields.files import ImageFieldFile

from strongcities.pictures.checking import validate_picture
from strongcities.pictures.names import JPEG, WEBP, WIDTHS, at_width, widths_of

TAKEN = "image/jpeg,image/png,image/webp,image/avif"

_in_memory: ContextVar[Storage | None] = ContextVar("pictures_in_memory", default=None)
_written: ContextVar[list[str] | None] = ContextVar("pictures_written", default=None)


@contextmanager
def _set(variable: ContextVar, value) -> Iterator:
    token = variable.set(value)
    try:
        yield value
    finally:
        variable.reset(token)


def pictures_in_memory() -> AbstractContextManager[Storage]:
    """Pictures saved inside are kept in memory only: nothing is left on the disk, come what may."""
    return _set(_in_memory, InMemoryStorage())


def pictures_written() -> AbstractContextManager[list[str]]:
    """The names of the pictures that are written to the disk inside, also of those half written."""
    return _set(_written, [])


class PictureFile(ImageFieldFile):
    """A picture at several widths; its own name and address are those of the widest WebP."""

    def __init__(self, instance, field, name) -> None:
        super().__init__(instance, field, name)
        memory = _in_memory.get()
        if memory is not None and name and memory.exists(name):
            self.storage = memory

    # Writing

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Write the copies under a new name, which `name` has no part in.

        Raises ValidationError in words where the picture cannot be read.
        """
        from strongcities.pictures.copies import copies_of, plain

        picture = plain(content)
        stem = self.field.generate_filename(self.instance, uuid4().hex)
        self.name = f"{stem}-{picture.width}.{WEBP}"
        self.write(copies_of(content))
        setattr(self.instance, self.field.attname, self.name)
        self.instance.image_width, self.instance.image_height = picture.size
        self._committed = True
        if save:
            self.instance.save()

    def write(self, copies: dict[tuple[int, str], File]) -> None:
        """All copies; in memory, where it is only looked at, the widest WebP alone."""
        memory = _in_memory.get()
        if memory is not None:
            self.storage = memory
            self.storage.save(self.name, copies[max(width for width, _kind in copies), WEBP])
            return
        if (written := _written.get()) is not None:
            written.append(self.name)
        for (width, kind), copy in copies.items():
            self.storage.save(at_width(self.name, width, kind), copy)

    # What a page prints

    @property
    def widths(self) -> list[int]:
        """The widths to choose from; none where there is but one file."""
        return [] if isinstance(self.storage, InMemoryStorage) else widths_of(self.name)

    @property
    def webp_srcset(self) -> str:
        return self.srcset(WEBP)

    @property
    def jpeg_srcset(self) -> str:
        return self.srcset(JPEG)

    def srcset(self, kind: str) -> str:
        """Each copy of a kind with its width, as HTML writes it."""
        return ", ".join(f"{self.url_at(width, kind)} {width}w" for width in self.widths)

    def url_at(self, width: int, kind: str) -> str:
        return self.storage.url(at_width(self.name, width, kind))

    @property
    def any_url(self) -> str:
        """For browsers that do not choose: a JPEG of middling width, where there is one."""
        middling = [width for width in self.widths if width <= WIDTHS[1]] or self.widths
        return self.url_at(middling[-1], JPEG) if middling else self.url


class PictureUpload(forms.FileField):
    """The form's field, which says in words for an editor what is wrong with a file."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs | {"allow_empty_file": True, "max_length": None})

    def to_python(self, data):
        file = super().to_python(data)
        if file is not None:
            validate_picture(file)
        return file

    def widget_attrs(self, widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "accept": TAKEN}


class PictureField(models.ImageField):
    attr_class = PictureFile

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureUpload, **kwargs})

    def update_dimension_fields(self, instance, force=False, *args, **kwargs):
        """Noted when a picture is stored; without one there is none."""
        if not instance.__dict__.get(self.attname):  # not fetched here, if it is deferred
            super().update_dimension_fields(instance, force, *args, **kwargs)
