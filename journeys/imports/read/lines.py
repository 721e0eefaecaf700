"""Text -> the lines that carry words, each with what it looks like.

LF, CRLF and CR end a line of the file, by which problems are numbered. Every line that carries
words is a paragraph of its own, blank lines between or not, unless it was broken to fit a page.
"""

import re
from operator import attrgetter
from typing import NamedTuple

from journeys.imports.read.characters import INVISIBLE, LINK, WITHOUT_INVISIBLE
from journeys.imports.read.read_more import address_of_read_more, without_read_more
from journeys.imports.read.records import Problem, gettext_noop, warning
from journeys.imports.read.wrapped import Numbered, ends, unquoted, unwrap
from strongcities.characters import SOFT_BREAK, without_controls
from strongcities.edtf import EDTFError, Printed, read_with_note
from strongcities.edtf.names import coded, fold

LINE_END = re.compile(r"\r\n|\n|\r")
NO_BREAK_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")

CONTROLS = gettext_noop("Control characters were taken out, first here (lines: %(lines)s).")
LINKED = gettext_noop(
    "“%(words)s” is a link to %(address)s. Its words are in the text; name the address as a source."
)

TITLE_LENGTH = 100  # the longest title on the Network's page has 52 characters
DATE_LENGTH = 80  # as long as the database keeps a printed date
NEAR_DATE_LENGTH = 40

SENTENCE_ENDS = tuple(".…。．｡۔।॥።։,;:،؛")
AFTER_SENTENCE = " \"'”’»)]」』" + INVISIBLE
QUESTION_MARKS = ("?", "؟", "？", "՞")
FIRST_WORDS = re.compile(
    r"(?:apply|become|contact us|get in touch|get involved|join|learn more|sign up|write to)\b",
    re.IGNORECASE,
)
HEADING = re.compile(r"(#{1,6}) +(\S.*?)[ #]*|\*\*([^*]+)\*\*")
EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)([^*_]{1,100})\1(?!\w)")
LOWEST_LEVEL = 6  # of a heading, and of a line in bold
RULE = re.compile(r"[-=_*~]{3,}")  # a line of these parts or underlines, and has no words
IN_ROW = re.compile(r"[|\t•·;؛]")
BULLET = re.compile(r"^[-–—•*·▪◦‣]\s")
LIST_MARK = re.compile(rf"{BULLET.pattern}|\d{{1,2}}\)\s")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
NEAR_DATE = re.compile(r"\d{4}|\d[-/.]\d|['’]\d\d\b")
# Of a date alone, its names as codes.
PART_OF_DATE = re.compile(
    r"(?=.*[\w?~‒–—-])(?:[MSQHW]?\d+(?:st|nd|rd|th|er|re|[oa])?\b|[ .,:;/&()?~>#*•·▪◦‣‒–—-]"
    r"|\b(?:about|after|and|around|before|ca|circa|early|from|late|mid|of|since|the|till?|to"
    r"|uncertain|until)\b)+"
)
CALENDAR_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn fall winter "
        "early mid late unknown undated ongoing tba tbc tbd",
    )
)


class Line(NamedTuple):
    """`text` is stripped, no-break spaces made spaces; `date` is EDTF where it reads as one.
    `note` is what else the date could be, if anything.

    `mark` is what it looks like, one letter, so that patterns find rows of lines: d of a date, n
    of a line so like one that it was meant as one, p of prose, that is long or ends in Read More,
    s of a short line, l of a longer one; in capitals, but for p, where it may be a title: without
    a full stop. `level` is a heading's, from 1, and 0 of all else.
    """

    number: int
    text: str
    more: bool
    date: str | None
    note: str
    mark: str
    level: int = 0

    @property
    def is_title(self) -> bool:
        return self.mark.isupper()

    @property
    def may_be_title(self) -> bool:
        return self.is_title and self.date is None

    @property
    def body(self) -> str:
        """The text without the Read More it ends in."""
        return without_read_more(self.text)

    @property
    def address(self) -> str:
        """The address of that Read More, if the page gives one."""
        return address_of_read_more(self.text) if self.more else ""


def marks_of(lines: list[Line]) -> str:
    return "".join(map(attrgetter("mark"), lines))


def read_lines(text: str) -> tuple[list[Line], list[Problem], list[Problem]]:
    """The lines that carry words, one a paragraph; what was mended; what links led to."""
    numbered, controls, links = [], [], []
    for number, line in enumerate(unquoted(LINE_END.split(text.removeprefix("\ufeff"))), start=1):
        if line.isascii() and line.isprintable():
            numbered.append((number, line.strip()))
            continue
        for words, address in LINK.findall(line):
            links.append(warning(LINKED, number, words=words.strip(), address=address))
        parts = SOFT_BREAK.split(LINK.sub(r"\1", line).translate(NO_BREAK_SPACES))
        kept = [without_controls(part) for part in parts]
        controls += [number] * (kept != parts)
        numbered += [(number, part) for part in _softly_joined(kept)]
    numbered, mended = unwrap(numbered, lambda line: _date(line) is not None)
    if controls:
        mended.insert(0, warning(CONTROLS, controls[0], lines=len(controls)))
    return _looked_at(numbered), mended, links


def _looked_at(numbered: list[Numbered]) -> list[Line]:
    """Those with words, each text looked at once; dates in a row are lines of their own."""
    lines: list[Line] = []
    seen: dict[str, list[Line]] = {}
    for number, words in numbered:
        if words not in seen:
            said = words.strip(INVISIBLE + " ") and not RULE.fullmatch(words)
            parts = (_dates_in_row(words) or [words]) if said else []
            seen[words] = [_line(number, part) for part in parts]
        lines += (line._replace(number=number) for line in seen[words])
    return lines


def _dates_in_row(text: str) -> list[str]:
    """The dates that stand in one line, parted by bars, dots or tabs; none where one is no date."""
    parts = [words for part in IN_ROW.split(text) if (words := part.strip())]
    is_row = len(parts) > 1 and all(map(_is_short_date, parts))
    return parts if is_row and any(_date(part) is not None for part in parts) else []


def _softly_joined(parts: list[str]) -> list[str]:
    """What a soft break parts: dates, and sentences that have ended; else it is a space."""
    parts = [words for part in parts if (words := part.strip())]
    joined = parts[:1]
    for part in parts[1:]:
        is_apart = _is_short_date(part) or _is_short_date(joined[-1]) or ends(joined[-1])
        if is_apart or (len(part) > TITLE_LENGTH and part[:1].isupper()):
            joined.append(part)
        else:
            joined[-1] += f" {part}"
    return joined or [""]


def _is_short_date(text: str) -> bool:
    return _date(text) is not None or _is_near_date(text)


def _line(number: int, text: str) -> Line:
    """What a line says and what it looks like; a mark before a heading or a date is no word."""
    heading = HEADING.fullmatch(text)
    if heading:
        text = without_emphasis(heading[2] or heading[3])
    elif text[:1] in "*_" or LIST_MARK.match(text):
        plain = without_emphasis(LIST_MARK.sub("", text, count=1).strip())
        text = plain if _date(plain) or EMPHASIS.fullmatch(text) else text
    more = not heading and without_read_more(text) != text
    date = _date(text)
    read = (date.text, date.note) if date else (None, "")
    level = len(heading[1] or "*" * LOWEST_LEVEL) if heading and not date else 0
    return Line(number, text, more, *read, _mark(text, heading is not None, more, date), level)


def without_emphasis(text: str) -> str:
    return EMPHASIS.sub(r"\2", text) if len(text) <= 2 * TITLE_LENGTH else text


def _mark(text: str, is_heading: bool, more: bool, date: Printed | None) -> str:
    if not is_heading and (more or len(text) > TITLE_LENGTH):
        return "p"
    mark = "s" if len(text) <= NEAR_DATE_LENGTH else "l"
    if date or (not is_heading and _is_near_date(text)):
        mark = "d" if date else "n"
    ends_here = text.rstrip(AFTER_SENTENCE).endswith(SENTENCE_ENDS) or BULLET.match(text)
    goes_on = text.lstrip("“\"'‘«([" + INVISIBLE)[:1].islower()
    return mark.upper() if is_heading or not (ends_here or goes_on) else mark


def _date(text: str) -> Printed | None:
    if len(text) > DATE_LENGTH or not YEAR.search(text):
        return None
    try:
        return read_with_note(text.translate(WITHOUT_INVISIBLE))
    except EDTFError:
        return None


def is_part_of_date(text: str) -> bool:
    """Whether a line may go on in the date beside it, as "May", "14" or "since" do."""
    if len(text) > NEAR_DATE_LENGTH:
        return False
    return PART_OF_DATE.fullmatch(coded(fold(text.translate(WITHOUT_INVISIBLE)))) is not None


def is_question(line: Line) -> bool:
    """Whether a short line asks something, as the call to action does."""
    return line.is_title and line.text.rstrip(AFTER_SENTENCE).endswith(QUESTION_MARKS)


def asks(line: Line) -> bool:
    """Whether a line asks, or begins as the heading of a call to action does."""
    return is_question(line) or bool(line.is_title and FIRST_WORDS.match(line.text))


def _is_near_date(text: str) -> bool:
    if len(text) > NEAR_DATE_LENGTH:
        return False
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(NEAR_DATE.search(text)) or (bool(words) and CALENDAR_WORDS.issuperset(words))


def paragraphs(lines: list[Line]) -> str:
    """The lines as text, parted by a blank line."""
    return "\n\n".join(line.text for line in lines)
