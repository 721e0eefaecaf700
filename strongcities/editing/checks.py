"""What should be looked at before a record is published, each in a sentence about one field.

An error stops publishing. A warning stops it until somebody says why it is right as it is; that
holds as long as the sentence stays the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from strongcities.direction import filled
from strongcities.editing.models import Acknowledgement

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: a code that stays, the field it is about, and a sentence.

    `said` is why somebody holds it to be right as it is.
    """

    code: str
    level: str
    field: str
    sentence: str
    said: Acknowledgement | None = None

    @property
    def is_error(self) -> bool:
        return self.level == ERROR

    @property
    def anchor(self) -> str:
        """Where the form shows the field; a part's rows where it names one of those."""
        return f"{self.field}-group" if self.field.endswith("_links") else f"id_{self.field}"


Check = Callable[[models.Model], Iterable[Finding]]
CHECKS: dict[type[models.Model], list[Check]] = {}


def finding(level: str, code: str, field: str, sentence: str, **params: object) -> Finding:
    return Finding(code, level, field, filled(sentence, params) if params else str(sentence))


error, warning = partial(finding, ERROR), partial(finding, WARNING)


def checked_by(model: type[models.Model], *checks: Check) -> None:
    """Have the records of a model looked at by these functions; each gets a stored record."""
    CHECKS.setdefault(model, []).extend(checks)


def findings(record: models.Model) -> list[Finding]:
    found = [one for check in CHECKS.get(type(record), []) for one in check(record)]
    return sorted(found, key=lambda one: one.level)


def run(record: models.Model) -> list[Finding]:
    """What should be looked at in a stored record, each with what somebody has said about it."""
    found = findings(record)
    if all(one.is_error for one in found):
        return found
    rows = Acknowledgement.objects.of(record).select_related("by")
    said = {(row.code, row.sentence): row for row in rows}
    return [replace(one, said=said.get((one.code, one.sentence))) for one in found]


def stopping(
    found: list[Finding], notes: dict[str, str] | None = None, known: set[str] | None = None
) -> list[Finding]:
    """What keeps a record from being published; `notes` say by code why a warning is right.

    `known` are the codes of errors that the public record had before: they stop nothing, and
    neither do its warnings. Without it the record is about to be published.
    """
    if known is not None:
        return [one for one in found if one.is_error and one.code not in known]
    notes = {code: note for code, note in (notes or {}).items() if note.strip()}
    return [one for one in found if one.is_error or not (one.said or one.code in notes)]


def acknowledge(record: models.Model, found: list[Finding], user, notes: dict[str, str]) -> None:
    """Keep why warnings are right; notes on what is no warning are passed over."""
    kind = ContentType.objects.get_for_model(record)
    for one in found:
        note = notes.get(one.code, "").strip()
        if note and not one.is_error and not (one.said and one.said.note == note):
            Acknowledgement.objects.update_or_create(
                {"sentence": one.sentence, "note": note, "by": user},
                content_type=kind,
                object_id=record.pk,
                code=one.code,
            )


def errors(record: models.Model) -> set[str]:
    return {one.code for one in findings(record) if one.is_error}


def require(record: models.Model, known: set[str] | None = None) -> None:
    """Raise ValidationError with the sentences that keep a record from being public."""
    stops = [one.sentence for one in stopping(run(record), known=known)]
    if stops:
        raise ValidationError(stops)
