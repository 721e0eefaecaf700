"""Text made comparable for search: accents and case ignored, every dash and quote a space."""

import re
import unicodedata

MAX_WORDS = 8  # each is looked for in every text


def fold(text: str) -> str:
    """Lower case without combining marks; words parted by one space: "Café–Élan" -> "cafe elan"."""
    # Letter by letter: a long run of combining marks takes time that grows with its square.
    decomposed = (part for c in text for part in unicodedata.normalize("NFKD", c))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", bare))


def words(text: str) -> list[str]:
    """The distinct folded words of a search, in order, at most MAX_WORDS of them.

    One letter counts only where there is nothing longer: it stands in every text.
    """
    found = list(dict.fromkeys(fold(text).split()))
    return ([word for word in found if len(word) > 1] or found)[:MAX_WORDS]
