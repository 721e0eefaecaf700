"""Three letters that name a line wherever its colour shows."""

from collections.abc import Iterator
from itertools import combinations, product
from string import ascii_uppercase, digits

from strongcities.folding import fold


def free_code(name: str, taken: set[str]) -> str:
    """One that is not taken: "Masaka" -> "MAS", else other letters of the name, else any."""
    return next(code for code in candidates(name) if code not in taken)


def candidates(name: str) -> Iterator[str]:
    """Codes for a name, the likeliest first; in the end every code there is."""
    letters = [c for c in fold(name).upper() if c in ascii_uppercase]
    for first, *rest in [letters] if letters else []:
        yield from ("".join([first, *pair]) for pair in combinations(rest, 2))
        yield from (f"{first}{number:02}" for number in range(1, 100))
    yield from map("".join, product(ascii_uppercase + digits, repeat=3))
