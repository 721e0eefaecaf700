"""Addresses made from names in any script."""

import unicodedata
from functools import lru_cache
from itertools import chain, count

import regex
from django.urls import reverse
from django.urls.converters import StringConverter

from strongcities.folding import plain_letter

MOST = 80  # characters of an address
SLUG = regex.compile(rf"^[-\p{{L}}\p{{M}}\p{{N}}_]{{1,{MOST}}}\Z")
# Marks belong to the letter before them; Latin and Greek are written without their accents.
ACCENTS = regex.compile(r"(?V1)(?<![[\p{L}\p{M}]--[\p{Latin}\p{Greek}]])\p{M}+")
LATIN = regex.compile(r"(?V1)[\p{Latin}--[a-zA-Z]]")
NOT_AM = regex.compile("[^ำຳ]+")  # Thai and Lao letters that would not be joined again
NOT_IN_SLUG = regex.compile(r"[^-\p{L}\p{M}\p{N}_\s]|\p{Default_Ignorable_Code_Point}")


def make_slug(text: str, fallback: str) -> str:
    """A slug that is never empty: "Hani i Elezit" -> "hani-i-elezit", "الرباط" -> "الرباط".

    Latin letters lose their accents as in search; other scripts keep letters and vowel signs. A
    name without any letter or digit gets `fallback`.
    """
    plain = ACCENTS.sub("", NOT_AM.sub(lambda run: unicodedata.normalize("NFKD", run[0]), text))
    plain = LATIN.sub(lambda letter: plain_letter(letter[0]), plain)
    plain = NOT_IN_SLUG.sub("", unicodedata.normalize("NFC", plain).lower())
    return regex.sub(r"[-\s]+", "-", plain).strip("-_")[:MOST].strip("-_") or fallback


def unique_slug(text: str, fallback: str, taken: set[str]) -> str:
    """`make_slug`, with -2, -3 ... behind it where the address is taken."""
    slug = make_slug(text, fallback)
    numbered = (f"{slug[: MOST - 1 - len(str(number))]}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken)


@lru_cache(maxsize=2000)
def path_to(name: str, *slugs: str) -> str:
    """`reverse`, which takes its time, of the same names only once."""
    return reverse(name, args=slugs)


class UnicodeSlugConverter(StringConverter):
    """Letters, marks and digits of any script, hyphens and underscores; Django's takes ASCII."""

    regex = r"(?:[-\w]|[^\x00-\xbf\s])+"  # `re` knows no marks: all that is neither ASCII nor blank
