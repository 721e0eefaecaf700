"""Two versions of one text brought together, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models

from strongcities.editing.differences import like_pairs

MOST_PAIRS = 1_000_000  # of equal words that a comparison looks at; longer texts are not joined
WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Joined:
    """A text with the changes of both; where they changed the same words it has `mine`."""

    text: str
    is_clean: bool  # no words were changed by both


def join(base: str, mine: str, theirs: str) -> Joined:
    """Both texts' changes since `base`."""
    texts = [WORD.findall(text) for text in (base, mine, theirs)]
    if max(like_pairs(texts[0], other) for other in texts[1:]) > MOST_PAIRS:
        return Joined(mine, False)
    words, is_clean = [], True
    for before, ours, other in regions(*texts):
        if ours == before:
            words += other
        else:
            words += ours
            is_clean = is_clean and other in (before, ours)
    return Joined("".join(words), is_clean)


def is_prose(column: models.Field) -> bool:
    return isinstance(column, models.TextField) and not column.choices


def regions(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], ...]]:
    """The three texts in parts: those where all agree, and what stands between them."""
    at, ends = [0, 0, 0], (len(base), len(base), len(mine), len(theirs))
    for start, end, my_start, their_start in [*agreed(base, mine, theirs), ends]:
        yield base[at[0] : start], mine[at[1] : my_start], theirs[at[2] : their_start]
        yield (base[start:end],) * 3
        at = [end, my_start + end - start, their_start + end - start]


def agreed(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[int, ...]]:
    """Where both kept the same words of `base`: their start and end there, their starts here."""
    my_blocks, their_blocks = blocks(base, mine), blocks(base, theirs)
    my_at = their_at = 0
    while my_at < len(my_blocks) and their_at < len(their_blocks):
        my_start, mine_from, my_size = my_blocks[my_at]
        their_start, theirs_from, their_size = their_blocks[their_at]
        start = max(my_start, their_start)
        end = min(my_start + my_size, their_start + their_size)
        if start < end:
            yield start, end, mine_from + start - my_start, theirs_from + start - their_start
        if my_start + my_size <= their_start + their_size:
            my_at += 1
        else:
            their_at += 1


def blocks(base: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    return list(SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()[:-1])
