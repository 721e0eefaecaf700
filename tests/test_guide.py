"""The guide for editors stays true: its pictures are there, its words stand on the screen."""

import ast
import re
from functools import cache
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
PICTURES = sorted((ROOT / "docs" / "editing").glob("*.png"))
CONTRIB = Path(django.__file__).parent / "contrib"
SCREENS = [ROOT / name for name in ("strongcities", "members", "journeys", "templates")]
SCREENS += [CONTRIB / "admin", CONTRIB / "auth"]
QUOTED = sorted({" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", GUIDE, re.S)})
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\{.*?\}\}|\{%.*?%\}|\d+")


def bare(words: str) -> str:
    """Words without what is filled in, and without what a sentence puts around them."""
    return " ".join(PLACEHOLDER.sub(" ", words).split()).strip(" :.…").lower()


def texts_of(path: Path) -> list[str]:
    """Each text that a module or a template could show."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        marked = re.findall(r"""{% translate (["'])(.+?)\1""", source)
        blocks = re.findall(r"{% blocktranslate.*?%}(.+?){% endblocktranslate", source, re.S)
        parts = [part for block in blocks for part in block.split("{% plural %}")]
        return [words for _quote, words in marked] + parts
    nodes = ast.walk(ast.parse(source))
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


@cache
def words_of_screens() -> set[str]:
    paths = [
        path for folder in SCREENS for path in folder.rglob("*") if "migrations" not in path.parts
    ]
    shown = [path for path in paths if path.suffix in (".html", ".py")]
    return {bare(words) for path in shown for words in texts_of(path)}


def test_words_that_the_guide_quotes_stand_on_a_screen():
    assert [words for words in QUOTED if bare(words) not in words_of_screens()] == []
    assert bare("Publish it this instant") not in words_of_screens()


def test_guide_shows_every_picture_and_no_other_and_they_are_light():
    shown = re.findall(r"!\[.+?\]\(editing/(.+?)\)", GUIDE)

    assert sorted(shown) == [path.name for path in PICTURES]
    assert [path.name for path in PICTURES if path.stat().st_size >= 150_000] == []


def test_guide_leads_to_headings_that_are_there():
    headings = {
        re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-")
        for line in re.findall(r"^#+ (.+)$", GUIDE, re.M)
    }

    assert set(re.findall(r"\]\(#(.+?)\)", GUIDE)) <= headings
