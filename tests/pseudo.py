"""A language that nobody speaks: what is marked for translation stands in ⟦ ⟧, longer.

Editors' words are written with Arabic letters, so that what is left of English is bare.
"""

import re
from collections.abc import Iterator
from itertools import chain

from django.apps import apps
from django.db import models
from django.utils.translation import trans_real
from justhtml import JustHTML

OPEN, CLOSE, LONGER = "⟦", "⟧", "لوريم"
ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", ARABIC_LETTERS * 2)
OURS = ("slug", "code", "search_", "status", "colour", "image", "url")
MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
NOT_READ = ("script", "style", "textarea", "code")
WORDED = ("title", "description", "site_name", ":alt")  # of <meta>
SAID = ("alt", "aria-label", "aria-description", "placeholder", "title", "content")
ARABIC, LATIN = re.compile("[\u0621-\u064a]"), re.compile("[A-Za-z]{2,}")
CODES = ("action", "who")  # of the log
CODED = re.compile(r'^\{"code": .*$', re.M)  # worded when it is read
ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")


class Pseudo(trans_real.DjangoTranslation):
    """The catalogue of that language, made while it is read."""

    def gettext(self, message: str) -> str:
        words = message.rpartition("\x04")[2]
        more = [LONGER] * max(1, len(words) // 20)
        return f"{OPEN}{' '.join(more)} {words}{CLOSE}" if words.strip() else words

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


def speak(settings) -> None:
    """Switch the site to it."""
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("ar", "Pseudo")], "ar"
    trans_real._translations["ar"] = Pseudo("ar")


def write_in_arabic() -> None:
    """Every word that an editor wrote, in Arabic letters."""
    kinds = chain(*(apps.get_app_config(app).get_models() for app in ("members", "journeys")))
    for kind in kinds:
        fields = [field for field in kind._meta.concrete_fields if is_editors(field)]
        for record in kind._base_manager.all():
            written = {f.attname: getattr(record, f.attname).translate(LETTERS) for f in fields}
            kind._base_manager.filter(pk=record.pk).update(**written)


def is_editors(field: models.Field) -> bool:
    is_text = type(field) in (models.CharField, models.TextField)
    return (
        is_text
        and not field.choices
        and not field.name.startswith(OURS[2:3])
        and field.name not in OURS
    )


def all_that_is_stored() -> str:
    """Every text of the database, and what Django and allauth leave in English themselves."""
    rows = chain(*(kind._base_manager.values_list(*written(kind)) for kind in apps.get_models()))
    texts = (CODED.sub("", str(value)) for row in rows for value in row)
    stored = " ".join(texts).replace('\\"', '"')
    return " ".join([*stored.split(), "Search", "UTC", "authenticator", "user session"])


def written(kind: type[models.Model]) -> list[str]:
    """The columns that are read as they are stored."""
    return [field.attname for field in kind._meta.concrete_fields if field.name not in CODES]


def bare_words(html: str, known: str = "") -> list[str]:
    """English that is neither marked nor `known`, but for codes, which always run to the right."""
    page = JustHTML(html, sanitize=False).root
    said = list(spoken(page))
    read = "\0".join(node.data for node in texts(page) if not is_ltr(node))
    left = re.split("[\0|›:]", without(MARKED, "\0".join([read, *said])))
    return [part for part in map(trimmed, left) if LATIN.search(part) and part not in known]


def spoken(page) -> Iterator[str]:
    """The attributes that hold words."""
    for element in page.query("*"):
        about = element.attrs.get("name") or element.attrs.get("property") or ""
        if element.name != "meta" or about.endswith(WORDED):
            yield from (element.attrs.get(name) or "" for name in SAID)


def trimmed(text: str) -> str:
    return " ".join(text.split()).strip("0123456789 .,:;()“”·–…?/\u2068\u2069")


def without(pattern: re.Pattern, text: str) -> str:
    """What is left of a text without what a pattern matches, within such a match too."""
    while (left := pattern.sub("\0", text)) != text:
        text = left
    return text


def texts(element) -> Iterator:
    """The text nodes below an element that people read, in order."""
    for child in element.children:
        if child.name == "#text":
            yield child
        elif child.name not in NOT_READ and not child.name.startswith(("#", "!")):
            yield from texts(child)


def is_ltr(node) -> bool:
    """Whether an element around a text, within the page, says that it runs left to right."""
    while (node := node.parent) is not None and node.name != "html":
        if "dir" in node.attrs or (node.attrs.get("class") or "").endswith("__code"):
            return node.attrs.get("dir", "ltr") == "ltr"
    return False


def mixed_directions(html: str, selectors: str = "text, .date") -> list[str]:
    """Where editors' words in Arabic do not stand apart from ours in English.

    The selectors are those that a style sheet sets apart.
    """
    page = JustHTML(html, sanitize=False).root
    said, styled = list(spoken(page)), set(map(id, page.query(selectors)))
    mixed = [node for node in texts(page) if ARABIC.search(without(ISOLATED, node.data))]
    return [
        *(node.data for node in mixed if is_mixed(node, styled)),
        *(text for text in said if LATIN.search(text) and ARABIC.search(without(ISOLATED, text))),
    ]


def is_mixed(node, styled: set[int]) -> bool:
    """Whether what sets a text apart is missing or holds words of ours too."""
    own = apart(node, styled)
    beside = (text for text in texts(own) if apart(text, styled) is own) if own else ()
    return own is None or any(LATIN.search(without(ISOLATED, text.data)) for text in beside)


def apart(node, styled: set[int]):
    """The innermost element around a text that sets it apart: one with `dir`, or a `bdi`."""
    while (node := node.parent) is not None and node.name != "html":
        if "dir" in node.attrs or node.name == "bdi" or id(node) in styled:
            return node
    return None
