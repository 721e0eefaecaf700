"""The words of the link that ends a text, "Read More", in the dresses that pages give them."""

import re

from journeys.imports.read.characters import INVISIBLE

WORDS = (
    *("Read the full story", "Read the full article", "Read the story", "Read on", "Full story"),
    *("Continue reading", "Keep reading", "Find out more", "View more", "See more"),
    *("Lire la suite", "Lire plus", "En savoir plus", "Leer más", "Seguir leyendo", "Ver más"),
    *("Ler mais", "Leia mais", "Saiba mais", "Continuar a ler", "Lexo më shumë", "Lexoni më shumë"),
    *("اقرأ المزيد", "إقرأ المزيد", "اقرأ أكثر", "قراءة المزيد", "مزید پڑھیں", "مزید پڑھیے"),
)
REACH, ADDRESS_REACH = 120, 600
WEB = r"https?://[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}(?:[:/?#][^\s()<>]{0,400})?"
ADDRESS = re.compile(rf"[\s:(<]{{1,4}}({WEB})[)>]?\Z")
LONGEST = 200  # of an address that a milestone keeps
NAMES = "|".join(map(re.escape, WORDS))
BEFORE, BEHIND = r"[\[(<«‹→►▶–—-]{0,3}\s{0,3}", r"[\s.…:»›>→⟶➔➜►▶⇒\])]{0,8}"
# In a sentence the words are its own: only a whole link begins with a capital and ends the text.
LINK = re.compile(
    rf"(?:{BEFORE}(?:Read\s{{1,5}}[Mm]ore|(?<![^\W\d_])(?:READ\s{{1,5}}MORE|{NAMES})))"
    rf"{BEHIND}\Z"
)
# "Read more about the hub" is a link where a sentence has ended before it. "Learn more" and
# "More" are one with an arrow only: "Learn more about membership" is the page's call to action.
LINK_TO = re.compile(
    r"(?:\A|(?<=[.!?…。؟”»)]))\s{0,5}(?:"
    r"(?:(?:Read more|Continue reading|Find out more)(?::| (?:about|on|here|in|at|https?:))"
    r"|Read More(?::| [Aa]bout)|READ MORE(?::| ABOUT)|Find Out More [Aa]bout)"
    r"[^.!?]{0,80}|(?:Learn [Mm]ore|More|LEARN MORE|MORE)\s{0,3}[»›>→⟶➔➜►▶⇒]"
    rf"){BEHIND}\Z"
)
ALONE = re.compile(rf"{BEFORE}(?:read\s{{1,5}}more|{NAMES.casefold()}){BEHIND}")


def without_read_more(text: str) -> str:
    """The text before the link that it ends in, if any."""
    end = text.rstrip(" " + INVISIBLE)
    if address := ADDRESS.search(end, max(0, len(end) - ADDRESS_REACH)):
        before = end[: address.start()]
        if (own := without_read_more(before)) != before:
            return own
    reach = max(0, len(end) - REACH)
    found = LINK.search(end[reach:]) or LINK_TO.search(end[reach:] if reach else end)
    if found and (found.start() or not reach):
        return end[: reach + found.start()].rstrip()
    return "" if len(end) < REACH and ALONE.fullmatch(end.casefold()) else text


def address_of_read_more(text: str) -> str:
    """The address behind the words of that link, "Read more: https://…", if it has one."""
    end = text.rstrip(" " + INVISIBLE)
    found = ADDRESS.search(end, max(0, len(end) - ADDRESS_REACH))
    is_link = found and len(found[1]) <= LONGEST and without_read_more(end) != end
    return found[1] if is_link else ""
