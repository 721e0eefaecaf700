"""What loses a race for the database is tried once more; what loses it twice is told."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest
from django.db import OperationalError, connection
from reversion.models import Version

from journeys.admin.events import EventAdmin
from journeys.models import Milestone
from strongcities.editing import history, proposals
from strongcities.editing.admin import saving
from strongcities.editing.contents import contents_of, fingerprint, state_of
from strongcities.editing.models import OpenForm
from strongcities.staff.models import AuditEntry
from tests.admin_forms import address_of, edit, fields_of, page_of, text_of
from tests.editing.staff import make_editor, make_publisher, make_superuser
from tests.factories import link_event, make_event, make_milestone, stored
from tests.races import at_once

ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
Sent = tuple[str, dict]  # where to, and what
LINE_OF_THE_LOG = f'INSERT INTO "{AuditEntry._meta.db_table}"'


def lost(times: int, statement: str = LINE_OF_THE_LOG) -> AbstractContextManager:
    """So often the database refuses a statement, and with it all that was written so far."""
    left = [times]

    def wrapper(execute, sql, params, many, context):
        if left[0] and sql.startswith(statement):
            left[0] -= 1
            raise OperationalError("deadlock detected")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def saved(client, milestone) -> Sent:
    return address_of(milestone), fields_of(client, address_of(milestone)) | {"title": "Other"}


def proposed(client, milestone) -> Sent:
    address, data = saved(client, milestone)
    return address, data | {"_propose": "yes"}


def approved(client, milestone) -> Sent:
    proposal = proposals.propose(make_editor(), milestone, contents_of(milestone) | {"body": "New"})
    return address_of(proposal), {"_approve": "yes"}


def gone_back(client, milestone) -> Sent:
    edit(client, milestone, title="Other")
    first = history.versions_of(milestone).last()
    seen = fingerprint(state_of(stored(milestone)))
    return address_of(milestone, "go_back", first.pk), {"seen": seen}


def ordered(client, milestone) -> Sent:
    other = make_milestone(city=milestone.city)
    seen = f"{milestone.pk} {other.pk}"
    return address_of(milestone.city, "order"), {"seen": seen, f"place:{other.pk}": "1"}


def withdrawn(client, milestone) -> Sent:
    data = {"action": "withdraw", "withdrawn_reason": "Not ours.", "_selected_action": milestone.pk}
    return page_of(Milestone), data


def brought_back(client, milestone) -> Sent:
    edit(client, milestone, title="Kept")
    milestone.delete()
    version = Version.objects.get_deleted(Milestone).first()
    return page_of(Milestone, "recover", version.pk), {}


def deleted(client, milestone) -> Sent:
    client.force_login(make_superuser())
    return address_of(milestone, "delete"), {"post": "yes"}


WAYS = [saved, proposed, approved, gone_back, ordered, withdrawn, brought_back, deleted]


@pytest.mark.parametrize("way", WAYS)
def test_a_lost_race_is_tried_once_more_and_told_after_that(
    transactional_db, client, way: Callable
):
    client.force_login(make_publisher())
    address, data = way(client, make_milestone())
    lines = AuditEntry.objects.count()

    with lost(2):
        told = client.post(address, data, follow=True)
    assert "The portal was too busy" in text_of(told)
    assert AuditEntry.objects.count() == lines
    with lost(1):
        done = client.post(address, data, follow=True)

    assert "too busy" not in text_of(done)
    assert AuditEntry.objects.count() == lines + 1


def test_what_is_tried_once_more_is_stored_once(transactional_db, client):
    client.force_login(make_publisher())
    address, data = saved(client, make_milestone())

    with lost(1, f'DELETE FROM "{OpenForm._meta.db_table}"'):
        client.post(address, data)

    assert AuditEntry.objects.filter(action="changed").count() == 1


@pytest.mark.postgresql
@ON_POSTGRESQL
def test_who_deletes_what_is_named_at_that_moment_is_told(transactional_db, client, monkeypatch):
    event, milestone, delete = make_event(), make_milestone(), EventAdmin.delete_model
    client.force_login(make_superuser())

    def meanwhile(admin, request, obj):
        at_once(partial(link_event, milestone, event))
        delete(admin, request, obj)

    monkeypatch.setattr(EventAdmin, "delete_model", meanwhile)
    response = client.post(address_of(event, "delete"), {"post": "yes"})

    assert "cannot be deleted while it is used" in text_of(response)
    assert "was deleted successfully" not in text_of(response)
    assert str(milestone) in text_of(response)


@pytest.mark.postgresql
@ON_POSTGRESQL
def test_who_names_what_is_deleted_at_that_moment_is_told(transactional_db, client, monkeypatch):
    event, milestone, look = make_event(), make_milestone(body="Words"), saving.look
    client.force_login(make_publisher())
    address, data = saved(client, milestone)
    row = {"event": event.pk, "relation": "attended", "quote": "Words", "milestone": milestone.pk}
    data |= {f"event_links-0-{name}": value for name, value in row.items()}

    def meanwhile(*args):
        at_once(event.delete)
        return look(*args)

    monkeypatch.setattr(saving, "look", meanwhile)
    response = client.post(address, data | {"event_links-TOTAL_FORMS": "1"})

    assert "That choice is not one of the available choices" in text_of(response)
    assert "was changed successfully" not in text_of(response)
    assert fields_of(client, address)["title"] == stored(milestone).title != "Other"
