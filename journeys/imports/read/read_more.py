"""The words of the link that ends a text, "Read More", in the dresses that pages give them."""

import re

from journeys.imports.read.characters import INVISIBLE

WORDS = (
    *("Read the full story", "Read the full article", "Read the story", "Read on", "Full story"),
    *("Continue reading", "Keep reading", "Find out more", "View more", "See more", "Learn more"),
    *("Lire la suite", "Lire plus", "En savoir plus", "Leer más", "Seguir leyendo", "Ver más"),
    *("Ler mais", "Leia mais", "Saiba mais", "Saber mais", "Continuar a ler"),
    *("Lexo më shumë", "Lexoni më shumë", "Më shumë", "Pročitaj više", "Pročitajte više"),
    *("Opširnije", "Прочитај више", "Прочитајте више", "Прочитај повеќе", "Прочитајте повеќе"),
    *("Devamını oku", "Daha fazla", "Daha fazla oku", "Daha fazla bilgi", "Soma zaidi"),
    *(
        "اقرأ المزيد",
        "إقرأ المزيد",
        "اقرأ أكثر",
        "قراءة المزيد",
        "لقراءة المزيد",
        "اقرأ القصة كاملة",
    ),
    *("مزید پڑھیں", "مزید پڑھیے", "مزيد پڑھیں", "আরও পড়ুন", "और पढ़ें", "மேலும் படிக்க", "තවත් කියවන්න"),
)
REACH, ADDRESS_REACH = 120, 600
WEB = r"https?://[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}(?:[:/?#][^\s()<>]{0,400})?"
ADDRESS = re.compile(rf"[\s:(<]{{1,4}}({WEB})[)>]?\Z")
LONGEST = 200  # of an address that a milestone keeps
NAMES = "|".join(map(re.escape, WORDS)).replace(r"\ ", r"\s{1,5}")
ARROW = r"\s{0,3}[»›>→⟶➔➜►▶⇒]"
BEFORE, BEHIND = r"[\[(<«‹→►▶–—-]{0,3}\s{0,3}", r"[\s.…:»›>→⟶➔➜►▶⇒\])]{0,8}"
# In a sentence the words are its own. "Read More" is told from them by its capital, all others
# by an arrow or as a sentence of their own, which "Read more about the hub" may be too, but not
# "Learn more about membership": that is the page's call to action.
LINK = re.compile(
    rf"{BEFORE}(?:Read\s{{1,5}}[Mm]ore|(?<![^\W\d_])(?:READ\s{{1,5}}MORE|(?:{NAMES})(?={ARROW})))"
    rf"{BEHIND}\Z|(?:\A|(?<=[.!?…。؟۔।\"”»’)]))\s{{0,5}}(?:"
    r"(?:(?:Read more|Continue reading|Find out more)(?::| (?:about|on|here|in|at|https?:))"
    r"|Read More(?::| [Aa]bout)|READ MORE(?::| ABOUT)|Find Out More [Aa]bout)[^.!?]{0,80}"
    rf"|{BEFORE}(?:{NAMES}|Learn More|LEARN MORE)|(?:More|MORE){ARROW}){BEHIND}\Z"
)
ALONE = re.compile(rf"{BEFORE}(?:read\s{{1,5}}more|{NAMES}){BEHIND}", re.IGNORECASE)


def without_read_more(text: str) -> str:
    """The text before the link that it ends in, if any."""
    end = text.rstrip(" " + INVISIBLE)
    if address := ADDRESS.search(end, max(0, len(end) - ADDRESS_REACH)):
        before = end[: address.start()]
        if (own := without_read_more(before)) != before:
            return own
    if found := LINK.search(end, max(0, len(end) - REACH)):
        return end[: found.start()].rstrip()
    return "" if len(end) < REACH and ALONE.fullmatch(end) else text


def address_of_read_more(text: str) -> str:
    """The address behind the words of that link, "Read more: https://…", if it has one."""
    end = text.rstrip(" " + INVISIBLE)
    found = ADDRESS.search(end, max(0, len(end) - ADDRESS_REACH))
    is_link = found and len(found[1]) <= LONGEST and without_read_more(end) != end
    return found[1] if is_link else ""
