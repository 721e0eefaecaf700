"""Characters that no text of ours holds: they break feeds, or turn round what stands beside them.

Marks and joiners that whole scripts need stay: U+200C to U+200F, U+061C and the soft hyphen.
"""

import re

# What ends a line without ending a paragraph, as Word writes it, and what else ends a line.
SOFT_BREAK = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
# With halves of a character, which UTF-8 cannot write.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
_TURNING = "\u202a-\u202e"
_ISOLATE = re.compile("[\u2066-\u2069]")
_ALWAYS = re.compile(f"[{_CONTROLS}{_TURNING}]")


def without_controls(text: str) -> str:
    """The text without controls, and without an isolate that has no end or no start in its line."""
    if text.isascii() and text.isprintable():
        return text
    text = _ALWAYS.sub("", text)
    if not _ISOLATE.search(text):
        return text
    return "\n".join(_paired(line) for line in text.split("\n"))


def _paired(line: str) -> str:
    """The line without the isolates that are not closed in it."""
    opened: list[int] = []
    alone: set[int] = set()
    for found in _ISOLATE.finditer(line):
        if found[0] != "\u2069":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            alone.add(found.start())
    alone.update(opened)
    return "".join(each for at, each in enumerate(line) if at not in alone)


def name_of_first(text: str) -> str:
    """The first character that is not kept, as U+000B; "" where there is none."""
    kept = without_controls(text)
    at = next((at for at, (a, b) in enumerate(zip(text, kept, strict=False)) if a != b), len(kept))
    return f"U+{ord(text[at]):04X}" if at < len(text) else ""
