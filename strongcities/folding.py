"""Text made comparable for search and order, in every script: letters, words, spellings."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex
from anyascii import anyascii

MAX_WORDS = 8  # each is looked for in every text

# A word: an initialism ("U.S."), or letters, marks and digits, joined by apostrophes or hyphens.
JOINT = "['’‘ʼʻʾʿ`‐‑-]"
LETTERS = r"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}\p{Cf}]*"
CASED = r"[\p{Lu}\p{Ll}]\p{M}*"
INITIALS = rf"{CASED}(?:\.{CASED})+(?![\p{{L}}\p{{M}}\p{{Nd}}])"
WORD = regex.compile(rf"{INITIALS}|{LETTERS}(?:{JOINT}{LETTERS})*")
PARTS = regex.compile(JOINT)
POSSESSIVE = regex.compile(r"['’]s$", regex.IGNORECASE)
# Letters of one sound and shape that Unicode does not know to be one: Arabic, Persian, Urdu.
SAME = str.maketrans("ٱکڪیىےةۃہھ", "اككيييهههه", "ـءʼ")
SPELLINGS = [  # British to American as far as words end alike, then the plural, then a last e
    (regex.compile(r"(?<=\w{2}[iy])z(?=[aei]|$)"), "s"),
    (regex.compile(r"(?<=\w{2}en|practi)s(?=[ei])"), "c"),
    (regex.compile(r"(?<=[aeiouy][^aeiouy]+[aeiou]+)ll"), "l"),  # not in the first syllable
    (regex.compile(r"(?<=^(?:fue|due|dia|tria))ll(?=e[dr]|ing)"), "l"),
    (regex.compile(r"(?<=^(?:ski|wi))l(?=ful)"), "ll"),
    (regex.compile(r"^aging"), "ageing"),  # and not shorter, for who types "age"
    (regex.compile(r"(?<=^s?m)o(?=ld(?:$|s$|y$|e[dr]|ing))"), "ou"),  # Moldova, Molde: left
    (regex.compile(r"(?<=p)ae(?=d)"), "e"),
    (regex.compile(r"sc(?=eptic)"), "sk"),
    (regex.compile(r"^grey"), "gray"),
    (regex.compile(r"^cheque(?=s?$)"), "check"),  # Tyre, a city, keeps its place in lists
    (regex.compile(r"(?<=^cen)tr(?=ed$|ing$)"), "ter"),
    (regex.compile(r"(?<=dg)e(?=ment)"), ""),
    (regex.compile(r"(?<=\w{3})our(?=$|s|e|i|h|a|f)"), "or"),
    (regex.compile(r"(?<=\w{3})ogues?$"), "og"),
    (regex.compile(r"(?<=\w{4})mmes?$"), "m"),
    (regex.compile(r"(?<=\w{2}[bt])re(?=s?$)"), "er"),
    (regex.compile(r"(?<=\w{3}[^siu])s$|(?<=\w{3}[aeo]i)s$"), ""),
    (regex.compile(r"(?<=\w{3})ie$"), "y"),
    (regex.compile(r"(?<=\w{4})e$"), ""),
]


@lru_cache(maxsize=8192)
def plain_letter(character: str) -> str:
    """A letter without accent or case; vowel signs of scripts that write them in the word stay."""
    kept = ""
    for part in unicodedata.normalize("NFKD", character):
        accent = unicodedata.combining(part)
        is_accent = accent >= 200 or accent == 1 or 10 <= accent <= 36
        if is_accent or unicodedata.category(part)[0] not in "LMN":
            continue
        digit = unicodedata.decimal(part, None)
        kept += part if digit is None else str(digit)
    kept = kept.casefold().translate(SAME)
    is_latin = kept and not kept.isascii() and unicodedata.name(kept[0], "").startswith("LATIN")
    plain = "".join(filter(str.isalnum, anyascii(kept).lower())) if is_latin else ""
    return plain or kept


def _letters(text: str) -> str:
    return "".join(map(plain_letter, text))


@lru_cache(maxsize=8192)
def _parts(word: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_letters, PARTS.split(word))))


def fold(text: str) -> str:
    """Lower case, no accents, words parted by one space: "Café–Łódź" -> "cafe lodz"."""
    return " ".join(part for word in WORD.findall(text) for part in _parts(word))


@lru_cache(maxsize=8192)
def _spelled(word: str) -> str:
    """A folded word as all its spellings are compared: "organizations" and "organisation"."""
    if word.isascii() and word.isalpha():
        for pattern, standard in SPELLINGS:
            word = pattern.sub(standard, word)
    return word


def _comparable(word: str) -> str:
    """One word, whether its apostrophes and hyphens are written or not: "co-host", "cohost"."""
    return _spelled("".join(_parts(POSSESSIVE.sub("", word))))


def index_text(text: str) -> str:
    """What is stored of a text to find it by: each word, and each part of one, between spaces."""
    found = []
    for word in WORD.findall(text):
        found.append(_comparable(word))
        if len(parts := _parts(word)) > 1:
            found += map(_spelled, parts)
    return f" {' '.join(filter(None, found))} " if any(found) else ""


def terms(query: str) -> list[tuple[str, ...]]:
    """What to look for in `index_text`, for each distinct word of a search: any of its forms.

    Where a script has capitals a word is found by its beginning, one of two letters as a whole;
    other scripts join words, or do not part them, so theirs are found anywhere. One letter counts
    only where there is nothing longer: it stands in every text. At most MAX_WORDS words.
    """
    found: dict[str, str] = {}
    for typed in WORD.findall(query):
        found.setdefault(_comparable(typed), typed)
    long = [word for word in found if len(word) > 1] or list(filter(None, found))
    return [_forms(word, found[word]) for word in long[:MAX_WORDS]]


def _forms(word: str, typed: str) -> tuple[str, ...]:
    """The word as one, and its parts in a row where a hyphen or an apostrophe stands in it."""
    parts = " ".join(map(_spelled, _parts(POSSESSIVE.sub("", typed))))
    return tuple(_term(form) for form in dict.fromkeys([word, parts]))


def _term(form: str) -> str:
    if form[0].upper() == form[0] and not form[0].isdigit():
        return form
    return f" {form} " if len(form) < 3 else f" {form}"


def found_in(text: str, terms: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where words of a text stand that one of the terms finds."""
    wanted = {_term(part) for forms in terms for form in forms for part in form.split()}
    for match in WORD.finditer(text) if terms else ():
        word = index_text(match.group())
        if any(term in word for term in wanted):
            yield match.span()
