"""Records that readers and editors look for by their words: what is stored of them, and asked."""

from collections.abc import Iterable
from functools import reduce
from itertools import islice
from operator import attrgetter, or_
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404

from strongcities.addresses import KeyedQuerySet
from strongcities.folding import index_text


def holding(forms: tuple[str, ...], column: str = "search_text") -> Q:
    """The condition that a record has a word in one of its forms."""
    return reduce(or_, (Q((f"{column}__contains", form)) for form in forms))


class SearchedQuerySet(KeyedQuerySet):
    """Records with the words they are found by; fixtures name them too."""

    def published(self):
        """All: what has no status is always seen."""
        return self.all()

    def get_public(self, **lookup):
        return get_object_or_404(self, **lookup)

    def with_words(self, terms: list[tuple[str, ...]], column: str = "search_text"):
        """Those that hold every one of the terms of a search, in one of the two columns."""
        found = self
        for forms in terms:
            found = found.filter(holding(forms, column=column))
        return found


class Searched(models.Model):
    """A record that keeps its words as search compares them: its names, and all of them."""

    named_by: ClassVar[tuple[str, ...]] = ("name",)
    told_by: ClassVar[tuple[str, ...]] = ()

    search_names = models.TextField(editable=False, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        columns = self.search_columns()
        for name, words in columns.items():
            setattr(self, name, words)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *columns}
        super().save(*args, **kwargs)

    def search_columns(self) -> dict[str, str]:
        """Both columns as they are stored."""
        return _columns(self, self.named_by, self.told_by)


def _columns(record: models.Model, named_by: Iterable[str], told_by: Iterable[str]) -> dict:
    """What is stored of its names, and of names and texts together."""
    names, texts = (
        index_text("\n".join(str(attrgetter(name)(record)) for name in fields))
        for fields in (named_by, told_by)
    )
    return {"search_names": names, "search_text": f"{names.rstrip()}{texts}" if texts else names}


def fold_stored(records: models.QuerySet, named_by: Iterable[str], told_by: Iterable[str]) -> None:
    """Write the columns of all records anew: for migrations, whose models have no methods."""
    stored = records.order_by("pk").iterator(chunk_size=500)
    while rows := list(islice(stored, 500)):
        for record in rows:
            for column, words in _columns(record, named_by, told_by).items():
                setattr(record, column, words)
        records.bulk_update(rows, ["search_names", "search_text"])
