"""All that is public by its words; milestones also by the words of what is around them."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Model

from journeys.models import Event, Initiative, Milestone, Theme
from journeys.models.search import Terms, link_of
from journeys.pages.milestone_index import MilestoneIndex, milestone_index
from journeys.pages.places import chosen, joined, thin
from journeys.pages.words import WordIndex, read_words
from members.models import City, Region
from strongcities.pagecache.kept import kept

AROUND = (City, Region, Event, Initiative, Theme)


@dataclass(frozen=True, slots=True)
class MilestoneWords:
    """What each milestone of an index is found by, at its place there."""

    index: MilestoneIndex
    own: WordIndex
    around: dict[type[Model], WordIndex]
    telling: dict[type[Model], list[Sequence[int] | int]]  # of each record around: its milestones

    def found(self, terms: Terms) -> int:
        """The set of those that hold every term, in their words or what is around them."""
        return reduce(and_, map(self.with_term, terms), self.index.everything)

    def with_term(self, forms: tuple[str, ...]) -> int:
        """By all that is told of a city, by the names of the other records."""
        found = self.own.with_term(forms)
        for model, words in self.around.items():
            if those := words.with_term(forms, named=model is not City):
                telling = self.telling[model]
                found |= joined(chosen(telling, those, range(len(telling))))
        return found

    def found_of(self, model: type[Model], terms: Terms) -> int:
        """The set of the records of a kind that hold every term in their own words."""
        return reduce(and_, map(self.around[model].with_term, terms))


def milestone_words() -> MilestoneWords:
    """The words of what is public now, kept in this process until something changes."""
    return kept("milestone-words", read_all, is_shared=False)


def read_all() -> MilestoneWords:
    """Read all that is public; twelve queries."""
    index = milestone_index()
    places = {pk: place for place, pk in enumerate(index.pks)}
    own = read_words(lambda: Milestone.objects.published().with_city(), places)
    around = {model: read_words(model.objects.published) for model in AROUND}
    telling = {
        City: {pk: range(first, end) for pk, first, end in index.cities},
        Region: with_value(index, Region, "region"),
        Event: linked(places, "event"),
        Initiative: linked(places, "initiative"),
        Theme: with_value(index, Theme, "theme"),
    }
    of_each = {model: [telling[model].get(pk, 0) for pk in around[model].pks] for model in AROUND}
    return MilestoneWords(index, own, around, of_each)


def with_value(index: MilestoneIndex, model: type[Model], name: str) -> dict[int, int]:
    slugs = model.objects.order_by().values_list("pk", "slug")
    return {pk: index.with_value(name, slug) for pk, slug in slugs}


def linked(places: dict[int, int], kind: str) -> dict[int, Sequence[int] | int]:
    """The milestones that tell of each event or initiative."""
    telling: dict[int, array] = defaultdict(lambda: array("I"))
    links = link_of(Milestone, kind).objects.order_by().values_list(kind, "milestone")
    for record, milestone in links.iterator():
        if milestone in places:
            telling[record].append(places[milestone])
    return {record: thin(found, len(places)) for record, found in telling.items()}
