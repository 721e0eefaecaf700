"""Text made comparable for search: accents and case ignored, every dash and quote a space."""

import re
import unicodedata

MAX_WORDS = 12


def fold(text: str) -> str:
    """Lower case without combining marks; words parted by one space: "Café–Élan" -> "cafe elan"."""
    # Letter by letter: a long run of combining marks takes time that grows with its square.
    decomposed = (part for c in text for part in unicodedata.normalize("NFKD", c))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", bare))


def words(text: str) -> list[str]:
    """The distinct folded words of a search, in order, at most MAX_WORDS of them."""
    return list(dict.fromkeys(fold(text).split()))[:MAX_WORDS]
