"""Getting a deleted record back from its history: with its rows and identity, as a draft."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from reversion.models import Version

from strongcities.editing import history
from strongcities.editing.contents import Contents, contents_with, exists, in_words, text_fields
from strongcities.publishing import Published, Status
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded


def may_recover(user, model: type[models.Model]) -> bool:
    """Whether a user gets deleted records of a kind back: a publisher of all regions."""
    needed = ["add", "change", *(["publish"] if issubclass(model, Published) else [])]
    return access.works_everywhere(user) and all(access.may(user, one, model) for one in needed)


def deleted(model: type[models.Model]) -> models.QuerySet:
    """The last version of each record of a kind that is no longer there, the latest first."""
    versions = Version.objects.get_deleted(model).select_related("revision__user")
    return versions.order_by("-revision__date_created", "-pk")


class Recovery:
    """A deleted record as it would come back; `lost` is what it said that named what is gone."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.record, rows = history.read([version])[version.pk]
        said = contents_with(self.record, rows)
        self.rows = [
            row for row in rows if not any(is_gone(row, f) for f in text_fields(type(row)))
        ]
        if isinstance(self.record, Published):
            self.record.status = Status.DRAFT
        self.empty_what_is_gone()
        left = self.contents
        self.lost = {key: value for key, value in said.items() if value and value != left.get(key)}

    def empty_what_is_gone(self) -> None:
        """Fields that may be empty, and name what is no longer there, come back empty."""
        for column in self.record._meta.concrete_fields:
            if column.null and is_gone(self.record, column):
                setattr(self.record, column.attname, None)
            elif isinstance(column, models.FileField):
                name = column.value_from_object(self.record).name
                if name and not column.storage.exists(name):
                    setattr(self.record, column.attname, "")

    @property
    def contents(self) -> Contents:
        return contents_with(self.record, self.rows)

    def check(self) -> None:
        """Raise ValidationError in words where it needs what is gone, or its address is taken.

        What it said is taken as it was: words that had to stand elsewhere may be deleted too.
        """
        self.record._state.adding = True
        found: dict[str, list[ValidationError]] = {}
        for step in ("clean_fields", "validate_unique", "validate_constraints"):
            try:
                getattr(self.record, step)()
            except ValidationError as error:
                found |= error.error_dict
        if found:
            raise in_words(self.record, found)

    def carry_out(self, user) -> models.Model:
        """Write it back, as one revision; raises ValidationError in words."""
        with transaction.atomic(), history.recorded(user, coded("recovered")):
            self.check()
            self.record.save(force_insert=True)
            for row in self.rows:
                row.pk = None
                row._state.adding = True
                row.save(force_insert=True)
        audit.note(user, "recovered", self.record)
        return self.record


def is_gone(record: models.Model, column: models.Field) -> bool:
    if not isinstance(column, models.ForeignKey):
        return False
    pk = getattr(record, column.attname)
    return pk is not None and not exists(column, pk)
