"""Bytes -> text -> the lines that carry words, each with what it looks like.

Only LF, CRLF and CR end a line; vertical tabs, form feeds, U+0085 and U+2028 are text.
Every line that carries words is a paragraph of its own, blank lines between or not.
"""

import re
import unicodedata
from enum import Enum
from typing import NamedTuple

from journeys.imports.read.characters import INVISIBLE, WITHOUT_INVISIBLE
from journeys.imports.read.read_more import without_read_more
from journeys.imports.read.records import PageError, gettext_noop
from strongcities.edtf import EDTFError, Printed, read_with_note

LINE_END = re.compile(r"\r\n|\n|\r")
NO_BREAK_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
# PostgreSQL cannot store a NUL, UTF-8 cannot write half of a surrogate pair.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

TITLE_LENGTH = 100  # the longest title on the Network's page has 52 characters
DATE_LENGTH = 80  # as long as the database keeps a printed date
NEAR_DATE_LENGTH = 40
NAME_LENGTH = 200

SENTENCE_ENDS = tuple(".…。．｡۔।॥።։,;:،؛")
AFTER_SENTENCE = " \"'”’»)]」』" + INVISIBLE
QUESTION_MARKS = ("?", "؟", "？", "՞")
BULLET = re.compile(r"[-–—•*·▪◦‣]\s")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
NEAR_DATE = re.compile(r"\d{4}|\d[-/.]\d|['’]\d\d\b")
CALENDAR_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn fall winter "
        "early mid late unknown undated ongoing tba tbc tbd",
    )
)


class Look(Enum):
    """TITLE: short, no full stop. SENTENCE: short. PROSE: long, or ends in Read More."""

    TITLE = 1
    SENTENCE = 2
    PROSE = 3


class Line(NamedTuple):
    """`text` is stripped, no-break spaces made spaces; `date` is EDTF where it reads as one.
    `note` is what else the date could be, if anything.

    `near_date` is true of a line that is no date but so like one that it was meant as one.
    """

    number: int
    text: str
    look: Look
    more: bool
    date: str | None
    note: str
    near_date: bool

    @property
    def body(self) -> str:
        """The text without the Read More it ends in."""
        return without_read_more(self.text)


Features = tuple[Look, bool, str | None, str, bool]  # of a line, from `look` on


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte order mark; PageError names the first byte that is not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_byte_is_nul(data):
        raise PageError(gettext_noop("The file is not in UTF-8 but in UTF-16; save it as UTF-8."))
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        sentence = gettext_noop("The file is not in UTF-8: byte %(byte)s cannot be read.")
        line = data.count(b"\n", 0, error.start) + 1
        raise PageError(sentence, line, byte=error.start + 1) from None


def _every_other_byte_is_nul(data: bytes) -> bool:
    return len(data) > 1 and max(data[::2].count(0), data[1::2].count(0)) * 4 > len(data)


def read_lines(text: str) -> tuple[list[Line], list[int]]:
    """The lines with words, and the numbers of those that held what cannot be stored."""
    lines: list[Line] = []
    unstorable: list[int] = []
    seen: dict[str, Features] = {}
    for number, raw in enumerate(LINE_END.split(text.removeprefix("\ufeff")), start=1):
        storable = UNSTORABLE.sub("", raw)
        if storable != raw:
            unstorable.append(number)
        words = storable.translate(NO_BREAK_SPACES).strip()
        if words and words not in seen:
            seen[words] = _features(words)
        if words and words.strip(INVISIBLE + " "):
            lines.append(Line(number, words, *seen[words]))
    return lines, unstorable


def _features(text: str) -> Features:
    more = without_read_more(text) != text
    look, date = _look(text, more), _date(text)
    if date is not None:
        return look, more, date.text, date.note, False
    return look, more, None, "", look is not Look.PROSE and _is_near_date(text)


def _look(text: str, more: bool) -> Look:
    if more or len(text) > TITLE_LENGTH:
        return Look.PROSE
    start = text.lstrip("“\"'‘«([" + INVISIBLE)
    if text.rstrip(AFTER_SENTENCE).endswith(SENTENCE_ENDS) or BULLET.match(text):
        return Look.SENTENCE
    return Look.SENTENCE if start[:1].islower() else Look.TITLE


def _date(text: str) -> Printed | None:
    if len(text) > DATE_LENGTH or not YEAR.search(text):
        return None
    try:
        return read_with_note(text.translate(WITHOUT_INVISIBLE))
    except EDTFError:
        return None


def is_question(line: Line) -> bool:
    """Whether a short line asks something, as the call to action does."""
    return line.look is Look.TITLE and line.text.rstrip(AFTER_SENTENCE).endswith(QUESTION_MARKS)


def _is_near_date(text: str) -> bool:
    if len(text) > NEAR_DATE_LENGTH:
        return False
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(NEAR_DATE.search(text)) or (bool(words) and CALENDAR_WORDS.issuperset(words))


def key(text: str) -> str:
    """A name for comparison: white space, direction marks and composition do not matter."""
    visible = " ".join(text.translate(WITHOUT_INVISIBLE).split())
    # Normalising a long run of combining letters takes time that grows with its square.
    return unicodedata.normalize("NFC", visible) if len(visible) <= NAME_LENGTH else visible


def paragraphs(lines: list[Line]) -> str:
    """The lines as text, parted by a blank line."""
    return "\n\n".join(line.text for line in lines)
