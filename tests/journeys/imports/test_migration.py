"""Imports that an earlier version of the portal has stored are there after its migrations."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from journeys.models import Milestone
from members.models import City
from tests.editing.staff import make_editor
from tests.journeys.imports.by_browser import (
    START,
    address_of,
    bring,
    browser_of,
    take_ticked,
    undo,
)
from tests.journeys.pages import make_city, make_page

BEFORE = [("journeys", "0005_picture_decorative")]
# Of an import, and of its city
TAKEN = [("taken", "taken"), ("undoing", "taken"), ("undoing", "undone"), ("undone", "undone")]
NOT_TAKEN = ["reading", "comparing", "unreadable", "ready", "taking"]


def migrate(targets=None):
    """Bring the database to some migrations, or to the latest; gives the models."""
    executor = MigrationExecutor(connection)
    targets = targets or executor.loader.graph.leaf_nodes()
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def latest(transactional_db):
    yield
    migrate()


def store_as_before(apps, page, state: str, city_state: str) -> None:
    """Give an import the rows that the earlier version kept."""
    apps.get_model("journeys", "PageImport").objects.filter(pk=page.pk).update(state=state)
    for number, outcome in enumerate(map(dict, page.written), 1):
        heading, is_new = outcome.pop("heading"), outcome.pop("is_new")
        outcome.pop("left")
        apps.get_model("journeys", "ImportedCity").objects.create(
            page_id=page.pk,
            number=number,
            heading=heading,
            text={},
            milestone_total=2,
            is_new=is_new,
            state=city_state,
            outcome=outcome | {"refused": ["It was proposed already."]},
        )


def test_imports_of_before_are_listed_undone_taken_or_told_to_be_too_large(latest):
    editor = browser_of(make_editor())
    taken = [bring(editor, make_city(f"Taken {number}")) for number, _ in enumerate(TAKEN)]
    for page in taken:
        take_ticked(editor, page)
        page.refresh_from_db()
    ready = [bring(editor, make_city(f"Place {state}")) for state in NOT_TAKEN]
    large = bring(editor, make_city())
    apps = migrate(BEFORE)
    for page, states in zip(taken, TAKEN, strict=True):
        store_as_before(apps, page, *states)
    for page, state in zip(ready, NOT_TAKEN, strict=True):
        store_as_before(apps, page, state, "queued")
    content = make_page(make_city()).encode() + b" " * 2_000_000
    old = apps.get_model("journeys", "PageImport").objects.filter(pk=large.pk)
    old.update(content=content, size=len(content), state="comparing")

    migrate()

    assert f'href="{address_of(taken[0])}"' in editor.get(reverse(START)).content.decode()
    shown = editor.get(address_of(taken[0])).content.decode()
    assert "Step 2 of Taken 0" in shown
    assert "It was proposed already." in shown
    for page in taken:  # an undoing goes on from where it was
        assert "This import is undone" in undo(editor, page).content.decode()
    left = [city.name for city in City.objects.order_by("pk")]
    assert left == ["Taken 2", "Taken 3"]
    assert Milestone.objects.count() == 4
    for number, page in enumerate(ready, 1):
        take_ticked(editor, page)
        assert Milestone.objects.count() == 4 + 2 * number
    assert "manage.py import_journeys FILE" in editor.get(address_of(large)).content.decode()
    posted = {"_take": "1", "choice": ["1", "1.1"], "states": "1:none"}
    editor.post(address_of(large), posted)
    assert not City.objects.filter(name="Northgate").exists()
