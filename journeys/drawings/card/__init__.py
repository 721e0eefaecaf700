"""The picture that other sites show beside a link: here what it says, in `draw` how it looks."""

from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 630
MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class CardLine:
    """A city's line: its code, its colour, how many stops it has, and which one the card tells."""

    code: str
    colour: str
    stops: int = 0
    here: int = -1


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; `lines` are one line, or those that meet."""

    title: str
    above: str = ""
    below: str = ""
    site: str = ""
    lines: tuple[CardLine, ...] = ()
