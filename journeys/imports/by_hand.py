"""What an editor adds to a plan by hand: which stored milestone a new one is, how a date is read.

Both come back with the form: "2.5=17" says that the fifth milestone of the second city is the
stored one of key 17, the field "reading-2.5" holds its date as typed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journeys.imports.compare import Change, CityPlan, Plan, differing, way_for
from journeys.imports.read import MilestoneText
from journeys.models import Milestone
from strongcities import edtf
from strongcities.direction import filled
from strongcities.editing.dates import MOST

LIKE = 0.6  # of 1: the share of words that two tellings of one milestone have in common
MOST_PAIRS = 400  # that are compared to propose a match
READING = "reading-"


@dataclass(frozen=True)
class ByHand:
    """Matches and readings by the place of a new milestone, "2.5"; a match of "" is new."""

    matches: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)

    def apply(self, plan: Plan, user) -> None:
        """Put them into a plan; ValidationError says which reading is none."""
        for city in plan.cities:
            for text in city.new:
                self.match(city, text, user)
            milestones = tuple(self.read(city, text) for text in city.text.milestones)
            city.text = replace(city.text, milestones=milestones)

    def match(self, city: CityPlan, text: MilestoneText, user) -> None:
        wanted = self.matches.get(place_of(city, text))
        stored = next((each for each in city.gone if str(each.pk) == wanted), None)
        if stored is None:
            return
        city.gone.remove(stored)
        city.stored[text.position] = stored
        if said := differing(text, stored):
            city.changes.append(Change(stored, text.position, said, way_for(user, stored)))

    def read(self, city: CityPlan, text: MilestoneText) -> MilestoneText:
        reading = self.readings.get(place_of(city, text), "").strip()[:MOST]
        if not reading or text.date or text.position in city.stored:
            return text
        try:
            return replace(text, date=edtf.read_typed(reading).text)
        except edtf.EDTFError as error:
            words = {"title": text.title, "message": filled(_(error.message), error.params)}
            raise ValidationError(filled(_("%(title)s: %(message)s"), words)) from error


def read_by_hand(choices: frozenset[str], data) -> ByHand:
    found = (re.fullmatch(r"(\d+\.\d+)=(\d*)", choice) for choice in choices)
    matches = {one[1]: one[2] for one in found if one}
    readings = {name.removeprefix(READING): data[name] for name in data if name.startswith(READING)}
    return ByHand(matches, readings)


def place_of(city: CityPlan, text: MilestoneText) -> str:
    return f"{city.number}.{text.position}"


def likely(city: CityPlan) -> dict[int, Milestone]:
    """The position of a new milestone -> the stored one, not on the page, that is most like it."""
    if len(city.new) * len(city.gone) > MOST_PAIRS:
        return {}
    found: dict[int, Milestone] = {}
    for _likeness, text, stored in sorted(pairs(city), key=lambda pair: -pair[0]):
        if text.position not in found and stored not in found.values():
            found[text.position] = stored
    return found


def pairs(city: CityPlan) -> Iterator[tuple[float, MilestoneText, Milestone]]:
    for text in city.new:
        for stored in city.gone:
            titles = SequenceMatcher(None, text.title.casefold(), stored.title.casefold()).ratio()
            likeness = max(titles, in_common(text.body, stored.body))
            if likeness >= LIKE:
                yield likeness, text, stored


def in_common(one: str, other: str) -> float:
    """The share of words that stand in both, of all in either."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) / max(1, len(words | others))
