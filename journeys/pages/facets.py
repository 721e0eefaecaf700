"""What the filter panel shows: options with counts, chips, and ways out of an empty list."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from journeys.filters import MAX_VALUES, ORDERS, MilestoneFilterSet, short

PANEL = ["region", "theme", "year", "kind"]
HIDDEN = ["city", "event", "initiative"]
CHIPS = ["q", *PANEL, *HIDDEN]
COUNTED = {"region": "city__region__slug", "theme": "theme_links__theme__slug", "kind": "kind"}


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
    """The panel beside a filtered list; each group's counts leave its own choice aside."""

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
        counts = self.year_counts() if name == "year" else self.counts(name)
        options = [
            Option(value, str(label), counts.get(value, 0), value in self.chosen[name])
            for value, label in self.choices(name, counts)
        ]
        return Group(name, str(self.filterset.filters[name].label), options)

    def choices(self, name: str, counts: dict[str, int]) -> list[tuple[str, str]]:
        if name != "year":
            return list(self.filterset.filters[name].extra["choices"])
        asked = self.filterset.form.cleaned_data.get("year", [])
        return [(y, y) for y in sorted({*counts, *asked}, key=int, reverse=True)]

    def counts(self, name: str) -> dict[str, int]:
        rows = self.filterset.matching(without=name).values_list(COUNTED[name])
        return dict(rows.annotate(Count("pk")).order_by())

    def year_counts(self) -> dict[str, int]:
        """Every year that a milestone begins or ends in -> milestones whose dates touch it."""
        matching = self.filterset.matching(without="year").values("pk")
        spans = list(
            self.filterset.queryset.order_by()
            .values_list("date_earliest", "date_latest")
            .annotate(found=Count("pk", filter=Q(pk__in=matching)))
        )
        years = {day.year for first, last, _n in spans for day in (first, last) if day}
        years |= {int(year) for year in self.filterset.form.cleaned_data.get("year", [])}
        return {str(year): sum(n for *span, n in spans if touches(*span, year)) for year in years}

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


def touches(first, last, year: int) -> bool:
    """Whether the days from first to last touch the year; None is an open side."""
    if first is None and last is None:
        return False
    return (first is None or first.year <= year) and (last is None or last.year >= year)
