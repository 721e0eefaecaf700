"""Where the last city's story ends and the page's call to action begins.

Nothing parts the two in the text. The call is the title after as many as there are dates, or
the last one, where it asks a question ("Is your city a Strong City?") or begins as a call does
("Join the Network"). Where none does, the story may fill its dates to the page's last line:
then there is no call. Else the last title is the call if little text follows it, in which
something is asked of the reader.
"""

import re
from dataclasses import replace

from journeys.imports.read.lines import FIRST_WORDS, Line, Look, asks, is_question
from journeys.imports.read.titles import Story, divide, find_titles, join_read_more

CALL_WORDS = re.compile(r"\b(?:contact|get in touch|get involved|join|you|your)\b", re.IGNORECASE)

CALL_LENGTH = 300  # the Network's call has 117 characters, its shortest milestone 314


def divide_last(lines: list[Line], count: int) -> Story:
    """Divide what follows the last city's dates into `count` milestones and the call."""
    joined = join_read_more(lines)
    titles, _ = find_titles(joined, lambda at: joined[at].look is Look.TITLE)
    asking = _asking(joined, titles, count)
    if asking is not None:
        return _end_at(lines, joined[asking], count)
    pair = 2 * count
    if len(joined) == pair + 2 and _is_brief_call(joined, pair):
        story = _end_at(lines, joined[pair], count)
        if story.fits and _calls(story.closing):
            return story
    whole = divide(lines, count)
    if whole.fits or len(titles) < 2 or not _is_brief_call(joined, titles[-1]):
        return whole
    story = _end_at(lines, joined[titles[-1]], count)
    return story if _calls(story.closing) else whole


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


def _is_brief_call(lines: list[Line], at: int) -> bool:
    """Whether a title and what follows may be a call though it does not ask."""
    rest = lines[at + 1 :]
    if lines[at].look is not Look.TITLE or any(line.more for line in rest):
        return False
    return sum(len(line.text) for line in rest) <= CALL_LENGTH


def _end_at(lines: list[Line], call: Line, count: int) -> Story:
    before = [line for line in lines if line.number < call.number]
    return replace(divide(before, count), closing=lines[len(before) :])


def _calls(lines: list[Line]) -> bool:
    """Whether a line begins as a call does, or the heading speaks to the reader."""
    begins = any(FIRST_WORDS.match(line.text) for line in lines)
    return begins or bool(lines and CALL_WORDS.search(lines[0].text))
