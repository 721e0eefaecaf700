"""What the filter panel shows: options with counts, chips, and ways out of an empty list."""

from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_, or_
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from journeys.filters import MAX_VALUES, ORDERS, MilestoneFilterSet, short
from journeys.pages.milestone_index import MilestoneIndex, milestone_index
from journeys.pages.milestone_words import MilestoneWords, milestone_words
from journeys.pages.places import set_of
from strongcities.direction import isolated, listed
from strongcities.folding import terms

PANEL = ["region", "theme", "year", "kind"]
HIDDEN = ["city", "event", "initiative"]
CHIPS = ["q", *PANEL, *HIDDEN]


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


@dataclass(frozen=True, slots=True)
class Chip:
    """One active value: its words, and the address without it."""

    label: str
    name: str
    url: str


@dataclass
class Facets:
    """The panel beside a filtered list; each group's counts leave its own choice aside.

    No query where milestones are kept, and one for cities, events and initiatives.
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
        groups = map(self.group, PANEL)
        return [one for one in groups if any(o.count or o.checked for o in one.options)]

    def group(self, name: str) -> Group:
        others = [those for other, those in self.sets.items() if other != name]
        among = reduce(and_, others, self.elsewhere)
        options = [
            Option(
                value,
                str(label),
                (among & self.index.with_value(name, value)).bit_count(),
                value in self.chosen[name],
            )
            for value, label in self.choices(name)
        ]
        return Group(name, str(self.filterset.filters[name].label), options)

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Of years every one that a milestone begins or ends in, or that is asked for."""
        if name != "year":
            return list(self.filterset.filters[name].extra["choices"])
        years = self.index.years | set(map(int, self.asked["year"]))
        return [(str(year), str(year)) for year in sorted(years, reverse=True)]

    @cached_property
    def index(self) -> MilestoneIndex:
        return self.searched.index if self.cleaned.get("q") else milestone_index()

    @cached_property
    def searched(self) -> MilestoneWords:
        return milestone_words()

    @cached_property
    def cleaned(self) -> dict:
        """What the address asks for, as far as it is valid."""
        self.filterset.form.is_valid()
        return self.filterset.form.cleaned_data

    @cached_property
    def asked(self) -> dict[str, set[str]]:
        """Filter of the panel -> the values that count."""
        return {name: set(self.cleaned.get(name) or []) for name in PANEL}

    @cached_property
    def elsewhere(self) -> int:
        """The set that the filters which are not in the panel leave; all where there are none."""
        if not self.filterset.form.is_valid():
            return 0
        found = self.index.everything
        if words := self.cleaned.get("q"):
            found = self.searched.found(terms(words))
        if any(self.cleaned.get(name) for name in HIDDEN):
            linked = self.filterset.matching("q", *PANEL).order_by()
            found &= set_of(self.index.pks, linked.values_list("pk", flat=True))
        return found

    @cached_property
    def sets(self) -> dict[str, int]:
        """Filter of the panel -> the set that it leaves by itself."""
        return {
            name: reduce(or_, (self.index.with_value(name, value) for value in values))
            if values
            else self.index.everything
            for name, values in self.asked.items()
        }

    @cached_property
    def found(self) -> int:
        """The set of milestones that the whole filter shows."""
        return reduce(and_, self.sets.values(), self.elsewhere)

    @cached_property
    def chips(self) -> list[Chip]:
        used = [(name, value) for name in CHIPS for value in self.chosen[name]]
        return [self.chip(name, value) for name, value in used[:MAX_VALUES]]

    def chip(self, name: str, value: str) -> Chip:
        label = self.filterset.called(name, value)
        shown = f"“{label}”" if name == "q" else label
        return Chip(shown, self.remove(name, isolated(label)), self.address(name, value))

    def remove(self, name: str, words: str) -> str:
        if name == "q":
            return _("Remove the search words: %(words)s") % {"words": words}
        label = self.filterset.filters[name].label
        return _("Remove the filter %(filter)s: %(value)s") % {"filter": label, "value": words}

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
        called = (self.filterset.called(name, one) for one in self.chosen[name])
        return self.remove(name, listed(called))

    @property
    def problems(self) -> list[str]:
        """What is wrong with the address, in sentences."""
        return [str(e) for errors in self.filterset.form.errors.values() for e in errors]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Active filters that the panel does not show but must keep."""
        return [(name, value) for name in HIDDEN for value in self.chosen[name]]

    @cached_property
    def orders(self) -> list[Option]:
        asked = self.filterset.form.cleaned_data.get("order") or "date"
        return [Option(value, str(label), 0, value == asked) for value, label in ORDERS.items()]
