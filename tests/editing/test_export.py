import csv
import io
import json

import pytest
from django.urls import reverse

from strongcities.staff.models import AuditEntry
from tests.editing.staff import make_editor, make_hub_editor
from tests.factories import make_city, make_event, make_milestone, make_region

pytestmark = pytest.mark.django_db


def file(client, model: str, kind: str, **filters) -> list[dict]:
    """The records in an exported file, as a program reads them."""
    response = client.get(reverse(f"admin:{model}_export", args=[kind]), filters)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return json.loads(text) if kind == "json" else list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_list_is_exported_as_filtered(client, kind):
    make_event(name="Shown", kind="dialogue")
    make_event(name="Not shown", kind="panel")
    client.force_login(make_editor())

    records = file(client, "journeys_event", kind, kind__exact="dialogue")

    assert [record["name"] for record in records] == ["Shown"]


def test_search_of_the_list_holds_for_the_file(client):
    make_event(name="Harbour talks")
    make_event(name="Mountain talks")
    client.force_login(make_editor())

    assert [r["name"] for r in file(client, "journeys_event", "json", q="harbour")] == [
        "Harbour talks"
    ]


def test_related_records_are_named(client):
    make_milestone(city=make_city(name="Harbour"))
    client.force_login(make_editor())

    (record,) = file(client, "journeys_milestone", "json")

    assert record["city"] == "Harbour"


def test_formulas_are_made_harmless(client):
    make_event(name='=HYPERLINK("https://a.example")')
    client.force_login(make_editor())

    (record,) = file(client, "journeys_event", "csv")

    assert record["name"].startswith("'=")


def test_another_hubs_drafts_are_not_in_the_file(client):
    own, other = make_region(), make_region()
    make_city(name="Ours", region=own, status="draft")
    make_city(name="Theirs", region=other, status="draft")
    client.force_login(make_hub_editor(own))

    assert [record["name"] for record in file(client, "members_city", "json")] == ["Ours"]


def test_export_leaves_a_line_in_the_log(client):
    editor = make_editor()
    client.force_login(editor)

    file(client, "journeys_event", "csv", q="x")

    assert "q=x" in AuditEntry.objects.get(user=editor, action="exported").details


def test_lists_offer_the_export_with_their_filters(client):
    client.force_login(make_editor())

    page = client.get(reverse("admin:journeys_event_changelist"), {"q": "x"}).content.decode()

    assert f"{reverse('admin:journeys_event_export', args=['csv'])}?q=x" in page


def test_other_formats_are_not_found(client):
    client.force_login(make_editor())

    assert client.get("/admin/journeys/event/export/xml/").status_code == 404


@pytest.mark.parametrize("model", ["auth_user", "auth_group", "editing_proposal"])
def test_lists_of_staff_and_proposals_are_exported_too(admin_client, model):
    address = reverse(f"admin:{model}_changelist")

    page = admin_client.get(address).content.decode()
    records = file(admin_client, model, "json")

    assert f"{address}export/csv/" in page
    assert all("password" not in record for record in records)


def test_log_is_exported_as_json(admin_client):
    file(admin_client, "journeys_event", "csv", q="harbour")

    lines = file(admin_client, "editing_auditentry", "json")

    assert "q=harbour" in lines[0]["details"]
