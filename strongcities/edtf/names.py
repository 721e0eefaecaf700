"""The names of months, seasons, quarters and weekdays, in our readers' languages, as codes.

"14 mars" becomes "14 M03", "Friday" W4, "spring" S21 and "3rd quarter" Q3. Names are compared
in small letters, without accents and with one form of each Arabic letter; a name of two months
is no name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel import Locale

from strongcities.edtf.words import SEASONS

# Babel has the Arabic months in the series of Cairo, Rabat, Algiers and Tunis, Beirut, Nouakchott.
LANGUAGES = ["en", "fr", "es", "pt", "sq", "ur", "ar", "ar_MA", "ar_DZ", "ar_LB", "ar_MR"]
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
    return _replaced(text, *LANGUAGES) if _WORD.search(english) else english


def _replaced(text: str, *languages: str) -> str:
    names, pattern = _table(languages)
    return pattern.sub(lambda found: names[found[1]], text)


@cache
def _table(languages: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern]:
    """The codes of all names, and what finds a whole name with or without a full stop."""
    meanings: dict[str, set[str]] = {}
    for language in languages:
        for name, code in _names(Locale.parse(language)):
            meanings.setdefault(fold(name).rstrip("."), set()).add(code)
    names = {name: min(codes) for name, codes in meanings.items() if len(codes) == 1}
    names |= {name: f"S{number}" for number, name in SEASONS.items()} | MORE
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return names, re.compile(rf"(?<![^\W\d_])({longest_first})(?![^\W\d_])\.?")


def _names(locale: Locale) -> Iterator[tuple[str, str]]:
    months, days, quarters = (
        each["format"] for each in (locale.months, locale.days, locale.quarters)
    )
    widths = ["wide", "abbreviated"]
    for width in widths:
        yield from ((name, f"M{number:02}") for number, name in months[width].items())
        yield from ((name, f"Q{number}") for number, name in quarters[width].items())
    for width in widths if locale.language == "en" else widths[:1]:
        yield from ((name, f"W{number}") for number, name in days[width].items())
