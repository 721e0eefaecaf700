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

from journeys.imports.read.markup import text_of_html
from journeys.imports.read.records import PageError, Problem, gettext_noop, warning

WORD, OLD_OFFICE, PDF, RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S
)
MOST_UNPACKED, MOST_PARTS = 20_000_000, 2000
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")

OTHER_KIND = gettext_noop("This is a file of %(kind)s; save it as .docx, .html or plain text.")
NOT_WORD = gettext_noop("The file cannot be read as a Word document (.docx).")
TOO_LARGE = gettext_noop(
    "The Word document is far larger than it seems, or has too many parts; it is not opened."
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
        text, pictures = text_of_html(content)
    else:
        for start, kind in ((OLD_OFFICE, "Word 97"), (PDF, "PDF"), (RTF, "RTF")):
            if content.startswith(start):
                raise PageError(OTHER_KIND, kind=kind)
        return Plain(content)
    return Plain(text.encode(), (warning(PICTURES, pictures=pictures),) if pictures else ())


def html_of_word(content: bytes) -> str:
    import mammoth  # a fifth of a second, and few starts of the portal read a document

    check_word(content)
    keep = mammoth.images.img_element(lambda image: {"src": ""})
    try:
        file = io.BytesIO(content)
        return mammoth.convert_to_html(file, style_map=STYLES, convert_image=keep).value
    except Exception as error:  # whatever a damaged document makes of its reader
        raise PageError(NOT_WORD) from error


def check_word(content: bytes) -> None:
    """Raise PageError for what no honest document has; nothing is unpacked before it is known."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise PageError(TOO_LARGE)
        for part in parts:
            check_part(part.filename.lower(), archive.read(part))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, PageError):
            raise
        raise PageError(NOT_WORD) from error


def check_part(name: str, content: bytes) -> None:
    if "vbaproject" in name or "macroenabled" in name:
        raise PageError(MACROS)
    if not name.endswith((".xml", ".rels")):
        return
    if b"macroEnabled" in content and name == "[content_types].xml":
        raise PageError(MACROS)
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PageError(ENTITIES)
    for relation in RELATION.findall(content) if name.endswith(".rels") else ():
        kind = re.search(rb"/(\w+)[\"']", relation)
        if b"External" in relation and (kind is None or b"/hyperlink" not in relation):
            raise PageError(EXTERNAL, kind=kind[1].decode() if kind else "?")
