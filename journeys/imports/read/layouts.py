"""Other layouts than the page's own: each milestone with its date, above or below its title.

The page has a city's dates in one row. Where two and more dates stand apart, with a title and a
text between them, each belongs to one milestone: date, title, text, or title, date, text. Where
both are possible the city is refused.
"""

from dataclasses import dataclass
from itertools import pairwise

from journeys.imports.read.closing import divide_last
from journeys.imports.read.lines import Line, Look
from journeys.imports.read.titles import Story, join_read_more

TOGETHER = 3  # lines that a milestone has at least: its date, its title, its text
BELOW, ABOVE = 1, -1  # where the title stands, seen from the date


@dataclass(frozen=True, slots=True)
class Parts:
    """One city's lines by what they are. `dates` holds the unread ones too.

    `is_unsure` where the titles may be above or below the dates; `heading` is a line among the
    milestones' texts that may be another city's.
    """

    intro: list[Line]
    dates: list[Line]
    story: Story
    is_unsure: bool = False
    heading: Line | None = None

    @property
    def fits(self) -> bool:
        return bool(self.dates) and self.story.fits and not self.is_unsure


def read_apart(lines: list[Line], is_last: bool) -> Parts | None:
    """None where the dates stand in a row, or where a title or a text is missing beside one."""
    read = [at for at, line in enumerate(lines) if line.date]
    like = [at for at, line in enumerate(lines) if line.near_date]
    if not stand_apart(read) or max([*read, *like], default=0) < 2:
        return None
    ways = (
        (side, some)
        for side in (BELOW, ABOVE)
        if (some := with_unread(lines, read, like, side)) and fits(lines, some, side)
    )
    side, dates = next(ways, (0, []))
    if not dates or (len(dates) == 1 and not is_one_above(lines, side, dates[0])):
        return None
    starts, known = [min(at, at + side) for at in dates], set(dates)
    parts = pairwise([*starts, len(lines)])
    told = [[lines[at] for at in range(*part) if at not in known] for part in parts]
    closing = divide_last(told[-1], 1).closing if is_last else []
    if len(closing) == len(told[-1]):  # one line of the file, parted within
        closing = []
    told[-1] = told[-1][: len(told[-1]) - len(closing)]
    story = Story([join_read_more(own) for own in told], fits=True, closing=closing)
    dated, heading = [lines[at] for at in dates], heading_in(story.milestones)
    return Parts(lines[: starts[0]], dated, story, is_unsure=any(ways), heading=heading)


def is_one_above(lines: list[Line], side: int, date: int) -> bool:
    """Whether a single milestone's title stands above its date, behind an introduction."""
    return side == ABOVE and date > 1 and lines[date + 1].look is Look.PROSE


def stand_apart(dates: list[int]) -> bool:
    return all(other - one >= TOGETHER for one, other in pairwise(dates))


def with_unread(lines: list[Line], dates: list[int], like: list[int], side: int) -> list[int]:
    """The dates, and the lines like dates that fit and stand apart from all others."""
    if not like:
        return dates
    known = {*dates, *like}
    near = (known.intersection(range(at - TOGETHER + 1, at + TOGETHER)) for at in like)
    alone = [at for at, others in zip(like, near, strict=True) if len(others) == 1]
    return sorted([*dates, *(at for at in alone if fits(lines, [at], side))])


def fits(lines: list[Line], dates: list[int], side: int) -> bool:
    """Whether each date has a title on this side, and a text behind the two."""
    titles = [at + side for at in dates]
    if titles[0] < 0 or titles[-1] >= len(lines):
        return False
    texts = [max(pair) + 1 for pair in zip(dates, titles, strict=True)]
    ends = [*(min(pair) for pair in zip(dates[1:], titles[1:], strict=True)), len(lines)]
    return all(lines[at].look is Look.TITLE for at in titles) and all(
        text < end for text, end in zip(texts, ends, strict=True)
    )


def heading_in(told: list[list[Line]]) -> Line | None:
    """The first line behind a milestone's text that is like a name, in the last one if marked.

    A heading of a lower level than the milestone's title is its own.
    """
    for title, *body in told:
        for line in body[1:]:
            is_like = line.look is Look.TITLE if title is not told[-1][0] else line.level
            if is_like and not line.level > title.level > 0:
                return line
    return None
