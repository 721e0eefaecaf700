"""Lines as a file has them -> lines as they were meant: one a paragraph.

A line that was broken to fit a page or a mail goes on in the next where the next word would not
have fitted. That is known from the lines that break off in mid sentence; a blank line parts
paragraphs.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain, groupby, pairwise

from journeys.imports.read.read_more import without_read_more
from journeys.imports.read.records import Problem, gettext_noop, warning

SHOWN = 40  # characters of either side of a joint
NARROW, WIDE = 50, 130  # the lengths of a line that was broken to fit
QUOTE = re.compile(r"(?:> ?)+")
SENTENCE_END = re.compile(r"[.!?…:;。．｡۔।॥։؟？]['\"”’»)\]]*\Z")
HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\Z")
PARTED = re.compile(r"\S{1,40}[-\u00ad\u2010]\n\S{1,40}")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

JOINED = gettext_noop(
    "Lines that may begin a paragraph were joined to the line before, first here (lines: "
    "%(lines)s). Read as one paragraph: “…%(before)s %(after)s…” As two: “…%(before)s” and "
    "“%(after)s…” Check them, or part paragraphs by a blank line."
)
PARTED_WORD = gettext_noop(
    "A word was parted at the end of the line before. It was read as “%(before)s”; it may be "
    "“%(after)s”. Check it."
)

Numbered = tuple[int, str]


def unquoted(lines: list[str]) -> list[str]:
    """The lines of a mail without the marks of a quotation, where most lines have them."""
    said = [line for line in lines if line.strip()]
    marked = sum(line.startswith(">") for line in said)
    return [QUOTE.sub("", line, count=1) for line in lines] if 2 * marked > len(said) else lines


def unwrap(
    lines: list[Numbered], is_date: Callable[[str], bool]
) -> tuple[list[Numbered], list[Problem]]:
    """Join the lines that were broken to fit, each with its first number; say what is in doubt."""
    found = list(blocks(lines))
    width = max((broken_at(block, is_date) for block in found), default=0)
    if not width:
        return list(chain.from_iterable(found)), []
    whole, unsure, problems = [], [], []
    words = set(WORD.findall(PARTED.sub("", "\n".join(text for _, text in lines))))
    for block in found:
        whole.append(block[0])
        for (_, before), (number, text) in pairwise(block):
            if not goes_on(before, text, width) or (is_date(text) and ends(before)):
                whole.append((number, text))
                continue
            if ends(before) and len(found) == 1:
                unsure.append((number, before, text))
            first, joined = whole[-1]
            glued_text, doubt = glued(joined, text, words)
            whole[-1] = (first, glued_text)
            problems += [warning(PARTED_WORD, number, before=b, after=a) for b, a in doubt]
    for number, before, text in unsure[:1]:
        shown = {"before": before[-SHOWN:].partition(" ")[2], "after": text[:SHOWN]}
        problems.insert(0, warning(JOINED, number, lines=len(unsure), **shown))
    return whole, problems


def blocks(lines: list[Numbered]) -> Iterator[list[Numbered]]:
    """Runs of lines without a blank one between; a line too long to be broken is its own."""
    for may_be_broken, run in groupby(lines, key=lambda line: 0 < len(line[1]) <= WIDE):
        if may_be_broken:
            yield list(run)
        else:
            yield from ([line] for line in run if line[1])


def broken_at(block: list[Numbered], is_date: Callable[[str], bool]) -> int:
    """The width that lines of the block were broken to; 0 where none breaks off a sentence.

    No sentence goes on in a date alone, nor behind the mark of a heading or a list.
    """
    texts = [text for _, text in block]
    width = max(map(len, texts))
    if width < NARROW:
        return 0
    broken = any(
        text[:1].isalnum()
        and not (text[:1].isupper() or ends(before) or is_date(text))
        and goes_on(before, text, width)
        for before, text in pairwise(texts)
    )
    return width if broken else 0


def goes_on(before: str, text: str, width: int) -> bool:
    """Whether the first word of a line would not have fitted on the line before."""
    return len(before) >= NARROW and len(before) + 1 + len(text.split(None, 1)[0]) > width


def ends(text: str) -> bool:
    """Whether a line ends a sentence, or a text by its Read More."""
    return bool(SENTENCE_END.search(text)) or without_read_more(text) != text


def glued(before: str, text: str, words: set[str]) -> tuple[str, list[tuple[str, str]]]:
    """Two lines as one; a word that was parted is whole again, but for its own hyphen.

    Beside them the word as kept and as it may be, where no other line tells which it is.
    """
    parted = HYPHEN.search(before)
    if parted is None or not text[:1].islower():
        return f"{before} {text}", []
    end = WORD.match(text)[0]
    whole, hyphened = f"{parted[1]}{end}", f"{parted[1]}-{end}"
    is_soft = before[-1] == "\u00ad"
    has_own_hyphen = hyphened in words or {parted[1], end} <= words
    is_kept = has_own_hyphen and whole not in words and not is_soft
    is_told = is_soft or (whole in words) != (hyphened in words)
    readings = (hyphened, whole) if is_kept else (whole, hyphened)
    return (before if is_kept else before[:-1]) + text, [] if is_told else [readings]
