"""Addresses made from names in any script."""

import unicodedata
from functools import lru_cache
from itertools import chain, count

from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils.text import slugify

MOST = 80  # characters of an address


def make_slug(text: str, fallback: str, max_length: int = MOST) -> str:
    """A slug that is never empty: "Hani i Elezit" -> "hani-i-elezit", "الرباط" -> "الرباط".

    Latin letters lose their accents; other scripts keep their letters. A name without any letter
    or digit gets `fallback`.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not _is_latin_accent(c))
    slug = slugify(unicodedata.normalize("NFC", plain), allow_unicode=True)
    return slug[:max_length].strip("-_") or fallback


def unique_slug(text: str, fallback: str, taken: set[str]) -> str:
    """`make_slug`, with -2, -3 ... behind it where the address is taken."""
    slug = make_slug(text, fallback)
    numbered = (f"{slug[: MOST - 1 - len(str(number))]}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken)


@lru_cache(maxsize=2000)
def path_to(name: str, *slugs: str) -> str:
    """`reverse`, which takes its time, of the same names only once."""
    return reverse(name, args=slugs)


def _is_latin_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


class UnicodeSlugConverter(StringConverter):
    """Letters and digits of any script, hyphens and underscores; Django's `slug` is ASCII only."""

    regex = r"[-\w]+"
