"""Reports: what is missing or doubtful, each line with the way to where it is mended."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to look at: its cells, and the address of the form where it is mended."""

    cells: tuple[object, ...]
    address: str = ""


@dataclass(frozen=True)
class Report:
    """A list of things to look at; `lines` is asked with the user and the filters chosen.

    `filters` names those that the report understands; a filter's value is a record, or a text.
    """

    slug: str
    title: str
    about: str
    columns: tuple[str, ...]
    lines: Callable[[object, dict], Iterable[Line]]
    model: type[models.Model]
    filters: tuple[str, ...] = field(default=("region", "city"))


REPORTS: dict[str, Report] = {}
FILTERS: dict[str, Callable] = {}


def offer(*reports: Report) -> None:
    REPORTS.update({report.slug: report for report in reports})


def filter_by(**fields: Callable) -> None:
    """How a filter is chosen: a function from a user to a form field."""
    FILTERS.update(fields)
