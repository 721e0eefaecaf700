"""The names of months, seasons, quarters and weekdays, in our readers' languages, as codes.

"14 mars" becomes "14 M03", "Friday" W4, "spring" S21 and "3rd quarter" Q3. Names are compared
in small letters, without accents and with one form of each Arabic letter; a name of two months
is no name.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from strongcities.edtf.words import SEASONS

# Language -> code -> names, folded; `python -m tools.date_names` writes it.
NAMES = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))
MORE = {"sept": "M09", "setiembre": "M09", "fall": "S23", "h1": "H1", "h2": "H2"}
MORE |= {"first half": "H1", "1st half": "H1", "second half": "H2", "2nd half": "H2"}
MORE |= {"first quarter": "Q1", "second quarter": "Q2", "third quarter": "Q3"}
MORE |= {"fourth quarter": "Q4", "last quarter": "Q4"}

_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
_WORD = re.compile(r"[^\W\d_]{3}|[^\W\d_\x00-\x7f]{2}")
_ONE_FORM = str.maketrans("یىکہھ", "ييكهه")


def fold(text: str) -> str:
    """Small letters without accents, Arabic and Urdu letters alike, digits 0 to 9."""
    text = text.casefold()
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_ONE_FORM)
    return re.sub(r"(?![0-9])\d", lambda digit: str(int(digit[0])), text)


def coded(text: str) -> str:
    """Folded text with the names in it as codes: English, or those of all languages."""
    english = _replaced(text, "en")
    return _replaced(text, *NAMES) if _WORD.search(english) else english


def _replaced(text: str, *languages: str) -> str:
    names, pattern = _table(languages)
    return pattern.sub(lambda found: names[found[1]], text)


@cache
def _table(languages: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern]:
    """The codes of all names, and what finds a whole name with or without a full stop."""
    meanings: dict[str, set[str]] = {}
    for language in languages:
        for code, names in NAMES[language].items():
            for name in names:
                meanings.setdefault(name, set()).add(code)
    names = {name: min(codes) for name, codes in meanings.items() if len(codes) == 1}
    names |= {name: f"S{number}" for number, name in SEASONS.items()} | MORE
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return names, re.compile(rf"(?<![^\W\d_])({longest_first})(?![^\W\d_])\.?")
