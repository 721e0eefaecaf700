"""HTML -> lines of text: a block a paragraph, a heading with # before it, no picture."""

import re

from journeys.imports.read.characters import LINK, LINK_END, LINK_START, LINK_TO
from journeys.imports.read.read_more import WEB, without_read_more

UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = {"p", "div", "li", "dt", "dd", "tr", "table", "ul", "ol", "dl", "blockquote", "section"}
BLOCKS |= {"article", "main", "header", "footer", "nav", "aside", "figure", "figcaption", "hr"}
BLOCKS |= {"address", "details", "summary", "form", "fieldset", "body", *HEADINGS}
CELLS = {"td", "th"}
PICTURES = {"img", "picture", "video", "canvas"}
LONGEST_HEADING = 100
MAIL = r"mailto:[^\s()<>]{3,200}"
NOTES = ("footnote-", "endnote-", "footnote-ref-", "endnote-ref-")


def text_of_html(html: bytes | str) -> tuple[str, int]:
    """The text of a page that is UTF-8 or says what it is, and how many pictures it has."""
    from justhtml import JustHTML  # a third of a second, and few starts read a page

    page = Writer()
    # A stack and no recursion: a page may nest as deep as it likes.
    stack = [(JustHTML(decoded(html), sanitize=False).root, True)]
    while stack:
        node, opens = stack.pop()
        if not opens:
            page.close(node.name)
        elif node.name == "#text":
            page.say(node.data or "")
        elif node.name not in UNSEEN and not is_note(node):
            page.open(node.name, (node.attrs or {}).get("href") or "")
            stack.append((node, False))
            stack += [(child, True) for child in reversed(node.children or ())]
    page.end_block()
    return "\n\n".join(page.lines) + "\n", page.pictures


def decoded(html: bytes | str) -> bytes | str:
    try:
        return html.decode("utf-8-sig") if isinstance(html, bytes) else html
    except UnicodeDecodeError:
        return html  # the reader looks for what the page says of itself


def is_note(node) -> bool:
    return ((getattr(node, "attrs", None) or {}).get("id") or "").startswith(NOTES)


class Writer:
    """Collects words into lines; a block ends one, a heading or bold paragraph is marked."""

    def __init__(self):
        self.lines: list[str] = []
        self.words: list[str] = []
        self.pictures = self.bold = 0
        self.level, self.all_bold = 0, True
        self.links: list[tuple[str, int]] = []

    def open(self, name: str, address: str) -> None:
        if name in BLOCKS:
            self.end_block()
            self.level = HEADINGS.get(name, 0)
        elif name in CELLS:
            self.words.append("\t")
        elif name == "br":
            self.words.append("\u2028")
        elif name == "a":
            self.links.append((address, len(self.words)))
        self.bold += name in ("b", "strong")
        self.pictures += name in PICTURES

    def close(self, name: str) -> None:
        if name in BLOCKS:
            self.end_block()
        elif name == "a":
            self.close_link(*self.links.pop())
        self.bold -= name in ("b", "strong")

    def close_link(self, address: str, start: int) -> None:
        """Write the address of a Read More behind its words, as a text would; mark any other."""
        text = "".join(self.words[start:]).strip()
        if not text or text == address or not re.fullmatch(f"{WEB}|{MAIL}", address):
            return
        if without_read_more(text):
            self.words.insert(start, LINK_START)
            self.words.append(f"{LINK_TO}{address}{LINK_END}")
        else:
            self.words.append(f": {address}")

    def say(self, text: str) -> None:
        self.all_bold = self.all_bold and (self.bold > 0 or not text.strip())
        self.words.append(re.sub(r"[\s\u2028\u2029]+", " ", text))

    def end_block(self) -> None:
        text = re.sub(r" *([\t\u2028]) *", r"\1", "".join(self.words)).strip()
        level = self.level or 6 * self.all_bold
        if "\t" in text or len(LINK.sub(r"\1", text)) > LONGEST_HEADING:
            level = 0
        if text:
            self.lines.append(f"{'#' * level} {text}" if level else text)
        self.words, self.level, self.all_bold = [], 0, True
