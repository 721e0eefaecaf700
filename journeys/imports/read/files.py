"""Word documents and pages of HTML -> the text that ``parse`` reads; other files stay as they are.

A heading becomes a line with # before it, what a line break parts goes on behind a soft break.
Nothing is fetched, nothing is run; a file that asks for either, or that would fill the memory,
is refused in words.
"""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from journeys.imports.read.characters import LINK, LINK_END, LINK_START, LINK_TO
from journeys.imports.read.read_more import WEB, without_read_more
from journeys.imports.read.records import PageError, Problem, gettext_noop, warning

WORD, OLD_OFFICE, PDF, RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S
)
MOST_UNPACKED, MOST_PARTS = 20_000_000, 2000
MOST_TAGS = 150_000  # a page of 400 KB has some 50,000; ten seconds of reading
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")

UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = {"p", "div", "li", "dt", "dd", "tr", "table", "ul", "ol", "dl", "blockquote", "section"}
BLOCKS |= {"article", "main", "header", "footer", "nav", "aside", "figure", "figcaption", "hr"}
BLOCKS |= {"address", "details", "summary", "form", "fieldset", "body", *HEADINGS}
CELLS = {"td", "th"}
PICTURE_TAGS = {"img", "picture", "video", "canvas"}
LONGEST_HEADING = 100
MAIL = r"mailto:[^\s()<>]{3,200}"
NOTES = ("footnote-", "endnote-", "footnote-ref-", "endnote-ref-")

OTHER_KIND = gettext_noop("This is a file of %(kind)s; save it as .docx, .html or plain text.")
NOT_WORD = gettext_noop("The file cannot be read as a Word document (.docx).")
TOO_LARGE = gettext_noop(
    "The document is far larger than it seems, or has too many parts; it is not opened."
)
MACROS = gettext_noop("The Word document has macros; save it as .docx, without them.")
EXTERNAL = gettext_noop(
    "The Word document takes something from elsewhere (%(kind)s); save it without that."
)
ENTITIES = gettext_noop("The Word document declares entities, as none from Word does.")
PICTURES = gettext_noop("Pictures were not taken (%(pictures)s). Add them to their milestones.")


class Plain(NamedTuple):
    """A file as plain text in UTF-8, and what of it is not in the text."""

    content: bytes
    problems: tuple[Problem, ...] = ()


def plain(content: bytes, name: str = "") -> Plain:
    """Raises PageError, in words, where a file is of no kind that is taken."""
    if content.startswith(WORD):
        text, pictures = text_of_html(html_of_word(content))
    elif HTML.match(content) or name.lower().endswith((".html", ".htm")):
        check_tags(content)
        text, pictures = text_of_html(content)
    else:
        for start, kind in ((OLD_OFFICE, "Word 97"), (PDF, "PDF"), (RTF, "RTF")):
            if content.startswith(start):
                raise PageError(OTHER_KIND, kind=kind)
        return Plain(content)
    return Plain(text.encode(), (warning(PICTURES, pictures=pictures),) if pictures else ())


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte order mark; PageError names the first byte that is not."""
    most_nuls = max(data[::2].count(0), data[1::2].count(0))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or 4 * most_nuls > len(data) > 1:
        raise PageError(gettext_noop("The file is not in UTF-8 but in UTF-16; save it as UTF-8."))
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        sentence = gettext_noop("The file is not in UTF-8: byte %(byte)s cannot be read.")
        line = data.count(b"\n", 0, error.start) + 1
        raise PageError(sentence, line, byte=error.start + 1) from None


def html_of_word(content: bytes) -> str:
    import mammoth  # a fifth of a second, and few starts of the portal read a document

    keep = mammoth.images.img_element(lambda image: {"src": ""})
    file = checked(content)
    try:
        return mammoth.convert_to_html(file, style_map=STYLES, convert_image=keep).value
    except Exception as error:  # whatever a damaged document makes of its reader
        raise PageError(NOT_WORD) from error


def checked(content: bytes) -> io.BytesIO:
    """The document's parts as they were looked at, none larger than it says it is.

    PageError for what no honest document has; nothing is unpacked before it is known.
    """
    kept = io.BytesIO()
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise PageError(TOO_LARGE)
        if not {part.compress_type for part in parts} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise PageError(NOT_WORD)
        with zipfile.ZipFile(kept, "w") as copy:
            for part in parts:
                unpacked = archive.open(part).read(part.file_size)
                check_part(part.filename.lower(), unpacked)
                copy.writestr(part.filename, unpacked)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, PageError):
            raise
        raise PageError(NOT_WORD) from error
    return kept


def check_tags(content: bytes) -> None:
    if content.count(b"<") > MOST_TAGS:
        raise PageError(TOO_LARGE)


def check_part(name: str, content: bytes) -> None:
    if "vbaproject" in name or "macroenabled" in name:
        raise PageError(MACROS)
    if not name.endswith((".xml", ".rels")):
        return
    check_tags(content)
    if b"macroEnabled" in content and name == "[content_types].xml":
        raise PageError(MACROS)
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PageError(ENTITIES)
    for relation in RELATION.findall(content) if name.endswith(".rels") else ():
        kind = re.search(rb"/(\w+)[\"']", relation)
        if b"External" in relation and (kind is None or b"/hyperlink" not in relation):
            raise PageError(EXTERNAL, kind=kind[1].decode() if kind else "?")


# HTML as lines of text: a block a paragraph, a heading with # before it, no picture


def text_of_html(html: bytes | str) -> tuple[str, int]:
    """The text of a page that is UTF-8 or says what it is, and how many pictures it has."""
    from justhtml import JustHTML  # a third of a second, and few starts read a page

    page = Writer()
    # A stack and no recursion: a page may nest as deep as it likes.
    stack = [(JustHTML(decoded(html), sanitize=False).root, True)]
    while stack:
        node, opens = stack.pop()
        attributes = getattr(node, "attrs", None) or {}
        is_note = (attributes.get("id") or "").startswith(NOTES)
        if not opens:
            page.close(node.name)
        elif node.name == "#text":
            page.say(node.data or "")
        elif node.name not in UNSEEN and not is_note:
            page.open(node.name, attributes.get("href") or "")
            stack.append((node, False))
            stack += [(child, True) for child in reversed(node.children or ())]
    page.end_block()
    return "\n\n".join(page.lines) + "\n", page.pictures


def decoded(html: bytes | str) -> bytes | str:
    try:
        return html.decode("utf-8-sig") if isinstance(html, bytes) else html
    except UnicodeDecodeError:
        return html  # the reader looks for what the page says of itself


class Writer:
    """Collects words into lines; a block ends one, a heading is marked."""

    def __init__(self):
        self.lines: list[str] = []
        self.words: list[str] = []
        self.pictures = self.level = 0
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
        self.pictures += name in PICTURE_TAGS

    def close(self, name: str) -> None:
        if name in BLOCKS:
            self.end_block()
        elif name == "a":
            self.close_link(*self.links.pop())

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
        self.words.append(re.sub(r"[\s\u2028\u2029]+", " ", text))

    def end_block(self) -> None:
        text = re.sub(r" *([\t\u2028]) *", r"\1", "".join(self.words)).strip()
        if "\t" in text or len(LINK.sub(r"\1", text)) > LONGEST_HEADING:
            self.level = 0
        if text:
            self.lines.append(f"{'#' * self.level} {text}" if self.level else text)
        self.words, self.level = [], 0
