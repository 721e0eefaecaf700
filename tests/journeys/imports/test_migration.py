"""Imports that an earlier version of the portal has stored, as its migration leaves them."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from journeys.models import Milestone, PageImport
from tests.editing.staff import make_editor
from tests.journeys.imports.by_browser import address_of, bring, browser_of, take_ticked, undo
from tests.journeys.pages import make_city

written_by_0006 = import_module("journeys.migrations.0006_written_of_imports").written_of


def as_before(page: PageImport, city_state: str) -> SimpleNamespace:
    """The row of an import's only city as the earlier version kept it."""
    [outcome] = map(dict, page.written)
    outcome.pop("left")
    row = {name: outcome.pop(name) for name in ("heading", "is_new")} | {"state": city_state}
    return SimpleNamespace(**row, outcome=outcome | {"refused": ["It was proposed already."]})


@pytest.mark.parametrize(
    ("state", "city_state", "left"),
    [("taken", "taken", 0), ("undoing", "taken", 0), ("undoing", "undone", 2)],
)
def test_import_of_before_is_shown_and_undone_from_where_it_was(db, state, city_state, left):
    editor = browser_of(make_editor())
    page = bring(editor, make_city())
    take_ticked(editor, page)
    page.refresh_from_db()
    page.written = [written_by_0006(as_before(page, city_state), state)]
    page.save()

    shown = editor.get(address_of(page)).content.decode()
    undone = undo(editor, page).content.decode()

    assert ("Step 2 of Northgate" in shown) is (left == 0)
    assert "It was proposed already." in shown
    assert "This import is undone" in undone
    assert Milestone.objects.count() == left


@pytest.mark.parametrize(
    ("before", "outcomes", "state"),
    [
        ("undoing", [{"made": []}], "taken"),
        ("undone", [{"made": []}], "undone"),
        *((each, [{}], "ready") for each in ("reading", "comparing", "unreadable", "taking")),
    ],
)
def test_state_of_an_import_of_before_is_one_of_three(before, outcomes, state):
    rows = [SimpleNamespace(outcome=o, heading="N", is_new=True, state="taken") for o in outcomes]
    cities = SimpleNamespace(order_by=lambda _name: rows)
    page = SimpleNamespace(state=before, save=lambda **_names: None)
    page.cities = SimpleNamespace(defer=lambda _name: cities)
    model = SimpleNamespace(objects=SimpleNamespace(defer=lambda _name: [page]))

    migration = import_module("journeys.migrations.0006_written_of_imports")
    migration.copy_outcomes(SimpleNamespace(get_model=lambda *_names: model), None)

    assert page.state == state
