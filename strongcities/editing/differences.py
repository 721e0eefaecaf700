"""What differs between two states of a record, in words, the words added and removed marked.

And two later states of one text brought together, word by word.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from django.db import models

from strongcities.editing.contents import Contents, Value, changes
from strongcities.editing.labels import Labels, part_of
from strongcities.editing.records import parts_of

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"

LONG = 80  # characters that a field may hold before its words are compared
SENTENCE = 250  # and before texts of two are joined
BRIEF = 40  # characters of a value that a list of changes names
MOST_PAIRS = 60_000  # of equal words that a comparison looks at: those of some 3,000 words
MOST_JOINED = 1_000_000  # of equal words where texts are joined; longer ones are not

WORDS = re.compile(r"\S+\s*|\s+")  # each with the white space behind it
TOKENS = re.compile(r"\S+|\s+")
WORDS_AND_SIGNS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text and whether it is the "same", "added" or "removed"."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field or a row that differs: "changed", or for a row also "added" or "removed"."""

    key: str
    label: str
    kind: str
    pieces: list[Piece]

    @property
    def becomes(self) -> str:
        """The new value, where it is short and nothing of the old one stays."""
        kinds = [piece.kind for piece in self.pieces]
        is_whole = not part_of(self.key) and kinds == [REMOVED, ADDED]
        return self.pieces[1].text if is_whole and len(self.pieces[1].text) <= BRIEF else ""


def differences(
    model: type[models.Model], before: Contents, after: Contents, labels: Labels
) -> list[Difference]:
    """What differs between two states of a record: fields as the model has them, then rows.

    What the model has no more is left out.
    """
    order = [*(column.name for column in model._meta.concrete_fields), *parts_of(model)]
    places = {key: part_of(key) or key for key in changes(before, after)}
    known = [key for key, place in places.items() if place in order]
    keys = sorted(known, key=lambda key: order.index(places[key]))
    old, new = ({key: each.get(key) for key in keys} for each in (before, after))
    labels.learn(model, old, new)
    return [
        difference(model, key, old[key], new[key], labels) for key in keys if old[key] or new[key]
    ]


def difference(
    model: type[models.Model], key: str, before: Value, after: Value, labels: Labels
) -> Difference:
    part = part_of(key)
    if part:
        texts = [labels.row_text(model, part, row) if row else "" for row in (before, after)]
        label = labels.label(model, key, after or before)
        kind = ADDED if before is None else REMOVED if after is None else CHANGED
        return Difference(key, label, kind, compared(*texts))
    column = model._meta.get_field(key)
    label = labels.label(model, key)
    if is_long(column) and before and after:
        return Difference(key, label, CHANGED, compared(before, after))
    values = [labels.value(column, value) for value in (before, after)]
    return Difference(key, label, CHANGED, whole(*values))


def is_long(column: models.Field, least: int = LONG) -> bool:
    """Whether a field holds sentences, whose words are worth comparing."""
    if column.choices or isinstance(column, models.SlugField | models.URLField | models.FileField):
        return False
    is_text = isinstance(column, models.CharField | models.TextField)
    return is_text and (column.max_length is None or column.max_length >= least)


def whole(before: str, after: str) -> list[Piece]:
    """Two texts that have nothing in common; empty ones are left out."""
    pieces = [Piece(before, REMOVED), Piece(after, ADDED)]
    return [piece for piece in pieces if piece.text]


# Texts, word by word


def compared(before: str, after: str) -> list[Piece]:
    """The text of both, in order, with what is removed and added; white space is kept.

    By words; only by those at both ends where that would take long.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    if like_pairs(old, new) <= MOST_PAIRS:
        return list(pieces_of(old, new))
    return between_ends(before, after)


def like_pairs(before: list[str], after: list[str]) -> int:
    """How many pairs of equal parts there are: what a comparison has to look at."""
    counted = Counter(after)
    return sum(times * counted[part] for part, times in Counter(before).items())


def pieces_of(before: list[str], after: list[str]) -> Iterator[Piece]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, i, j, m, n in codes:
        old, new = "".join(before[i:j]), "".join(after[m:n])
        yield from [Piece(old, SAME)] if tag == "equal" else between_ends(old, new)


def between_ends(before: str, after: str) -> list[Piece]:
    """Two texts that may begin and end with the same words, and have nothing else in common."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    head = same_start(old, new)
    old, new = old[len(head) :], new[len(head) :]
    tail = same_start(old[::-1], new[::-1])[::-1]
    middles = ("".join(each[: len(each) - len(tail)]) for each in (old, new))
    pieces = [Piece("".join(head), SAME), *whole(*middles), Piece("".join(tail), SAME)]
    return [piece for piece in pieces if piece.text]


def same_start(before: list[str], after: list[str]) -> list[str]:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    return [token for token, _same in same]


# Two texts of one


@dataclass(frozen=True, slots=True)
class Joined:
    """A text with the changes of both; where they changed the same words it has `mine`."""

    text: str
    is_clean: bool  # no words were changed by both, and it is not too long


def is_prose(column: models.Field) -> bool:
    """Whether it holds a sentence or more: of two names or dates none would come that was meant."""
    return is_long(column, SENTENCE)


def join(base: str, mine: str, theirs: str, most: int | None = None) -> Joined:
    """Both texts' changes since `base`; `most` characters fit."""
    texts = [WORDS_AND_SIGNS.findall(text) for text in (base, mine, theirs)]
    if max(like_pairs(texts[0], other) for other in texts[1:]) > MOST_JOINED:
        return Joined(mine, False)
    words, is_clean = [], True
    for before, ours, others in regions(*texts):
        words += others if ours == before else ours
        is_clean = is_clean and (ours == before or others in (before, ours))
    text = "".join(words)
    return Joined(text, is_clean and (most is None or len(text) <= most))


def regions(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], ...]]:
    """The three texts in parts: each ends with a word that all have, the last with the texts."""
    my_places, their_places = places_of(base, mine), places_of(base, theirs)
    ends = [
        (at + 1, my_places[at] + 1, their_places[at] + 1)
        for at in range(len(base))
        if at in my_places and at in their_places
    ]
    starts = [(0, 0, 0), *ends]
    for start, end in zip(starts, [*ends, (len(base), len(mine), len(theirs))], strict=True):
        yield tuple(text[a:b] for text, a, b in zip((base, mine, theirs), start, end, strict=True))


def places_of(base: list[str], other: list[str]) -> dict[int, int]:
    """Where the words of a text that stay stand in the other."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {at + n: there + n for at, there, size in blocks for n in range(size)}
