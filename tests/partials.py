"""A partial alone, in its full or its empty form, read as a reader would read it.

`full` and `empty` render it with no more than what its first line says it expects, `page` a page
with what the tested part of it expects; `visited` asks for a page. They refuse what nothing may
leave: broken markup, an empty box, a stray sign between two words, "None".
"""

import re
from html import unescape
from pathlib import Path
from textwrap import wrap

from django.conf import settings
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils.functional import cached_property
from justhtml import Element, JustHTML
from justhtml.parser import FragmentContext

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PUBLIC = [path for path in TEMPLATES.rglob("_*.html") if "admin" not in path.parts]
PARTIALS = sorted(path.relative_to(TEMPLATES).as_posix() for path in PUBLIC)
ARABIC = "مدينة الرباط"
HEADINGS = "h1, h2, h3, h4, h5, h6"
BOXES = (
    f"{HEADINGS}, a, article, aside, blockquote, button, caption, dd, div, dl, dt, figcaption, "
    "figure, footer, form, label, legend, li, nav, ol, p, section, span, summary, time, ul"
)
WHOLE_WORDS = {"break_long_words": False, "break_on_hyphens": False}
DRAWN = ("href", "aria-label", "d", "x", "cx", "cy", "width", "height", "transform")
DECORATION = {"line-mark", "masthead__line", "masthead__stripe"}
PICTURE = {
    "image": "2024/05/square.webp",
    "image_width": 640,
    "image_height": 480,
}


def typed(word: str) -> str:
    """A word as an editor may type it: with signs that would be markup."""
    return f'{word} <b>&"'


def picture(caption: str = "") -> dict:
    """The fields of a record that has a picture."""
    words = {"image_alt": typed("A square"), "image_credit": typed("A. Amin")}
    return PICTURE | words | {"image_caption": caption}


def first_line(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").partition("\n")[0]


def expects_nothing(name: str) -> bool:
    """Whether a partial says that it is always the same."""
    return first_line(name).startswith("{# Expects: nothing.")


class Shown:
    """What a partial printed; texts have single spaces."""

    def __init__(self, html: str, inside: str):
        self.html = html
        context = FragmentContext(inside, "svg" if inside == "svg" else None)
        self.tree = JustHTML(
            html, fragment=True, fragment_context=context, collect_errors=True, sanitize=False
        )

    @cached_property
    def text(self) -> str:
        return words_of(self.tree)

    def part(self, selector: str) -> "Shown":
        """Those elements alone; nothing where there are none."""
        return Shown("".join(e.to_html(pretty=False) for e in self.tree.query(selector)), "div")

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each link's words, spoken or else written, and where it leads."""
        return [
            (link.attrs.get("aria-label") or words_of(link), link.attrs["href"])
            for link in self.tree.query("a")
        ]

    def all(self, selector: str) -> list[str]:
        """The words of each element."""
        return [words_of(element) for element in self.tree.query(selector)]

    def attributes(self, selector: str, name: str) -> list[str | None]:
        """One attribute of each element; None where it has none."""
        return [element.attrs.get(name) for element in self.tree.query(selector)]

    @property
    def lines(self) -> list[str]:
        """What it says and where it leads, in Markdown; no drawings, no line is long."""
        html = re.sub(r'<img[^>]*? src="([^"?]*)[^>]*? alt="(.*?)"[^>]*>', r"[\2](\1)", self.html)
        tree = Shown(html, "body").tree
        for element in tree.query("svg, .strip, .print-only"):
            element.parent.remove_child(element)
        told = re.sub(r"\\([][])", r"\1", unescape(tree.to_markdown()))
        told = re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "a-uuid", told)
        lines = [line.strip() for line in told.splitlines()]
        lines = [line for line in lines if not re.fullmatch(r"-?|\d+\.", line)]
        return [part for line in lines for part in wrap(line, 92, **WHOLE_WORDS)]

    @property
    def drawn(self) -> list[str]:
        """Each element: its classes, where it leads, its name or path, place, size and words."""
        return [" ".join(filter(None, said_of(element))) for element in self.tree.query("*")]

    @property
    def names(self) -> list[str]:
        """The elements in their order."""
        return [element.name for element in self.tree.query("*")]


def full(name: str, inside: str = "div", /, *, asked: str = "", **context) -> Shown:
    """The partial with everything set, `inside` the element around it, on a page `asked` for."""
    return shown(name, inside, asked, context)


def empty(name: str, inside: str = "div", /, *, asked: str = "", **context) -> Shown:
    """The partial with all missing that may be missing."""
    return shown(name, inside, asked, context)


def page(name: str, /, *, asked: str = "", **context) -> Shown:
    """What a page prints between its masthead and its footer, on which all keep to the same."""
    html = printed(name, asked, context).partition("</header>")[2].partition("<footer")[0]
    return checked(name, Shown(html, "body"))


def visited(client: Client, address: str) -> Shown:
    """What an address answers, from the masthead to what all pages end with."""
    html = client.get(address).content.decode().partition("</header>")[2]
    html = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return checked(address, Shown(html, "body"))


def shown(name: str, inside: str, asked: str, context: dict) -> Shown:
    return checked(name, Shown(printed(name, asked, context), inside))


def printed(name: str, asked: str, context: dict) -> str:
    request = RequestFactory().get(asked) if asked else None
    return get_template(name).render(context, request)


def checked(name: str, found: Shown) -> Shown:
    wrong = problems(found)
    assert not wrong, f"{name}: {wrong}"
    return found


def problems(found: Shown) -> list[str]:
    """What no partial may print."""
    elements = list(found.tree.query("*"))
    said = [found.text, *(value or "" for e in elements for value in e.attrs.values())]
    ids = [e.attrs["id"] for e in elements if "id" in e.attrs]
    return [
        *(str(error) for error in found.tree.errors),
        *(f"None in {words!r}" for words in said if re.search(r"\bNone\b", words)),
        *(f"twice: {one}" for one in set(ids) if ids.count(one) > 1),
        *(f"empty: {e.to_html()}" for e in found.tree.query(BOXES) if is_empty(e)),
        *(f"only a heading: {e.to_html()}" for e in found.tree.query("section") if is_bare(e)),
        *(f"sign: {e.to_html()}" for e in found.tree.query("p, li, span, a") if has_stray_sign(e)),
        *(f"attributes: {e.to_html()}" for e in elements if has_odd_attributes(e)),
    ]


def is_empty(element: Element) -> bool:
    """Whether it neither says nor draws anything."""
    if "aria-label" in element.attrs or DECORATION & set(classes(element)):
        return False
    return not words_of(element) and not element.query("svg, img, input, span.line-mark")


def is_bare(section: Element) -> bool:
    """Whether a section says no more than its headings, and these lead nowhere."""
    if section.query("a"):
        return False
    return words_of(section) == " ".join(words_of(h) for h in section.query(HEADINGS))


def has_stray_sign(element: Element) -> bool:
    """Whether a sign parts words from nothing; a span may go on where other words end."""
    words = words_of(element)
    starts = element.name != "span" and re.match("[·,;:]", words)
    return bool(starts or re.search("[·,;]$|[·,;] [·,;:]", words))


def has_odd_attributes(element: Element) -> bool:
    """Whether a quote cut an attribute short, an address is empty or a class is half made."""
    return (
        any('"' in name or "<" in name for name in element.attrs)
        or element.attrs.get("href", "#") in ("", "?")
        or any(name.endswith("-") for name in classes(element))
        or (element.name == "b" and not classes(element))
        or (element.name == "path" and not element.attrs["d"])
    )


def classes(element: Element) -> list[str]:
    return (element.attrs.get("class") or "").split()


def said_of(element: Element) -> list[str]:
    own = "".join(child.data for child in element.children if child.name == "#text")
    drawn = (element.attrs.get(name, "") for name in DRAWN)
    return [".".join([element.name, *classes(element)]), *drawn, " ".join(own.split())]


def words_of(element) -> str:
    return " ".join(element.to_text(strip=False, separator_blocks_only=True).split())
