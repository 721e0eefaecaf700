"""The plan as a form: what is ticked where it is shown, and what comes back.

Each box and choice is one short text: "2" is the second city, "2.5" the fifth milestone in it,
"2.0" its introduction, "2@7" that region 7 is its, "2.5=17" that the fifth is stored as 17. They
come back as fields of one name or, from a browser that runs scripts, as one field, "choices":
Django takes a thousand fields at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journeys.imports.by_hand import ByHand, likely, place_of, read_by_hand
from journeys.imports.compare import Change, CityPlan, Plan
from journeys.imports.read import MilestoneText
from journeys.imports.write import Choice
from members.models import City, Region
from strongcities.direction import listed
from strongcities.editing.contents import contents_with
from strongcities.editing.differences import Difference, differences
from strongcities.editing.labels import Labels
from strongcities.staff import access

NAMED = 5


def regions_of(user) -> list[Region]:
    return list(access.choices(user, City._meta.get_field("region")).order_by("order", "name"))


@dataclass(frozen=True)
class Posted:
    """What was chosen, the states of the cities that were looked at, and the region of the rest."""

    choices: frozenset[str]
    states: dict[str, str]
    region: str
    by_hand: ByHand = field(default_factory=ByHand)

    def takes(self, city: CityPlan) -> bool:
        return str(city.number) in self.choices

    def positions(self, city: CityPlan) -> frozenset[int]:
        every = [0, *(text.position for text in city.text.milestones)]
        return frozenset(p for p in every if f"{city.number}.{p}" in self.choices)

    def region_of(self, city: CityPlan, regions: list[Region]) -> Region | None:
        """Its own, else the one for all new cities, if the user may choose it."""
        own = (r for r in regions if f"{city.number}@{r.pk}" in self.choices)
        rest = (r for r in regions if str(r.pk) == self.region)
        return next(own, next(rest, None)) if city.city is None else None


def read_posted(data) -> Posted:
    choices = frozenset([*data.getlist("choice"), *data.get("choices", "").split()])
    states = [each.partition(":") for each in data.get("states", "").split()]
    by_hand = read_by_hand(choices, data)
    return Posted(choices, {n: s for n, _colon, s in states}, data.get("region", ""), by_hand)


def chooser(posted: Posted, user):
    """What of a plan was ticked; raises ValidationError in words where that cannot be taken."""
    regions = regions_of(user)

    def choose(plan: Plan) -> dict[int, Choice]:
        posted.by_hand.apply(plan, user)
        chosen = {}
        for city in filter(posted.takes, plan.cities):
            positions, state = posted.positions(city), posted.states.get(str(city.number), "")
            if positions or state == "none":
                region = posted.region_of(city, regions)
                chosen[city.number] = Choice(positions, region, state)
        if not chosen:
            raise ValidationError(_("Nothing is ticked, so nothing is taken."))
        if not access.works_everywhere(user):
            check_regions([c for c in plan.cities if c.number in chosen], chosen)
        return chosen

    return choose


def check_regions(cities: list[CityPlan], chosen: dict[int, Choice]) -> None:
    """Who works in some regions only says for each new city in which of them it is."""
    new = [city for city in cities if city.city is None and not city.is_closed]
    without = [city.text.heading for city in new if chosen[city.number].region is None]
    if without:
        names = listed(without[:NAMED]) + ("…" if len(without) > NAMED else "")
        raise ValidationError(_("Choose a region for: %(cities)s.") % {"cities": names})


# What is shown


@dataclass(frozen=True)
class Row:
    """A new milestone, `text`, or a stored record that differs, `change`; without a box neither
    is to be ticked. `same_as` is the key of the stored milestone that a new one may be.
    """

    position: int
    box: str
    is_checked: bool
    text: MilestoneText | None = None
    change: Change | None = None
    differences: tuple[Difference, ...] = ()
    same_as: str = ""
    reading: str = ""


@dataclass(frozen=True)
class CityForm:
    """One city of the plan with its rows; `region` is the one chosen for it."""

    plan: CityPlan
    rows: list[Row]
    is_checked: bool
    region: Region | None

    @property
    def same(self) -> int:
        """How many of the page's milestones are as stored."""
        return len(self.plan.text.milestones) - sum(row.position > 0 for row in self.rows)

    @property
    def has_boxes(self) -> bool:
        return any(row.box for row in self.rows)


def city_form(plan: CityPlan, posted: Posted | None, user, regions, labels: Labels) -> CityForm:
    """With what was ticked, or else with all that is new and no difference."""
    rows = sorted(rows_of(plan, posted, user, labels), key=lambda row: row.position)
    is_checked = posted is None or posted.takes(plan)
    region = posted.region_of(plan, regions) if posted else None
    return CityForm(plan, rows, is_checked, region)


def rows_of(plan: CityPlan, posted: Posted | None, user, labels: Labels) -> Iterator[Row]:
    checked = posted.positions(plan) if posted else {text.position for text in plan.new}
    proposed = {position: str(one.pk) for position, one in likely(plan).items()}
    by_hand = posted.by_hand if posted else ByHand()
    for text in plan.new:
        box = place_of(plan, text)
        same_as = by_hand.matches.get(box, "" if posted else proposed.get(text.position, ""))
        reading = by_hand.readings.get(box, "")
        is_checked = text.position in checked
        yield Row(text.position, box, is_checked, text=text, same_as=same_as, reading=reading)
    for change in plan.changes:
        box = f"{plan.number}.{change.position}" if change.way else ""
        said = contents_with(change.record, [])
        before = {name: said[name] for name in change.wanted}
        marked = differences(type(change.record), before, change.wanted, user, labels)
        is_checked = bool(box) and change.position in checked
        yield Row(change.position, box, is_checked, change=change, differences=tuple(marked))
