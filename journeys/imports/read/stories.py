"""Which lines of a city's story are titles, and where the page's call to action begins.

In this order:

1. The first line is a title, so is a short line after one that ends in Read More; the line
   after a title is never one, nor is the last.
2. Of the others those are titles that are headings as the first is. Where it is none, a line is
   one if it looks like one: at most 100 characters, no full stop, comma or colon at its end, no
   small letter or bullet at its start, no Read More. Of several such lines in a row every second
   is: title, text, title, text; the city is refused where a row may begin with the end of a text.
3. If that finds as many titles as there are dates, it holds. Else, if there are exactly two
   lines to a date, they are title and text in turn, unless a title would be plain text.
4. Else the story does not fit its dates, and the city is refused. Nothing is guessed to fit.

Nothing parts the last city's story and the page's call to action. The call is the title after as
many as there are dates, or the last one, where it asks a question ("Is your city a Strong City?")
or begins as a call does ("Join the Network"). Where none does, there is no call.
"""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from journeys.imports.read.lines import (
    BULLET,
    FIRST_WORDS,
    TITLE_LENGTH,
    Line,
    asks,
    is_question,
)
from journeys.imports.read.records import gettext_noop

EITHER = gettext_noop("%(city)s: “%(line)s” could be a title or a paragraph. Check it.")

TITLE_OR_TEXT = gettext_noop(
    "%(city)s: “%(line)s” could be a title or end the text above it. Write a full stop behind each "
    "paragraph."
)

SENTENCES = "dnsl"  # by their marks: short, and no titles
NUMBER = re.compile(r"(\d{1,3})[.)] *(\S.*)")


Doubt = tuple[str, Line]  # something to check: a template with %(city)s and %(line)s
Milestones = list[list[Line]]  # each with its title first


def divide(lines: list[Line], count: int) -> tuple[Milestones, list[Doubt]]:
    """Divide a story into `count` milestones or, where it does not fit, as many as it has."""
    lines = join_read_more(lines)
    titles, notes = find_titles(lines, _may_be_title(lines))
    if len(lines) == 2 * count and (len(titles) == count or _are_pairs(lines)):
        return _parted(lines, range(0, len(lines), 2)), []
    return _parted(lines, titles), notes


def _parted(lines: list[Line], titles: Iterable[int]) -> Milestones:
    return [lines[start:end] for start, end in pairwise([*titles, len(lines)])]


def without_marks(titles: list[str]) -> list[str]:
    """The titles of a list without its bullets or, where they count from 1, its numbers."""
    if len(titles) > 1 and all(BULLET.match(title) for title in titles):
        return [BULLET.sub("", title, count=1).lstrip() for title in titles]
    found = [NUMBER.match(title) for title in titles]
    numbers = [int(match[1]) for match in found if match]
    if len(titles) < 2 or numbers != list(range(1, len(titles) + 1)):
        return titles
    return [match[2] for match in found]


def join_read_more(lines: list[Line]) -> list[Line]:
    """Give a Read More on a line of its own to the paragraph before it, if there is one."""
    joined: list[Line] = []
    for line, following in pairwise([*lines, None]):
        if not line.more or line.body:
            joined.append(line)
        elif following and not following.is_title and FIRST_WORDS.match(line.text):
            joined.append(line._replace(mark="S", more=False))  # "Learn more" heads a call
        elif joined and not (_must_be_title(joined, len(joined) - 1) or asks(joined[-1])):
            text = f"{joined[-1].text} {line.text}" if line.address else joined[-1].text
            joined[-1] = joined[-1]._replace(text=text, mark="p", more=True)
        else:
            joined.append(line)
    return joined


def find_titles(
    lines: list[Line], may_be_title: Callable[[int], bool]
) -> tuple[list[int], list[Doubt]]:
    """The indices of the titles, and the places that can be read in two ways."""
    titles: list[int] = []
    notes: list[Doubt] = []
    at, last = 0, len(lines) - 1
    while at < last:
        if _must_be_title(lines, at):
            titles.append(at)
            at += 2
        elif may_be_title(at):
            end = next((n for n in range(at, last + 1) if not may_be_title(n)), last + 1)
            # The first line of a row that does not fill up evenly may end the text before it.
            is_even = end - at == 1 or (end - at) % 2 == (end <= last)
            notes += [] if is_even else [(TITLE_OR_TEXT, lines[at])]
            titles.extend(range(at if is_even else at + 1, min(end, last), 2))
            # The line after the run's last title is its text, whatever it looks like.
            at = max(end, titles[-1] + 2)
        else:
            at += 1
    return titles, notes


def _must_be_title(lines: list[Line], at: int) -> bool:
    return at == 0 or (lines[at - 1].more and lines[at].mark != "p")


def _may_be_title(lines: list[Line]) -> Callable[[int], bool]:
    """By looks; where the first is a heading or a sentence, the others are, or may be, too."""
    if lines and lines[0].level:
        return lambda at: lines[at].level == lines[0].level
    sentences = SENTENCES if lines and lines[0].mark in SENTENCES else ""
    return lambda at: lines[at].may_be_title or lines[at].mark in sentences


def _is_short_beside(lines: list[Line], at: int) -> bool:
    return at + 1 < len(lines) and 2 * len(lines[at].text) <= len(lines[at + 1].text)


def _are_pairs(lines: list[Line]) -> bool:
    """Whether title and text can take turns: no title reads on like the text around it."""
    by_looks = _may_be_title(lines)
    others = (at for at in range(0, len(lines), 2) if not by_looks(at))
    return all(
        not lines[at].more
        and len(lines[at].text) <= 2 * TITLE_LENGTH
        and _is_short_beside(lines, at)
        for at in others
    )


# The call to action


def divide_last(lines: list[Line], count: int) -> tuple[Milestones, list[Doubt], list[Line]]:
    """Divide what follows the last city's dates into `count` milestones and the call."""
    joined = join_read_more(lines)
    titles, _ = find_titles(joined, lambda at: joined[at].may_be_title)
    asking = _asking(joined, titles, count)
    if asking is None:
        return *divide(lines, count), []
    before = [line for line in lines if line.number < joined[asking].number]
    return *divide(before, count), lines[len(before) :]


def find_call(lines: list[Line]) -> list[Line]:
    """The call to action at the end of lines that no dates divide; none without a question."""
    asking = next((at for at in reversed(range(len(lines))) if is_question(lines[at])), None)
    return [] if asking is None else lines[asking:]


def _asking(lines: list[Line], titles: list[int], count: int) -> int | None:
    """The index of the title that asks; a text that ends in Read More is a milestone's."""
    if len(titles) > count and asks(lines[titles[count]]):
        return titles[count]
    if not lines or any(line.more for line in lines[titles[-1] if titles else 0 :]):
        return None
    if len(titles) > 1 and asks(lines[titles[-1]]):
        return titles[-1]
    return len(lines) - 1 if is_question(lines[-1]) else None
