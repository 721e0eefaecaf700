import csv
import gc
import io
import json
import weakref

import pytest
from django.contrib.auth.models import Group, User
from django.db.models.signals import post_init

from journeys.models import Event, Milestone
from members.models import City
from strongcities.editing.admin.export import exported, rows
from strongcities.editing.models import Proposal
from strongcities.staff.models import AuditEntry
from tests.admin_forms import page_of
from tests.factories import make_city, make_event, make_milestone, make_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("publisher")]


def file(client, model, kind: str, **filters) -> list[dict]:
    """The records in an exported file, as a program reads them."""
    response = client.get(page_of(model, "export", kind), filters)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return json.loads(text) if kind == "json" else list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_list_is_exported_as_filtered_and_searched_and_names_related_records(client, kind):
    make_event(name="Harbour talks", kind="dialogue")
    make_event(name="Mountain talks", kind="panel")
    make_milestone(city=make_city(name="Harbour"))

    for narrowed in ({"kind__exact": "dialogue"}, {"q": "harbour"}):
        records = file(client, Event, kind, **narrowed)
        assert [record["name"] for record in records] == ["Harbour talks"]
    (record,) = file(client, Milestone, kind)
    page = client.get(page_of(Event), {"q": "x"}).content.decode()

    assert record["city"] == "Harbour"
    assert f"{page_of(Event, 'export', kind)}?q=x" in page


@pytest.mark.parametrize("model", [User, Group, Proposal])
def test_lists_of_staff_and_proposals_are_exported_too(client, superuser, model):
    page = client.get(page_of(model)).content.decode()
    records = file(client, model, "json")

    assert f"{page_of(model)}export/csv/" in page
    assert all("password" not in record for record in records)


def test_export_leaves_a_line_in_the_log_which_is_exported_as_json(client, superuser):
    file(client, Event, "csv", q="harbour")

    (line,) = file(client, AuditEntry, "json", action="exported")

    assert line["who"] == superuser.username
    assert "q=harbour" in line["details"]


def test_export_keeps_no_records_in_memory(superuser):
    make_network(3)
    alive = weakref.WeakSet()
    post_init.connect(
        lambda instance, **rest: alive.add(instance), City, weak=False, dispatch_uid=1
    )
    gc.disable()
    try:
        lines = list(rows(superuser, Milestone.objects.all(), exported(Milestone)))
    finally:
        gc.enable()
        post_init.disconnect(sender=City, dispatch_uid=1)

    assert len(lines) == Milestone.objects.count()
    assert len(alive) <= 1
