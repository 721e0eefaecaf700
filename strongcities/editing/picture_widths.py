"""Several widths for the pictures of which one file was stored."""

from collections.abc import Iterator

import reversion
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy

from strongcities.editing import history
from strongcities.editing.picture_files import columns, forget
from strongcities.pagecache.version import note_change
from strongcities.pictures.names import widths_of
from strongcities.pictures.storing import pictures_written
from strongcities.staff import audit
from strongcities.staff.sentences import coded

GONE = gettext_lazy("its file is no longer there.")


def widen_all() -> Iterator[tuple[models.Model, str]]:
    """Each record whose picture was one file, with what was wrong; nothing if it has widths now."""
    for model, column in columns():
        for pk in model._base_manager.exclude(**{column: ""}).values_list("pk", flat=True):
            record = model._base_manager.get(pk=pk)
            if not widths_of(getattr(record, column).name):
                yield record, problem_with(record, column)


def problem_with(record: models.Model, column: str) -> str:
    """Store the picture anew; what is wrong in words where that fails."""
    try:
        with pictures_written() as names, transaction.atomic():
            widen(type(record)._base_manager.select_for_update().get(pk=record.pk), column)
    except FileNotFoundError:
        return str(GONE)
    except ValidationError as error:
        return " ".join(error.messages)
    finally:
        forget(names)
    return ""


def widen(record: models.Model, column: str) -> None:
    """As one revision; for readers nothing has changed, so the time of the last change stays."""
    history.begin(record)
    picture = getattr(record, column)
    with picture.storage.open(picture.name) as file:
        picture.save("", file, save=False)
    stored = type(record)._base_manager.filter(pk=record.pk)
    comment = coded("widths")
    with history.recorded(comment=comment):
        stored.update(
            **{column: picture.name},
            image_width=record.image_width,
            image_height=record.image_height,
        )
        reversion.add_to_revision(stored.get())
    note_change()
    audit.note(None, "changed", record, comment)
