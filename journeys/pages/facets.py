"""What the filter panel shows: options with counts, chips, and ways out of an empty list."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import BooleanField, Count, Exists, OuterRef, TextField, Value
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from journeys.filters import MAX_VALUES, ORDERS, MilestoneFilterSet, short
from journeys.models import MilestoneTheme
from strongcities.pagecache.kept import kept

PANEL = ["region", "theme", "year", "kind"]
HIDDEN = ["city", "event", "initiative"]
CHIPS = ["q", *PANEL, *HIDDEN]


class Row(NamedTuple):
    """So many milestones that are alike in all that the panel asks.

    Once for all, with an empty theme, and once for each theme that they have.
    """

    theme: str
    region: str
    kind: str
    first_year: int | None
    last_year: int | None
    has_theme: bool  # one of those asked for, if any is
    number: int


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, with how many milestones it would show."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One filter of the panel."""

    name: str
    legend: str
    options: list[Option]

    @property
    def is_of_use(self) -> bool:
        return any(option.count or option.checked for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """One active value: its words, and the address without it."""

    label: str
    name: str
    url: str


@dataclass
class Facets:
    """The panel beside a filtered list; each group's counts leave its own choice aside.

    All of them in one query, two where the years are not kept.
    """

    filterset: MilestoneFilterSet
    chosen: dict[str, list[str]] = field(init=False)

    def __post_init__(self):
        data = self.filterset.data
        asked = {name: data.getlist(name) for name in CHIPS}
        asked["q"] = asked["q"][-1:]
        self.chosen = {
            name: list(dict.fromkeys(short(value) for value in values[:MAX_VALUES] if value))
            for name, values in asked.items()
        }

    @property
    def panel(self) -> list[Group]:
        """The groups; one without any result is left out, unless it is in use."""
        return [group for group in map(self.group, PANEL) if group.is_of_use]

    def group(self, name: str) -> Group:
        counts = self.counts(name)
        options = [
            Option(value, str(label), counts[value], value in self.chosen[name])
            for value, label in self.choices(name)
        ]
        return Group(name, str(self.filterset.filters[name].label), options)

    def choices(self, name: str) -> list[tuple[str, str]]:
        if name != "year":
            return list(self.filterset.filters[name].extra["choices"])
        return [(str(year), str(year)) for year in sorted(self.years, reverse=True)]

    @cached_property
    def years(self) -> set[int]:
        """Every year that a milestone begins or ends in, or that is asked for."""
        return kept("years", lambda: years_of(self.filterset.queryset)) | self.asked["year"]

    @cached_property
    def asked(self) -> dict[str, set]:
        """Filter of the panel -> the values that count."""
        cleaned = self.filterset.form.cleaned_data
        asked = {name: set(cleaned.get(name) or []) for name in PANEL}
        return asked | {"year": set(map(int, asked["year"]))}

    @cached_property
    def rows(self) -> list[Row]:
        found = self.filterset.matching(*PANEL).order_by()
        themes = MilestoneTheme.objects.filter(milestone=OuterRef("pk"))
        themes = themes.filter(theme__slug__in=self.asked["theme"])
        yes = Value(True, BooleanField())
        has_theme = Exists(themes) if self.asked["theme"] else yes
        years = [ExtractYear("date_earliest"), ExtractYear("date_latest")]
        alike, total = ["city__region__slug", "kind", *years], Count("pk")
        alone = found.values_list(Value("", TextField()), *alike, has_theme).annotate(n=total)
        each = found.filter(theme_links__isnull=False)
        each = each.values_list("theme_links__theme__slug", *alike, yes).annotate(n=total)
        return [Row(*row) for row in alone.union(each, all=True)]

    def counts(self, name: str) -> Counter[str]:
        """Value of a filter of the panel -> the milestones that it would show."""
        counts = Counter()
        for row in self.rows:
            if bool(row.theme) != (name == "theme") or not self.shows(row, name):
                continue
            if name == "year":
                values = [str(year) for year in self.years if touches(row, year)]
            else:
                values = [getattr(row, name)]
            counts.update(dict.fromkeys(values, row.number))
        return counts

    @cached_property
    def total(self) -> int:
        """How many milestones the whole filter shows."""
        return sum(row.number for row in self.rows if not row.theme and self.shows(row))

    def shows(self, row: Row, without: str = "") -> bool:
        """Whether the filter shows milestones like these; `without` names one to leave aside."""
        years = self.asked["year"]
        return (
            all(
                not self.asked[name] or name == without or getattr(row, name) in self.asked[name]
                for name in ("region", "kind")
            )
            and (row.has_theme or without == "theme")
            and (not years or without == "year" or any(touches(row, year) for year in years))
        )

    @property
    def chips(self) -> list[Chip]:
        used = [(name, value) for name in CHIPS for value in self.chosen[name]]
        return [self.chip(name, value) for name, value in used[:MAX_VALUES]]

    def chip(self, name: str, value: str) -> Chip:
        label = self.label(name, value)
        shown = f"“{label}”" if name == "q" else label
        return Chip(shown, self.remove(name, label), self.address(name, value))

    def remove(self, name: str, words: str) -> str:
        what = _("search") if name == "q" else str(self.filterset.filters[name].label).lower()
        return _("Remove %(filter)s: %(value)s") % {"filter": what, "value": words}

    def label(self, name: str, value: str) -> str:
        named = dict(self.filterset.filters[name].extra.get("choices", []))
        return str(named.get(value, value))

    def address(self, name: str = "", value: str | None = None) -> str:
        """The query without one filter, or without one value of it; always from page one."""
        pairs = [
            (key, one)
            for key, values in self.chosen.items()
            for one in values
            if not (key == name and value in (None, one))
        ]
        order = self.filterset.form.cleaned_data.get("order")
        pairs += [("order", order)] if order else []
        return f"?{urlencode(pairs)}" if pairs else "."

    @property
    def ways_out(self) -> list[Chip]:
        """What to leave out of a search that finds nothing, one filter at a time."""
        return [
            Chip(self.way_out(name), "", self.address(name)) for name in CHIPS if self.chosen[name]
        ]

    def way_out(self, name: str) -> str:
        if name == "q":
            return _("Remove the search words")
        return self.remove(name, ", ".join(self.label(name, one) for one in self.chosen[name]))

    @property
    def problems(self) -> list[str]:
        """What is wrong with the address, in sentences."""
        return [str(e) for errors in self.filterset.form.errors.values() for e in errors]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Active filters that the panel does not show but must keep."""
        return [(name, value) for name in HIDDEN for value in self.chosen[name]]

    @property
    def orders(self) -> list[Option]:
        asked = self.filterset.form.cleaned_data.get("order") or "date"
        return [Option(value, str(label), 0, value == asked) for value, label in ORDERS.items()]


def years_of(milestones) -> set[int]:
    """Every year that one of the milestones begins or ends in."""
    first, last = (
        milestones.order_by().values_list(ExtractYear(name)).distinct()
        for name in ("date_earliest", "date_latest")
    )
    return {year for (year,) in first.union(last) if year is not None}


def touches(row: Row, year: int) -> bool:
    """Whether the years from first to last touch the year; None is an open side."""
    first, last = row.first_year, row.last_year
    if first is None and last is None:
        return False
    return (first is None or first <= year) and (last is None or last >= year)
