"""The names of a picture's files: one for each width and format, all made from the name stored.

A record stores the name of the widest WebP: "2026/11/<32 hex digits>-1600.webp". Pictures of before
there were several widths have one file, "2026/11/<32 hex digits>.webp".
"""

import re

from django.urls.converters import StringConverter

WIDTHS = (480, 960, 1600)
WEBP, JPEG = "webp", "jpg"
TYPES = {WEBP: "image/webp", JPEG: "image/jpeg"}
NAME = r"([0-9]{4}/[0-9]{2}/[0-9a-f]{32})(?:-([0-9]{1,4}))?\.(?:webp|jpg)"


class PictureNameConverter(StringConverter):
    """The name of any file of a picture, and nothing else."""

    regex = NAME


def widths_of(name: str) -> list[int]:
    """The widths that a picture is kept at, the narrowest first; none where there is one file."""
    found = re.fullmatch(NAME, name or "")
    return widths_up_to(int(found[2])) if found and found[2] else []


def widths_up_to(widest: int) -> list[int]:
    return [*(width for width in WIDTHS if width < widest), widest]


def at_width(name: str, width: int, kind: str) -> str:
    """The name of one of a picture's files."""
    return f"{stem_of(name)}-{width}.{kind}"


def files_of(name: str) -> list[str]:
    """The names of all files of a picture."""
    several = [at_width(name, width, kind) for width in widths_of(name) for kind in TYPES]
    return several or [name]


def stem_of(name: str) -> str:
    """What the names of a picture's files have in common; empty for any other name."""
    found = re.fullmatch(NAME, name or "")
    return found[1] if found else ""


def stems_in(text: str) -> set[str]:
    """Each picture that a text names, wherever in it."""
    return {found[1] for found in re.finditer(NAME, text)}
