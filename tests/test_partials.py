"""Every partial is tested in its full and its empty form."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.journeys.stories import make_told_portal
from tests.journeys.test_told_pages import TOLD
from tests.partials import PARTIALS, Shown, expects_nothing, first_line, problems

TESTS = Path(__file__).resolve().parent


def forms_in(source: str) -> dict[str, set[str]]:
    """Partial's name -> the forms, "full" and "empty", in which the tests of a file render it."""
    found = defaultdict(set)
    for test in ast.walk(ast.parse(source)):
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            for node in ast.walk(test):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    name = node.args[0] if node.args else None
                    if node.func.id in ("full", "empty") and isinstance(name, ast.Constant):
                        found[name.value].add(node.func.id)
    return found


@cache
def forms_by_name() -> dict[str, set[str]]:
    found = defaultdict(set)
    for path in TESTS.rglob("test_*.py"):
        for name, forms in forms_in(path.read_text(encoding="utf-8")).items():
            found[name] |= forms
    return found


def printed_on(client, addresses) -> set[str]:
    return {each.name for address in addresses for each in client.get(address).templates}


@pytest.mark.django_db
def test_every_partial_is_tested_full_and_empty(client):
    """On the pages of the told portal, which tests of theirs read, or alone."""
    forms = forms_by_name()
    make_told_portal()
    printed = printed_on(client, [*TOLD, "/compare/?city=rabat&city=masaka", "/data/", "/about/"])

    untested = [
        name
        for name in PARTIALS
        if forms[name] != {"full", "empty"} and name not in printed and not expects_nothing(name)
    ]

    assert untested == []


def test_every_partial_says_first_what_it_expects_and_no_test_is_left_of_one_that_is_gone():
    says = re.compile(r"\{# Expects: .+ #\}")

    assert [name for name in PARTIALS if not says.fullmatch(first_line(name))] == []
    assert set(forms_by_name()) <= set(PARTIALS)


def test_forms_are_found_where_tests_render_them():
    source = 'def test_a():\n    full("_a.html", b=1)\n\ndef make_b():\n    empty("_b.html")\n'

    assert forms_in(source) == {"_a.html": {"full"}}


def test_what_no_partial_may_print_is_seen():
    for html in [
        "<ul>\n</ul>",
        "<p> </p>",
        "<div><span></span></div>",
        "<dl><dt>Mayor</dt><dd></dd></dl>",
        "<section><h2>Places</h2><ul></ul></section>",
        "<section><h2>Places</h2></section>",
        "<p>May 2023 · </p>",
        "<p>Rabat, </p>",
        "<p>None</p>",
        '<a href="">Rabat</a>',
        '<a href="/journeys/None/">Rabat</a>',
        '<p class="line--">Rabat</p>',
        '<img alt="Tea <b>&"">',
        "<p>Tea <b>&</p>",
        "<p>Tea</div>",
        '<p id="a">Tea</p><p id="a">Tea</p>',
    ]:
        assert problems(Shown(html, "div")) != [], html
    link = '<a href="/a/">Tea &lt;b&gt;&amp;"</a>'
    fine = f"<section><h2>Places</h2><ul><li>{link}</li></ul></section>"
    assert problems(Shown(fine, "div")) == []
