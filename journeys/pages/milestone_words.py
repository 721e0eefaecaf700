"""The words of all public milestones in memory, to search them without the database.

It would read the text of each milestone with a common word; here the whole set is known at once, so
that it can be counted and filtered.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from journeys.models import Milestone
from journeys.models.search import TOLD_OF, Terms, link_of
from journeys.pages.milestone_index import MilestoneIndex, milestone_index
from journeys.pages.places import at_places
from members.models import City, Region
from strongcities.pagecache.kept import kept
from strongcities.search import holding

Named = tuple[str, Sequence[int]]  # words of what milestones tell of, and their places
Places = dict[str, array]  # a word between spaces -> the places of the milestones with it


@dataclass(frozen=True, slots=True)
class MilestoneWords:
    """What each milestone of an index is found by, at its place there."""

    index: MilestoneIndex
    in_text: Places
    in_title: Places
    title_ranks: array
    around: list[Named]

    def found(self, terms: Terms) -> set[int]:
        """The places of those that hold every term, in their words or what is around them."""
        found = [
            self.with_word(forms, self.in_text, "search_text") | told_of(self.around, forms)
            for forms in terms
        ]
        return set.intersection(*found) if found else set(range(len(self.index.pks)))

    def with_word(self, forms: tuple[str, ...], words: Places, column: str) -> set[int]:
        """The places of those with a term in their own words; several in a row are asked for."""
        rows = tuple(form for form in forms if " " in form.strip())
        found = told_of(words.items(), [form for form in forms if form not in rows])
        if rows:
            in_text, here = holding(rows), holding(rows, column=column)  # only texts have an index
            asked = Milestone.objects.published().filter(in_text, here).order_by()
            found.update(at_places(self.index.pks, asked.values_list("pk", flat=True)))
        return found

    def names_first(self, places: set[int], forms: tuple[str, ...], most: int) -> list[int]:
        """The pks of at most so many, those with the term in their titles before others."""
        named = places & self.with_word(forms, self.in_title, "search_names")
        first = [
            self.index.pks[p] for p in nsmallest(most, named, key=self.title_ranks.__getitem__)
        ]
        return first + nsmallest(most - len(first), (self.index.pks[p] for p in places - named))


def told_of(named: Iterable[Named], forms: Sequence[str]) -> set[int]:
    """The places beside all names that one of the forms finds."""
    first, *others = forms
    found = (
        places
        for names, places in named
        if first in names or (others and any(form in names for form in others))
    )
    return set().union(*found)


def milestone_words() -> MilestoneWords:
    """The words of what is public now, kept in this process until something changes."""
    return kept("milestone-words", read_words, is_shared=False)


def read_words() -> MilestoneWords:
    """Read all that is public; eight queries."""
    index = milestone_index()
    places = {pk: place for place, pk in enumerate(index.pks)}
    in_text, in_title, titles = defaultdict(list), defaultdict(list), [""] * len(places)
    rows = Milestone.objects.published().order_by()
    for pk, text, title in rows.values_list("pk", "search_text", "search_names").iterator():
        if (place := places.get(pk)) is not None:
            titles[place] = title
            for word in set(text.split()):
                in_text[word].append(place)
            for word in title.split():
                in_title[word].append(place)
    by_title = sorted(places.values(), key=lambda place: (titles[place], index.pks[place]))
    ranks = array("I", bytes(4 * len(places)))
    for rank, place in enumerate(by_title):
        ranks[place] = rank
    around = [*near(index), *told(places)]
    return MilestoneWords(index, spaced(in_text), spaced(in_title), ranks, around)


def spaced(words: dict[str, list[int]]) -> Places:
    return {f" {word} ": array("I", places) for word, places in words.items()}


def near(index: MilestoneIndex) -> Iterator[Named]:
    """The words of each city and the names of each region, with the places of their milestones."""
    spans = {pk: range(first, end) for pk, first, end in index.cities}
    in_region: dict[int, array] = defaultdict(lambda: array("I"))
    for pk, text, region in City.objects.order_by().values_list("pk", "search_text", "region"):
        if pk in spans:
            in_region[region].extend(spans[pk])
            yield text, spans[pk]
    for pk, names in Region.objects.order_by().values_list("pk", "search_names"):
        yield names, in_region[pk]


def told(places: dict[int, int]) -> Iterator[Named]:
    """The names of each event, initiative and theme, with the places of what tells of it."""
    for kind in TOLD_OF:
        link = link_of(Milestone, kind)
        records = link._meta.get_field(kind).related_model.objects
        records = records.published() if hasattr(records, "published") else records
        telling: dict[int, array] = defaultdict(lambda: array("I"))
        for record, milestone in link.objects.order_by().values_list(kind, "milestone").iterator():
            if milestone in places:
                telling[record].append(places[milestone])
        for pk, names in records.order_by().values_list("pk", "search_names"):
            yield names, telling[pk]
