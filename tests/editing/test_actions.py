from datetime import UTC, datetime

import pytest
from lxml.html import document_fromstring

from journeys.models import Event, Initiative
from strongcities.editing import history
from strongcities.editing.admin import actions
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import coded, worded
from tests.admin_forms import page_of, text_of
from tests.editing.staff import make_editor
from tests.factories import make_city, make_event, make_initiative, make_milestone, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("publisher")]


def act(client, action: str, *records, **fields) -> str:
    """Tick records of one kind in their list and choose an action; the page that comes."""
    ticked = {"action": action, "_selected_action": [record.pk for record in records]}
    response = client.post(page_of(type(records[0])), ticked | fields, follow=True)
    return response.content.decode()


def statuses(*records) -> list[str]:
    return [stored(record).status for record in records]


def test_publisher_publishes_several_at_once_and_each_leaves_a_line_in_the_log(client, publisher):
    records = [make_initiative(name=name, status="draft") for name in ("One", "Two")]

    page = act(client, "publish", *records)

    lines = AuditEntry.objects.filter(user=publisher, action="published")
    assert statuses(*records) == ["published", "published"]
    assert "2 records: Published." in page
    assert {line.record_name for line in lines} == {"One", "Two"}
    assert {line.said.partition(".")[0] for line in lines} == {"Draft → Published"}
    comment = history.versions_of(records[0])[0].revision.get_comment()
    assert comment == coded("step", before=["draft"], after=["published"])  # worded when it is read


def test_history_and_log_say_of_what_is_published_for_later_when(client, publisher):
    page = make_initiative(status="draft", goes_live_at=datetime(2131, 2, 1, tzinfo=UTC))

    act(client, "publish", page)

    line = AuditEntry.objects.get(user=publisher, action="scheduled")
    comment = history.versions_of(page)[0].revision.get_comment()
    assert worded(comment) == line.said
    assert "1 February 2131" in line.said


def test_record_that_cannot_be_published_is_named_and_the_others_go_on(client):
    ready = make_initiative(status="in_review")
    twin = make_initiative(status="draft", name="Twin")
    make_initiative(name="Twin")
    nowhere = make_city(status="draft", name="Nowhere", region=None)

    page = act(client, "publish", ready, twin)
    no_region = act(client, "publish", nowhere)

    assert statuses(ready, twin, nowhere) == ["published", "draft", "draft"]
    assert "Twin: Another record has this name" in page
    assert "Nowhere: Choose a region before publishing." in no_region


@pytest.mark.parametrize("reason", [{}, {"withdrawn_reason": "Mine."}])
def test_what_a_colleague_has_withdrawn_asks_for_no_reason_and_keeps_theirs(client, reason):
    event = make_event(status="withdrawn", withdrawn_reason="Theirs.")

    page = act(client, "withdraw", event, **reason)

    assert "Nothing has changed: this was Withdrawn already." in page
    assert stored(event).withdrawn_reason == "Theirs."


def test_editor_sends_own_drafts_for_review_and_nothing_else(client, editor):
    own = make_milestone(status="draft", drafted_by=editor)
    others = make_milestone(status="draft", drafted_by=make_editor())
    published = make_milestone()

    act(client, "send_for_review", own, others, published)

    assert statuses(own, others, published) == ["in_review", "draft", "published"]


def test_withdrawing_asks_for_the_reason_that_the_public_reads(client):
    event = make_event()

    asked = act(client, "withdraw", event)
    still = statuses(event)
    act(client, "withdraw", event, withdrawn_reason="It never took place.")

    client.logout()
    public = client.get(event.get_absolute_url())
    assert "Reason, read by the public" in asked
    assert (still, statuses(event)) == (["published"], ["withdrawn"])
    assert public.status_code == 410
    assert "It never took place." in public.content.decode()


def test_all_that_a_list_finds_is_withdrawn_at_most_so_many_at_once(client, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    events = [make_event() for _number in range(3)]
    gone = make_event(status="withdrawn", withdrawn_reason="It was another.")
    page, found = page_of(Event), {"action": "withdraw", "select_across": "1"}

    asked = client.post(page, found | {"_selected_action": [events[0].pk]})
    posted = document_fromstring(asked.content.decode()).xpath("//input[@type='hidden']")
    ticked = [one.get("value") for one in posted if one.get("name") == "_selected_action"]
    reason = {"action": "withdraw", "withdrawn_reason": "It never took place."}
    client.post(page, reason | {"_selected_action": ticked})

    assert "At most 2 at once: do this again for the others." in text_of(asked)
    assert str(gone) not in text_of(asked)
    assert statuses(*events) == ["withdrawn", "withdrawn", "published"]


def test_record_that_is_deleted_at_that_moment_is_passed_over(client, monkeypatch):
    kept, gone = (make_initiative(status="draft", name=name) for name in ("Kept", "Gone"))
    Initiative.objects.filter(pk=gone.pk).delete()
    monkeypatch.setattr(actions, "first_of", lambda *args: [gone, kept])

    page = act(client, "publish", kept)

    assert statuses(kept) == ["published"]
    assert "1 record: Published." in page
