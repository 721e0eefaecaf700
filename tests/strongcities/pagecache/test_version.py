"""The version of what the public sees moves with each change of it, and with no other."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Min
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import PageImport
from journeys.ordering import reorder
from journeys.statistics import look_at_rows
from members.models import City
from strongcities.pagecache import version
from strongcities.pagecache.models import PublicChange
from strongcities.publishing import Status
from tests.editing.staff import make_publisher
from tests.factories import (
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_network,
    make_region,
    make_theme,
)
from tests.versions import forget_notes, read

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

DRAFT = {"status": Status.DRAFT}
WITHDRAWN = {"status": Status.WITHDRAWN, "withdrawn_reason": "Not so"}


@pytest.fixture
def moved():
    """A function: whether the version is another than when it was last asked, or at first."""
    known = [read()]

    def has_moved() -> bool:
        known.append(read())
        return known[-1] != known[-2]

    return has_moved


@pytest.fixture
def shown():
    """What is public: an event, and a city with two milestones."""
    city = make_city()
    steps = [make_milestone(city=city), make_milestone(city=city)]
    shown = SimpleNamespace(city=city, steps=steps, event=make_event(), theme=make_theme())
    forget_notes()
    return shown


def save(record, **fields) -> None:
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def turn_round(shown) -> None:
    one, two = (step.pk for step in shown.steps)
    reorder(make_publisher(), shown.city, [one, two], [two, one])


CHANGES = {
    "a new city": lambda shown: make_city(),
    "a new event": lambda shown: make_event(),
    "a new milestone": lambda shown: make_milestone(),
    "a new theme": lambda shown: make_theme(),
    "a part of one": lambda shown: link_theme(shown.steps[0], shown.theme),
    "another order": turn_round,
    "withdrawn": lambda shown: save(shown.event, **WITHDRAWN),
    "a draft again": lambda shown: save(shown.event, **DRAFT),
    "deleted": lambda shown: shown.event.delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_of_what_is_public_moves_the_version(shown, moved, change):
    change(shown)

    assert moved()


def test_version_stays_while_nothing_or_only_a_draft_changes(moved):
    assert not moved()
    region = make_region()
    forget_notes()
    moved()

    draft = make_milestone(city=make_city(region=region, **DRAFT), **DRAFT)
    save(draft, title="Another title")
    draft.sources.create(title="A paper")
    draft.delete()

    assert not moved()


def test_change_that_is_rolled_back_does_not_move_the_version_and_the_next_does(moved):
    with transaction.atomic():
        make_event()
        transaction.set_rollback(True)
    assert not moved()

    make_theme()
    assert moved()


def test_many_changes_of_one_transaction_are_noted_once():
    before = PublicChange.objects.count()

    milestone = make_milestone()
    milestone.save()

    assert PublicChange.objects.count() == before + 1


def test_version_moves_when_a_record_goes_live(moved, monkeypatch):
    soon = timezone.now() + timedelta(minutes=5)
    make_event(goes_live_at=soon)
    assert moved()
    assert not moved()

    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(seconds=1))

    assert moved()
    assert not moved()


def test_clock_set_back_over_a_going_live_brings_no_earlier_version_back(monkeypatch):
    soon = timezone.now() + timedelta(minutes=5)
    make_event(goes_live_at=soon)
    versions = [read()]

    for seconds in (1, -1, 1, -2, 1):  # what was made meanwhile may tell of either side
        monkeypatch.setattr(timezone, "now", lambda s=seconds: soon + timedelta(seconds=s))
        versions.append(read())

    assert len(set(versions)) == len(versions)


@pytest.mark.one_database
def test_next_to_go_live_is_found_without_reading_all_that_is_published():
    make_network(50)
    look_at_rows()

    with CaptureQueriesContext(connection) as queries:
        version._going_live(Min("goes_live_at"), gt=timezone.now())
    looks = [query["sql"] for query in queries if "journeys_milestone" in query["sql"]]
    with connection.cursor() as cursor:
        plans = [cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in looks]

    assert ["journeys_milestone_live" in str(plan) for plan in plans] == [True]


def test_version_moves_at_midnight(moved, monkeypatch):
    tomorrow = timezone.now() + timedelta(days=1)

    monkeypatch.setattr(timezone, "now", lambda: tomorrow)

    assert moved()


def test_last_version_holds_while_the_database_does_not_answer(monkeypatch):
    known = read()

    def fails(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(PublicChange.objects, "aggregate", fails)

    assert read() == known


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server")
def test_version_is_read_again_once_the_server_has_ended_the_connection():
    known = read()
    connection.connection.close()
    while_it_is_gone = read()
    make_event()

    assert while_it_is_gone == known
    assert read() != known


@pytest.mark.django_db(transaction=True)
def test_process_that_publishes_sees_it_at_once():
    before = version.current()

    make_event()

    assert version.current() != before


def test_each_kind_of_public_record_is_watched():
    """The pages of readers are made of these apps' records; an import is the editors' own."""
    kinds = {m for app in ("members", "journeys") for m in apps.get_app_config(app).get_models()}

    assert kinds - {PageImport} == set(version._owners)
    assert City in kinds


def test_time_of_the_last_change_is_told_also_of_what_came_to_be_seen_by_itself(monkeypatch):
    make_city()
    forget_notes()
    saved = version.changed_at()
    live = timezone.now() + timedelta(days=3)
    make_event(goes_live_at=live)
    read()
    announced = version.changed_at()

    monkeypatch.setattr(timezone, "now", lambda: live + timedelta(seconds=1))
    read()

    assert saved < announced < live
    assert version.changed_at() == live
