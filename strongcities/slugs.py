"""Addresses made from names in any script."""

import unicodedata

from django.urls.converters import StringConverter
from django.utils.text import slugify


def make_slug(text: str, fallback: str, max_length: int = 80) -> str:
    """A slug that is never empty: "Hani i Elezit" -> "hani-i-elezit", "الرباط" -> "الرباط".

    Latin letters lose their accents; other scripts keep their letters. A name without any letter
    or digit gets `fallback`.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not _is_latin_accent(c))
    slug = slugify(unicodedata.normalize("NFC", plain), allow_unicode=True)
    return slug[:max_length].strip("-_") or fallback


def unique_slug(text: str, fallback: str, taken: set[str], max_length: int = 80) -> str:
    """`make_slug`, with -2, -3 ... behind it where the address is taken.

    Of thousands that are taken only a few are looked at: the step to a free number doubles,
    then halves.
    """
    slug = make_slug(text, fallback, max_length)
    if slug not in taken:
        return slug
    low, high = 1, 2
    while _numbered(slug, high, max_length) in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        is_taken = _numbered(slug, middle, max_length) in taken
        low, high = (middle, high) if is_taken else (low, middle)
    return _numbered(slug, high, max_length)


def _numbered(slug: str, number: int, max_length: int) -> str:
    return f"{slug[: max_length - len(str(number)) - 1]}-{number}"


def _is_latin_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


class UnicodeSlugConverter(StringConverter):
    """Letters and digits of any script, hyphens and underscores; Django's `slug` is ASCII only."""

    regex = r"[-\w]+"
