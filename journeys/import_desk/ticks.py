"""What somebody ticked of one city: all that is new and no difference, unless told otherwise."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from journeys.models import ImportedCity


@dataclass
class Ticks:
    """`left` are new milestones not to be taken, `over` those whose words the page is to give."""

    out: bool = False
    intro: bool = False
    left: list[int] = field(default_factory=list)
    over: list[int] = field(default_factory=list)

    def takes_anything_of(self, row: ImportedCity) -> bool:
        if self.out or row.is_closed:
            return False
        return row.is_new or row.new > len(self.left) or bool(self.over) or self.intro

    def takes(self, position: int) -> bool:
        return position not in self.left


def ticks_of(row: ImportedCity) -> Ticks:
    return Ticks(**row.choices)


def read_ticks(row: ImportedCity, posted) -> Ticks:
    """What is ticked after a form was sent that showed some of a city's milestones.

    `rows:<n>` and `diffs:<n>` say which positions it showed, `take:<n>` and `over:<n>` which of
    them are ticked.
    """
    ticks, n = ticks_of(row), row.number
    shown_new = numbers(posted.get(f"rows:{n}", "").split())
    shown_changed = numbers(posted.get(f"diffs:{n}", "").split())
    taken, over = (numbers(posted.getlist(f"{name}:{n}")) for name in ("take", "over"))
    ticks.out = f"in:{n}" not in posted
    ticks.left = sorted((set(ticks.left) - shown_new) | (shown_new - taken))
    ticks.over = sorted((set(ticks.over) - shown_changed) | (shown_changed & over))
    if f"has-intro:{n}" in posted:
        ticks.intro = f"intro:{n}" in posted
    return ticks


def put_ticks(row: ImportedCity, ticks: Ticks) -> None:
    row.choices = asdict(ticks)


def numbers(words: Iterable[str]) -> set[int]:
    return {int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 6}
