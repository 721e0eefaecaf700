"""What differs between two states of a record, in words, the words added and removed marked."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models

from strongcities.editing.contents import Contents, Value, changes
from strongcities.editing.labels import Labels, knows, part_of
from strongcities.editing.records import parts_of

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"

LONG = 80  # characters that a field may hold before its words are compared
BRIEF = 40  # characters of a value that a list of changes names
SHORT = 3  # letters of a word that stays between two changes by chance, as "of" or "the"
MOST_PAIRS = 60_000  # pairs of equal words that one comparison looks at
PAIRS_A_WORD = 5  # what all comparisons of a text may look at beside that


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
    model: type[models.Model], before: Contents, after: Contents, user, labels: Labels | None = None
) -> list[Difference]:
    """What differs between two states of a record, for a user to read; fields first, then rows."""
    changed = [key for key in changes(before, after) if knows(model, key)]
    keys = sorted(changed, key=lambda key: in_order(model, key))
    old, new = ({key: each.get(key) for key in keys} for each in (before, after))
    labels = (labels or Labels(user)).learn(model, old, new)
    return [
        difference(model, key, old[key], new[key], labels) for key in keys if old[key] or new[key]
    ]


def in_order(model: type[models.Model], key: str) -> tuple[int, int]:
    """Fields as the model has them, then rows part by part."""
    if part_of(key):
        return (1, parts_of(model).index(part_of(key)))
    names = [one.name for one in model._meta.concrete_fields]
    return (0, names.index(key))


def difference(
    model: type[models.Model], key: str, before: Value, after: Value, labels: Labels
) -> Difference:
    part = part_of(key)
    if part:
        texts = [labels.row_text(model, part, row) if row else "" for row in (before, after)]
        label = labels.label(model, key, after or before)
        return Difference(key, label, kind_of(before, after), compared(*texts))
    column = model._meta.get_field(key)
    label = labels.label(model, key)
    if is_long(column) and before and after:
        return Difference(key, label, CHANGED, compared(before, after))
    values = [labels.value(column, value) for value in (before, after)]
    return Difference(key, label, CHANGED, whole(*values))


def kind_of(before: Value, after: Value) -> str:
    if before is None:
        return ADDED
    return REMOVED if after is None else CHANGED


def is_long(column: models.Field) -> bool:
    """Whether a field holds sentences, whose words are worth comparing."""
    if column.choices or isinstance(column, models.SlugField | models.URLField | models.FileField):
        return False
    is_text = isinstance(column, models.CharField | models.TextField)
    return is_text and (column.max_length is None or column.max_length >= LONG)


def whole(before: str, after: str) -> list[Piece]:
    """Two texts that have nothing in common; empty ones are left out."""
    pieces = [Piece(before, REMOVED), Piece(after, ADDED)]
    return [piece for piece in pieces if piece.text]


# Texts, word by word


def words_in(text: str) -> list[str]:
    """Each word with the white space behind it."""
    return re.findall(r"\S+\s*|\s+", text)


def tokens_in(text: str) -> list[str]:
    """Words and the white space between them."""
    return re.findall(r"\S+|\s+", text)


def paragraphs_in(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n+|[^\n]+", text)


class Budget:
    """How much comparing is still allowed: a text made to be slow is shown as a whole."""

    def __init__(self, before: str, after: str) -> None:
        self.left = MOST_PAIRS + PAIRS_A_WORD * (len(before.split()) + len(after.split()))

    def allows(self, before: list[str], after: list[str]) -> bool:
        cost = like_pairs(before, after) + len(before) + len(after)
        if cost > min(self.left, MOST_PAIRS):
            return False
        self.left -= cost
        return True


def like_pairs(before: list[str], after: list[str]) -> int:
    """How many pairs of equal parts there are: what a comparison has to look at."""
    counted = Counter(after)
    return sum(times * counted[part] for part, times in Counter(before).items())


def compared(before: str, after: str) -> list[Piece]:
    """The text of both, in order, with the words removed and added; white space is kept."""
    budget, pieces = Budget(before, after), []
    for old, new in aligned(paragraphs_in(before), paragraphs_in(after), budget):
        pieces += by_words(old, new, budget)
    return joined(pieces)


def aligned(before: list[str], after: list[str], budget: Budget) -> list[tuple[str, str]]:
    """What is the same in both, and what stands in its place; all of it where that is dear."""
    if not budget.allows(before, after):
        return [("".join(before), "".join(after))]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [("".join(before[i:j]), "".join(after[m:n])) for _tag, i, j, m, n in codes]


def by_words(before: str, after: str, budget: Budget) -> Iterator[Piece]:
    head, before, after, tail = trimmed(before, after)
    yield Piece(head, SAME)
    pairs = aligned(words_in(before), words_in(after), budget)
    for at, (old, new) in enumerate(pairs):
        is_short = len(old.split()) == 1 and len(old.strip()) <= SHORT
        by_chance = is_short and 0 < at < len(pairs) - 1
        yield from [Piece(old, SAME)] if old == new and not by_chance else whole(old, new)
    yield Piece(tail, SAME)


def trimmed(before: str, after: str) -> tuple[str, str, str, str]:
    """The words with which both begin, what lies between in each, the words with which both end."""
    old, new = tokens_in(before), tokens_in(after)
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    left = most - start
    end = next((n for n in range(left) if old[-1 - n] != new[-1 - n]), left)
    middles = (each[start : len(each) - end] for each in (old, new))
    head, tail = old[:start], old[len(old) - end :]
    return "".join(head), *map("".join, middles), "".join(tail)


def joined(pieces: list[Piece]) -> list[Piece]:
    """Between two parts that both kept, one text removed and one added, without empty ones."""
    found: list[Piece] = []
    removed, added = "", ""
    for piece in [*(piece for piece in pieces if piece.text), None]:
        if piece is not None and piece.kind == REMOVED:
            removed += piece.text
        elif piece is not None and piece.kind == ADDED:
            added += piece.text
        else:
            head, removed, added, tail = trimmed(removed, added)
            found += [Piece(head, SAME), *whole(removed, added), Piece(tail, SAME)]
            removed, added = "", ""
            found += [piece] if piece else []
    return merged(found)


def merged(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one."""
    found: list[Piece] = []
    for piece in (piece for piece in pieces if piece.text):
        if found and found[-1].kind == piece.kind:
            piece = Piece(found.pop().text + piece.text, piece.kind)
        found.append(piece)
    return found
