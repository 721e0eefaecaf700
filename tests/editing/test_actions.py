import pytest
from django.urls import reverse

from strongcities.staff.models import AuditEntry
from tests.editing.staff import make_editor, make_hub_editor, make_publisher
from tests.factories import make_city, make_event, make_initiative, make_milestone, make_region

pytestmark = pytest.mark.django_db


def act(client, action: str, *records, **fields):
    """Tick records of one kind in their list and choose an action."""
    meta = records[0]._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    ticked = {"action": action, "_selected_action": [record.pk for record in records]}
    return client.post(address, ticked | fields, follow=True)


def statuses(*records) -> list[str]:
    for record in records:
        record.refresh_from_db()
    return [record.status for record in records]


def test_publisher_publishes_several_at_once(client):
    records = [make_initiative(status="draft"), make_initiative(status="in_review")]
    client.force_login(make_publisher())

    response = act(client, "publish", *records)

    assert statuses(*records) == ["published", "published"]
    assert "2 records: Published." in response.content.decode()


def test_record_that_cannot_be_published_is_named_and_the_others_go_on(client):
    ready = make_initiative(status="draft")
    twin = make_initiative(status="draft", name="Twin")
    make_initiative(name="Twin")
    client.force_login(make_publisher())

    response = act(client, "publish", ready, twin)

    assert statuses(ready, twin) == ["published", "draft"]
    assert "Twin: Another record has this name" in response.content.decode()


def test_city_without_a_region_is_not_published(client):
    nowhere = make_city(status="draft", name="Nowhere", region=None)
    client.force_login(make_publisher())

    response = act(client, "publish", nowhere)

    assert statuses(nowhere) == ["draft"]
    assert "Nowhere: Choose a region before publishing." in response.content.decode()


def test_editor_sends_own_drafts_for_review_and_publishes_nothing(client):
    editor = make_editor()
    own = make_milestone(status="draft", drafted_by=editor)
    others = make_milestone(status="draft", drafted_by=make_editor())
    client.force_login(editor)

    act(client, "publish", own)
    act(client, "send_for_review", own, others)

    assert statuses(own, others) == ["in_review", "draft"]


def test_editor_does_not_take_a_published_record_back_into_review(client):
    milestone = make_milestone()
    client.force_login(make_editor())

    act(client, "send_for_review", milestone)

    assert statuses(milestone) == ["published"]


def test_withdrawing_asks_for_the_reason_that_the_public_reads(client):
    event = make_event()
    client.force_login(make_publisher())

    asked = act(client, "withdraw", event)
    still = statuses(event)
    act(client, "withdraw", event, withdrawn_reason="It never took place.")

    client.logout()
    public = client.get(event.get_absolute_url())
    assert "Reason, read by the public" in asked.content.decode()
    assert (still, statuses(event)) == (["published"], ["withdrawn"])
    assert public.status_code == 410
    assert "It never took place." in public.content.decode()


def test_hub_editor_cannot_tick_another_hubs_draft(client):
    own, other = make_region(), make_region()
    there = make_milestone(city=make_city(region=other), status="draft")
    client.force_login(make_hub_editor(own))

    act(client, "send_for_review", there)

    assert statuses(there) == ["draft"]


def test_each_record_leaves_a_line_in_the_log(client):
    records = [make_initiative(status="draft"), make_initiative(status="draft")]
    publisher = make_publisher()
    client.force_login(publisher)

    act(client, "publish", *records)

    lines = AuditEntry.objects.filter(user=publisher, action="published")
    assert sorted(line.record_name for line in lines) == sorted(record.name for record in records)
