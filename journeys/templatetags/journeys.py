"""Values as text; presentation only, never a query."""

import json
import re
from functools import lru_cache
from html import escape

from django import template
from django.template.base import Parser, Token
from django.template.library import SimpleNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale

from journeys.citations.formats import files_of
from journeys.citations.metadata import tags_of
from journeys.models import Milestone
from journeys.models.milestones import TOLD_DATE
from journeys.pages.neighbours import Neighbour
from members.models import City
from strongcities import edtf
from strongcities.addresses import in_full
from strongcities.dates import in_words
from strongcities.folding import found_in
from strongcities.slugs import path_to

register = template.Library()

PARAGRAPHS = re.compile(r"\n\s*\n")
EXTRACT_LENGTH = 220


@register.filter
def as_form(path: str, suffix: str) -> str:
    """The address of a page in another form: "/events/" with ".ics" is /events.ics."""
    return f"{path.rstrip('/')}{suffix}"


@register.filter
def edtf_words(text: str) -> str:
    """An EDTF date in words; text that is none stays as it is."""
    try:
        return in_words(text, get_language()) if text else ""
    except edtf.EDTFError:
        return text


@register.filter
def printed_date(milestone: Milestone, form: str = "long") -> SafeString:
    """The date as printed, beside it a reading that differs; machines read what we read so too.

    The "short" form tells the month of the reading only.
    """
    if not milestone.date_differs:
        return dated(milestone.date_as_printed, milestone.date)
    reading = milestone.date_in_short if form == "short" else milestone.date_in_words
    printed = dated(milestone.date_as_printed, "")
    return format_html(str(TOLD_DATE), printed=printed, reading=reading)


@register.filter
@lru_cache(maxsize=4096, typed=True)  # text that is safe is not the same
def dated(text: str, date: str) -> SafeString:
    """A date as printed or in words, and for machines an EDTF date that says the same, if any."""
    if machine := edtf_machine(date):
        return format_html('<time class="date" datetime="{}">{}</time>', machine, text)
    return format_html('<span class="date">{}</span>', text)


@register.simple_tag
def line_code(city: City | Neighbour, alone: bool = False) -> SafeString:
    """The code of a city's line; `alone` where its name does not stand beside it."""
    if not alone:
        code = '<bdi class="line-code line--{}" dir="ltr" aria-hidden="true">{}</bdi>'
        return format_html(code, city.colour, city.code)
    code = (
        '<span class="line-code line--{}"><bdi dir="ltr" aria-hidden="true" title="{}">{}</bdi>'
        '<bdi class="visually-hidden">{}</bdi></span>'
    )
    return format_html(code, city.colour, city.name, city.code, city.name)


def edtf_machine(text: str | None) -> str:
    """An EDTF date as <time datetime> takes it; empty for intervals and dates HTML cannot say."""
    try:
        reading = edtf.parse(text) if text else None
    except edtf.EDTFError:
        return ""
    if reading is None or reading.is_interval or reading.start is None:
        return ""
    return reading.start.machine or ""


@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> SafeString:
    """What a block of the page says, once more, on one line."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(" ".join(block.nodelist.render(context).split()))  # noqa: S308 - as it was


register.filter("in_full", in_full)
register.filter("locale", to_locale)  # as Open Graph names a language: en_GB
register.filter("citation_files", files_of)
register.filter("citation_tags", tags_of)
register.simple_tag(path_to)
any_address = register.tags["path_to"]


class Address(SimpleNode):
    """An address that the template names whole: looked up once."""

    path = ""

    def render(self, context: template.Context) -> str:
        if not self.path:
            self.path = super().render(context)
        return self.path


@register.tag("path_to")
def address(parser: Parser, token: Token) -> SimpleNode:
    """The path of a page, by its name and the slugs in it."""
    node = any_address(parser, token)
    is_whole = node.target_var is None and all(isinstance(one.var, str) for one in node.args)
    return Address(**vars(node)) if is_whole else node


@register.filter
def json_ld(nodes: list[dict]) -> SafeString:
    """What a page tells, for machines; no text ends the element that it stands in."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04X}")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain text as escaped paragraphs, parted where a blank line stands."""
    parts = [part.strip("\n") for part in PARAGRAPHS.split(text or "") if part.strip()]
    return mark_safe("\n".join(f'<p dir="auto">{escape(part)}</p>' for part in parts))  # noqa: S308


@register.filter
def first_sentences(text: str, length: int) -> str:
    """Whole sentences from the start, at most `length` characters, else a cut at a word."""
    start = re.split(r"\n", (text or "").strip(), maxsplit=1)[0]
    ends = [m.end() for m in re.finditer(r"[.!?؟。](?=\s|$)", start) if m.end() <= length]
    if ends:
        return start[: ends[-1]]
    return start if len(start) <= length else start[:length].rsplit(" ", 1)[0] + " …"


@register.filter
def marked(text: str, words: list[tuple[str, ...]]) -> SafeString:
    """Escaped text with every searched word in <mark>, accents and case ignored."""
    parts, end = [], 0
    for start, stop in found_in(text, words):
        parts += [escape(text[end:start]), format_html("<mark>{}</mark>", text[start:stop])]
        end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - each part is escaped


@register.filter
def extract(text: str, words: list[tuple[str, ...]]) -> SafeString:
    """At most EXTRACT_LENGTH characters around the first searched word, its words in <mark>."""
    flat = " ".join((text or "").split())
    start, end = window(flat, next(found_in(flat, words), (0, 0)))
    before = "… " if start and flat[start - 2] not in ".!?" else ""
    after = " …" if end < len(flat) else ""
    return format_html("{}{}{}", before, marked(flat[start:end], words), after)


def window(text: str, match: tuple[int, int]) -> tuple[int, int]:
    """Where to cut: from the sentence of the match if it is near, at words, EXTRACT_LENGTH long."""
    start = text.rfind(". ", 0, match[0]) + 2 if ". " in text[: match[0]] else 0
    if match[1] - start > EXTRACT_LENGTH * 2 // 3:
        start = text.find(" ", max(match[0] - EXTRACT_LENGTH // 3, 0)) + 1
    if start + EXTRACT_LENGTH >= len(text):
        return start, len(text)
    end = text.rfind(" ", start, start + EXTRACT_LENGTH)
    return start, end if end > match[1] else start + EXTRACT_LENGTH
