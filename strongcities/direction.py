"""Words of editors and readers among ours: each keeps the direction of its own script."""

from collections.abc import Iterable, Mapping
from unicodedata import bidirectional

from django import template
from django.utils.translation import get_language_bidi, pgettext

register = template.Library()

ISOLATE, END = "\u2068", "\u2069"
TO_THE_LEFT = {"L": False, "R": True, "AL": True}


@register.filter
def isolated(words: object) -> str:
    """For a sentence or an attribute: words that run against the page are set apart in it.

    What has no letters, as 2024-06?, always runs from left to right.
    """
    text = str(words)
    if text.isascii() and not get_language_bidi():
        return text
    runs = {TO_THE_LEFT.get(bidirectional(sign)) for sign in text} - {None} or {False}
    return f"{ISOLATE}{text}{END}" if runs - {get_language_bidi()} else text


def filled(sentence: str, words: Mapping[str, object]) -> str:
    """A sentence of ours with others' words in it, each set apart."""
    return sentence % {name: isolated(text) for name, text in words.items()}


@register.filter
def listed(names: Iterable) -> str:
    """Names one after the other, as the language of the page lists them."""
    names = [isolated(name) for name in names]
    if len(names) == 1:
        return names[0]
    return pgettext("between the items of a list", ", ").join(names)
