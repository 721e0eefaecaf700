"""What should be looked at before a record is published, each in a sentence about one field.

An error stops publishing. A warning stops it until somebody says why it is right as it is; that
holds as long as the sentence stays the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from strongcities.editing.models import Acknowledgement

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: a code that stays, the field it is about, and a sentence."""

    code: str
    level: str
    field: str
    sentence: str

    @property
    def is_error(self) -> bool:
        return self.level == ERROR

    @property
    def anchor(self) -> str:
        """Where the form shows the field; a part's rows where it names one of those."""
        return f"{self.field}-group" if self.field.endswith("_links") else f"id_{self.field}"


Check = Callable[[models.Model], Iterable[Finding]]
CHECKS: dict[type[models.Model], list[Check]] = {}


def error(code: str, field: str, sentence: str) -> Finding:
    return Finding(code, ERROR, field, str(sentence))


def warning(code: str, field: str, sentence: str) -> Finding:
    return Finding(code, WARNING, field, str(sentence))


def checked_by(model: type[models.Model], *checks: Check) -> None:
    """Have the records of a model looked at by these functions; each gets a stored record."""
    CHECKS.setdefault(model, []).extend(checks)


def picture_of(record: models.Model) -> Iterator[Finding]:
    """A picture never goes without words for those who do not see it."""
    is_decorative = getattr(record, "image_decorative", False)
    if record.image and not record.image_alt.strip() and not is_decorative:
        yield error("no-alt-text", "image_alt", _("The picture has no words that describe it."))


def findings(record: models.Model) -> list[Finding]:
    """All that should be looked at, errors first."""
    found = [one for check in CHECKS.get(type(record), []) for one in check(record)]
    return sorted(found, key=lambda one: one.level)


def acknowledgements(record: models.Model) -> dict[tuple[str, str], Acknowledgement]:
    """What somebody has said is right as it is, by code and sentence."""
    kind = ContentType.objects.get_for_model(record)
    rows = Acknowledgement.objects.filter(content_type=kind, object_id=record.pk)
    return {(row.code, row.sentence): row for row in rows.select_related("by")}


def stopping(record: models.Model, notes: dict[str, str] | None = None) -> Iterator[Finding]:
    """What keeps a record from being published; `notes` says by code why a warning is right."""
    said, notes = acknowledgements(record), notes or {}
    for one in findings(record):
        is_right = (one.code, one.sentence) in said or notes.get(one.code, "").strip()
        if one.is_error or not is_right:
            yield one


def errors(record: models.Model) -> set[str]:
    return {one.code for one in findings(record) if one.is_error}


def acknowledge(record: models.Model, user, notes: dict[str, str]) -> None:
    """Keep why warnings are right as they are; notes on what is no warning are passed over."""
    kind = ContentType.objects.get_for_model(record)
    for one in findings(record):
        note = notes.get(one.code, "").strip()
        if note and not one.is_error:
            Acknowledgement.objects.update_or_create(
                content_type=kind,
                object_id=record.pk,
                code=one.code,
                defaults={"sentence": one.sentence, "note": note, "by": user},
            )


def require(record: models.Model, known: set[str] | None = None) -> None:
    """Raise ValidationError with the sentences that keep a record from being public.

    `known` are the codes of errors that the public record had before: they stop nothing, and
    neither do its warnings. Without it the record is about to be published.
    """
    stops = [
        one.sentence
        for one in stopping(record)
        if known is None or (one.is_error and one.code not in known)
    ]
    if stops:
        raise ValidationError(stops)
