"""The words of the public records of a kind in memory, to search them without the database.

It would read the text of each record with a common word; here the whole set is known at once, so
that it can be counted and filtered.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from journeys.pages.places import chosen, joined, set_of, thin
from strongcities.search import SearchedQuerySet, holding

Places = dict[str, Sequence[int] | int]  # a word between spaces -> the records with it


@dataclass(frozen=True, slots=True)
class WordIndex:
    """What each record of a kind is found by, at its place among them."""

    public: Callable[[], SearchedQuerySet]
    pks: Sequence[int]
    in_text: Places
    in_names: Places
    by_name: array
    by_pk: array

    def with_term(self, forms: tuple[str, ...], *, named: bool = False) -> int:
        """The set of those with a term in their words, or their names."""
        words, column = (self.in_names, "search_names") if named else (self.in_text, "search_text")
        found = joined(told_of(words, forms))
        rows = tuple(form for form in forms if may_hold(words, form))
        if rows:  # of words
            columns = dict.fromkeys(["search_text", column])  # texts alone have an index
            asked = self.public().filter(*(holding(rows, column=one) for one in columns)).order_by()
            found |= set_of(self.pks, asked.values_list("pk", flat=True))
        return found

    def names_first(self, those: int, forms: tuple[str, ...], most: int) -> list[int]:
        """The pks of at most so many, those with the term in their names before others."""
        named = those & self.with_term(forms, named=True)
        by_name = chosen(self.pks, named, self.by_name)
        others = chosen(self.pks, those ^ named, self.by_pk)
        return list(islice(chain(by_name, others), most))


def told_of(words: Places, forms: tuple[str, ...]) -> Iterator[Sequence[int] | int]:
    """The records of all words that one of the forms finds."""
    first, *others = forms
    for word, places in words.items():
        if first in word or (others and any(form in word for form in others)):
            yield places


def may_hold(words: Places, form: str) -> bool:
    """Whether a form is several words in a row, all of which some record has."""
    parts = [part for part in form.replace(" ", " \n ").split("\n") if part.strip()]
    return len(parts) > 1 and all(any(part in word for word in words) for part in parts)


def read_words(
    public: Callable[[], SearchedQuerySet], places: dict[int, int] | None = None
) -> WordIndex:
    """Read all that is public, where places are given what has one; one query."""
    rows = public().order_by("pk").values_list("pk", "search_text", "search_names").iterator()
    order, names, by_pk = places or {}, {}, array("I")
    in_text, in_names = (defaultdict(lambda: array("I")) for _ in range(2))
    for pk, text, named in rows:
        place = len(by_pk) if places is None else order.get(pk)
        if place is None:
            continue
        order[pk], names[place] = place, named
        by_pk.append(place)
        for word in set(text.split()):
            in_text[word].append(place)
        for word in named.split():
            in_names[word].append(place)
    by_name = array("I", sorted(by_pk, key=names.__getitem__))
    found = (spaced(words, len(order)) for words in (in_text, in_names))
    return WordIndex(public, array("q", order), *found, by_name, by_pk)


def spaced(words: dict[str, array], size: int) -> Places:
    return {f" {word} ": thin(places, size) for word, places in words.items()}
