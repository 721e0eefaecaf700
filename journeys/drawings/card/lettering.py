"""Words on a card, in a font that has their letters; none where no font on the machine has them.

Fonts are looked for by name where systems keep them: Debian's packages fonts-noto-core and
fonts-dejavu-core. Pillow brings one of its own, which has the letters of English.
"""

import unicodedata
from functools import lru_cache

from PIL import ImageFont, features

NAMES = (
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansBengali-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "DejaVuSans-Bold.ttf",
    "",  # Pillow's own
)
SHAPED = ("ARABIC", "BENGALI", "DEVANAGARI", "HEBREW")  # letters that are no row of single signs
LEADING = 1.12
MISSING = "\U0010fffe"

Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=64)
def font(name: str, size: int) -> Font | None:
    """A font of the machine at a size in pixels; None where it is not there."""
    try:
        return ImageFont.truetype(name, size) if name else ImageFont.load_default(size)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def has(name: str, sign: str) -> bool:
    """Whether a font has a sign: it draws something else than for one that there is not."""
    found = font(name, 32)
    return found is not None and bytes(found.getmask(sign)) != bytes(found.getmask(MISSING))


def is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"


def lettered(text: str) -> tuple[str, str] | None:
    """The text without signs that no font has, and the font; None where letters would miss."""
    text = " ".join(text.split())
    if not features.check("raqm") and any(is_shaped(sign) for sign in text):
        return None
    for name in NAMES:
        letters = filter(is_letter, text)
        if font(name, 32) and all(has(name, letter) for letter in letters):
            known = (sign for sign in text if sign.isspace() or joins(sign) or has(name, sign))
            return " ".join("".join(known).split()), name
    return None


def is_shaped(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(SHAPED)


def joins(sign: str) -> bool:
    """Whether it is the joiner, or the non-joiner, of two letters."""
    return sign in "\u200c\u200d"


def runs_left(text: str) -> bool:
    """Whether the text reads from right to left, by its first letter."""
    sides = (unicodedata.bidirectional(sign) for sign in text)
    return next((side for side in sides if side in ("L", "R", "AL")), "L") != "L"


def fitted(words: str, name: str, room: tuple[int, int], sizes: tuple[int, ...]):
    """The lines of words in a font, as large as fits a room, else cut at its end; and that font."""
    width, height = room
    for size in sizes:
        letters, most = font(name, size), max(int(height / (LEADING * size)), 1)
        lines = wrapped(words, letters, width)
        if len(lines) <= most:
            return lines, letters
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), letters, width)], letters


def wrapped(text: str, letters: Font, width: int) -> list[str]:
    """Lines of whole words; a word that is wider than a line is a line, cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.getlength(longer) <= width or not lines[-1]:
            lines[-1] = cut(longer, letters, width)
        else:
            lines.append(cut(word, letters, width))
    return lines


def cut(text: str, letters: Font, width: int) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    if letters.getlength(text) <= width:
        return text
    while text and letters.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
