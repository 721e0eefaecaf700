"""Where the last city's story ends and the page's call to action begins.

Nothing parts the two in the text. The call is the title after as many as there are dates, or
the last one, where it asks a question ("Is your city a Strong City?"). Where none asks, the
story may fill its dates to the page's last line: then there is no call. Else the last title
and its paragraphs are the call.
"""

import re
from dataclasses import dataclass, replace

from journeys.page_text.lines import Line, Look, is_question
from journeys.page_text.records import gettext_noop
from journeys.page_text.titles import Note, Story, divide, find_titles, join_read_more

DOUBTFUL = gettext_noop("“%(line)s” was read as the call to action that ends the page. Check it.")

CALL_WORDS = re.compile(
    r"\b(?:apply|become|contact|get in touch|get involved|join|learn more|member|membership"
    r"|sign up|you|your)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """The last city's story and the lines of the call to action, none where there is no call."""

    story: Story
    closing: list[Line]


def divide_last(lines: list[Line], count: int) -> Ending:
    """Divide what follows the last city's dates into `count` milestones and the call."""
    joined = join_read_more(lines)
    titles, _ = find_titles(joined, lambda at: joined[at].look is Look.TITLE)
    asked = _question(joined, titles, count)
    if asked is not None:
        return _end_at(lines, joined[asked], count)
    pair = 2 * count
    if len(joined) == pair + 2 and joined[pair].look is Look.TITLE and not joined[-1].more:
        ending = _end_at(lines, joined[pair], count)
        if ending.story.fits:
            return _with_doubt(ending)
    whole = divide(lines, count)
    if whole.fits or len(titles) < 2 or any(line.more for line in joined[titles[-1] :]):
        return Ending(whole, [])
    return _with_doubt(_end_at(lines, joined[titles[-1]], count))


def find_call(lines: list[Line]) -> list[Line]:
    """The call to action at the end of lines that no dates divide; none without a question."""
    asked = next((at for at in reversed(range(len(lines))) if is_question(lines[at])), None)
    return [] if asked is None else lines[asked:]


def _question(lines: list[Line], titles: list[int], count: int) -> int | None:
    if len(titles) > count and is_question(lines[titles[count]]):
        return titles[count]
    if not lines or any(line.more for line in lines[titles[-1] if titles else 0 :]):
        return None
    if len(titles) > 1 and is_question(lines[titles[-1]]):
        return titles[-1]
    return len(lines) - 1 if is_question(lines[-1]) else None


def _end_at(lines: list[Line], call: Line, count: int) -> Ending:
    before = [line for line in lines if line.number < call.number]
    return Ending(divide(before, count), [line for line in lines if line.number >= call.number])


def _with_doubt(ending: Ending) -> Ending:
    """Say so where nothing in the call's words asks the reader to do something."""
    if any(CALL_WORDS.search(line.text) for line in ending.closing) or not ending.story.fits:
        return ending
    note = Note(DOUBTFUL, ending.closing[0])
    return replace(ending, story=replace(ending.story, notes=(*ending.story.notes, note)))
