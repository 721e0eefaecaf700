"""The plan as a form: what is ticked where it is shown, and what comes back.

Each box and choice is one short text: "2" is the second city, "2.5" the fifth milestone in it,
"2.0" its introduction, "2@7" that region 7 is its, "2.5=17" that the fifth is stored as 17, "2.5="
that it is new. They come back as fields of one name or, from a browser that runs scripts, as one
field, "choices": Django takes a thousand fields at most. "reading-2.5" is a date as typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journeys.imports.compare import CityPlan, Plan, tell_difference
from journeys.imports.read import MilestoneText
from journeys.models import Milestone
from members.models import City, Region
from strongcities import edtf
from strongcities.direction import filled, listed
from strongcities.editing.contents import contents_of
from strongcities.editing.dates import MOST
from strongcities.editing.differences import differences
from strongcities.editing.labels import Labels
from strongcities.staff import access

NAMED = 5
LIKE = 0.6  # of 1: the share of words that two tellings of one milestone have in common
MOST_PAIRS = 400  # that are compared to propose a match
READING = "reading-"


def regions_of(user) -> list[Region]:
    return list(access.choices(user, City._meta.get_field("region")).order_by("order", "name"))


def place_of(city: CityPlan, text: MilestoneText) -> str:
    return f"{city.number}.{text.position}"


@dataclass(frozen=True)
class Posted:
    """What was chosen, the states of the cities that were looked at, and the region of the rest.

    `matches` and `readings` are by the place of a new milestone; a match of "" is new.
    """

    choices: frozenset[str]
    states: dict[str, str]
    region: str
    matches: dict[str, str]
    readings: dict[str, str]

    def choose(self, plan: Plan, user) -> None:
        """Mark in a plan what was ticked; ValidationError in words where that cannot be taken."""
        regions = regions_of(user)
        for city in plan.cities:
            self.match(city, user)
            milestones = tuple(self.read(city, text) for text in city.text.milestones)
            city.text = replace(city.text, milestones=milestones)
            positions, state = self.positions(city), self.states.get(str(city.number), "")
            if self.takes(city) and (positions or state == "none"):
                city.chosen, city.looked_at = positions, state
                city.region = self.region_of(city, regions)
        if not plan.chosen:
            raise ValidationError(_("Nothing is ticked, so nothing is taken."))
        if not access.works_everywhere(user):
            check_regions(plan.chosen)

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

    def match(self, city: CityPlan, user) -> None:
        """A new milestone that is said to be a stored one differs from it."""
        for text in city.new:
            wanted = self.matches.get(place_of(city, text))
            stored = next((each for each in city.gone if str(each.pk) == wanted), None)
            if stored is not None:
                city.gone.remove(stored)
                city.stored[text.position] = stored
                tell_difference(city, text, stored, user)

    def read(self, city: CityPlan, text: MilestoneText) -> MilestoneText:
        """A new milestone with its date as an editor reads it."""
        reading = self.readings.get(place_of(city, text), "").strip()[:MOST]
        if not reading or text.date or text.position in city.stored:
            return text
        try:
            return replace(text, date=edtf.read_typed(reading).text)
        except edtf.EDTFError as error:
            words = {"title": text.title, "message": filled(_(error.message), error.params)}
            raise ValidationError(filled(_("%(title)s: %(message)s"), words)) from error


def read_posted(data) -> Posted:
    choices = frozenset([*data.getlist("choice"), *data.get("choices", "").split()])
    states = [each.partition(":") for each in data.get("states", "").split()]
    return Posted(
        choices=choices,
        states={number: state for number, _colon, state in states},
        region=data.get("region", ""),
        matches=dict(
            one.groups() for each in choices if (one := re.fullmatch(r"(\d+\.\d+)=(\d*)", each))
        ),
        readings={
            name.removeprefix(READING): data[name] for name in data if name.startswith(READING)
        },
    )


def check_regions(cities: list[CityPlan]) -> None:
    """Who works in some regions only says for each new city in which of them it is."""
    new = [city for city in cities if city.city is None and not city.is_closed]
    without = [city.text.heading for city in new if city.region is None]
    if without:
        names = listed(without[:NAMED]) + ("…" if len(without) > NAMED else "")
        raise ValidationError(_("Choose a region for: %(cities)s.") % {"cities": names})


# What is shown


def city_form(plan: CityPlan, posted: Posted | None, regions, labels: Labels) -> dict:
    """A city of the plan with what was ticked, or else with all that is new and no difference."""
    rows = [*new_rows(plan, posted), *changed_rows(plan, posted, labels)]
    return {
        "plan": plan,
        "rows": sorted(rows, key=lambda row: row["position"]),
        "is_checked": posted is None or posted.takes(plan),
        "region": posted.region_of(plan, regions) if posted else None,
        "same": len(plan.text.milestones) - sum(row["position"] > 0 for row in rows),
        "has_boxes": any(row["box"] for row in rows),
    }


def new_rows(plan: CityPlan, posted: Posted | None) -> Iterator[dict]:
    """`same_as` is the key of the stored milestone that a new one may be: then it is not ticked,
    as its words would replace what an editor has written."""
    proposed = {} if posted else likely(plan)
    for text in plan.new:
        box = place_of(plan, text)
        same_as = posted.matches.get(box, "") if posted else proposed.get(text.position, "")
        yield {
            "position": text.position,
            "box": box,
            "is_checked": box in posted.choices if posted else not same_as,
            "text": text,
            "same_as": same_as,
            "reading": posted.readings.get(box, "") if posted else "",
        }


def changed_rows(plan: CityPlan, posted: Posted | None, labels: Labels) -> Iterator[dict]:
    """What differs of a stored record; without a box it is not to be ticked."""
    for change in plan.changes:
        box = f"{plan.number}.{change.position}" if change.way else ""
        said = contents_of(change.record, [])
        before = {name: said[name] for name in change.wanted}
        yield {
            "position": change.position,
            "box": box,
            "is_checked": posted is not None and box in posted.choices,
            "change": change,
            "differences": differences(type(change.record), before, change.wanted, labels),
        }


def likely(city: CityPlan) -> dict[int, str]:
    """The position of a new milestone -> the key of the stored one that is most like it."""
    if len(city.new) * len(city.gone) > MOST_PAIRS:
        return {}
    found: dict[int, str] = {}
    pairs = ((likeness(text, stored), text, stored) for text in city.new for stored in city.gone)
    for alike, text, stored in sorted(pairs, key=lambda pair: -pair[0]):
        if alike >= LIKE and text.position not in found and str(stored.pk) not in found.values():
            found[text.position] = str(stored.pk)
    return found


def likeness(text: MilestoneText, stored: Milestone) -> float:
    """How alike the titles are, or the share of words that stand in both texts."""
    titles = SequenceMatcher(None, text.title.casefold(), stored.title.casefold()).ratio()
    words, others = (set(each.body.casefold().split()) for each in (text, stored))
    return max(titles, len(words & others) / max(1, len(words | others)))
