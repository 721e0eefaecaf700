"""Three letters that name a line wherever its colour shows."""

from collections.abc import Iterator
from itertools import combinations
from string import ascii_uppercase, digits
from zlib import crc32

from strongcities.folding import fold

SIGNS = ascii_uppercase + digits
CODES = len(SIGNS) ** 3


def free_code(name: str, taken: set[str]) -> str:
    """One that is not taken: "Masaka" -> "MAS", else other letters of the name, else any."""
    for code in candidates(name):
        if code not in taken:
            return code
    raise ValueError("Every code of three letters and digits is taken.")


def candidates(name: str) -> Iterator[str]:
    """Codes for a name, the likeliest first; in the end every code there is."""
    letters = [c for c in fold(name).upper() if c in ascii_uppercase]
    for first, *rest in [letters] if letters else []:
        yield from ("".join([first, *pair]) for pair in combinations(rest, 2))
        yield from (f"{first}{number:02}" for number in range(1, 100))
    # All others, from a place that the name decides: else each city passes by all before it.
    start = crc32(name.encode())
    yield from (_code((start + number) % CODES) for number in range(CODES))


def _code(number: int) -> str:
    rest, last = divmod(number, len(SIGNS))
    first, middle = divmod(rest, len(SIGNS))
    return SIGNS[first] + SIGNS[middle] + SIGNS[last]
