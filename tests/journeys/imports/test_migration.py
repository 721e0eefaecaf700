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

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("journeys", "0005_picture_decorative")]


@pytest.fixture
def migrate():
    """A function: bring the database to some migrations, or to the latest; gives the models."""

    def migrate_to(targets=None):
        executor = MigrationExecutor(connection)
        targets = targets or executor.loader.graph.leaf_nodes()
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps

    yield migrate_to
    migrate_to()


def store_as_before(apps, page_pk: int, state: str, written: list[dict], city_state: str) -> None:
    """Give an import the rows that the earlier version kept."""
    apps.get_model("journeys", "PageImport").objects.filter(pk=page_pk).update(state=state)
    for number, outcome in enumerate(map(dict, written), 1):
        heading, is_new = outcome.pop("heading"), outcome.pop("is_new")
        outcome.pop("left")
        apps.get_model("journeys", "ImportedCity").objects.create(
            page_id=page_pk,
            number=number,
            heading=heading,
            text={},
            milestone_total=2,
            is_new=is_new,
            state=city_state,
            outcome=outcome | {"refused": ["It was proposed already."]},
        )


def test_import_that_was_taken_is_listed_and_can_be_undone(migrate):
    editor = browser_of(make_editor())
    page = bring(editor, make_city())
    take_ticked(editor, page)
    page.refresh_from_db()
    store_as_before(migrate(BEFORE), page.pk, "taken", page.written, "taken")

    migrate()

    assert f'href="{address_of(page)}"' in editor.get(reverse(START)).content.decode()
    shown = editor.get(address_of(page)).content.decode()
    assert "Step 2 of Northgate" in shown
    assert "It was proposed already." in shown
    assert "This import is undone" in undo(editor, page).content.decode()
    assert not Milestone.objects.exists()
    assert not City.objects.exists()


def test_imports_of_which_nothing_was_taken_are_looked_at_anew(migrate):
    editor = browser_of(make_editor())
    states = ["reading", "comparing", "unreadable", "ready", "taking"]
    pages = [bring(editor, make_city(f"Place {state}")) for state in states]
    apps = migrate(BEFORE)
    for page, state in zip(pages, states, strict=True):
        store_as_before(apps, page.pk, state, [], "queued")

    migrate()

    for number, page in enumerate(pages, 1):
        take_ticked(editor, page)
        assert Milestone.objects.count() == 2 * number


def test_import_too_large_for_a_request_names_the_command(migrate):
    editor = browser_of(make_editor())
    page = bring(editor, make_city())
    apps = migrate(BEFORE)
    content = make_page(make_city()).encode() + b" " * 2_000_000
    old = apps.get_model("journeys", "PageImport").objects.filter(pk=page.pk)
    old.update(content=content, size=len(content), state="comparing")

    migrate()

    assert "manage.py import_journeys FILE" in editor.get(address_of(page)).content.decode()
    posted = {"_take": "1", "choice": ["1", "1.1"], "states": "1:none"}
    editor.post(address_of(page), posted)
    assert not City.objects.exists()


def test_undoing_goes_on_from_where_it_was(migrate):
    editor = browser_of(make_editor())
    pages = [bring(editor, make_city(f"Place {number}")) for number in range(3)]
    for page in pages:
        take_ticked(editor, page)
        page.refresh_from_db()
    apps = migrate(BEFORE)
    for page, state, city_state in zip(
        pages, ["undone", "undoing", "undoing"], ["undone", "undone", "taken"], strict=True
    ):
        store_as_before(apps, page.pk, state, page.written, city_state)

    migrate()

    for page in pages:
        assert "This import is undone" in undo(editor, page).content.decode()
    left = [city.name for city in City.objects.order_by("pk")]
    assert left == ["Place 0", "Place 1"]
