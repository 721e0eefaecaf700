from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from journeys.models import Event
from strongcities.editing import proposals
from strongcities.editing.contents import contents_of
from strongcities.publishing import REVIEWED_EVERY
from tests.editing.staff import make_editor, make_publisher
from tests.factories import make_event

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


def dashboard(client) -> dict[str, list[str]]:
    """The names on each list of the dashboard of who is signed in."""
    sections = client.get(reverse("admin:index")).context["dashboard"]
    return {section.slug: [task.name for task in section.tasks] for section in sections}


def propose(user, record, **changed):
    return proposals.propose(user, record, contents_of(record) | changed)


def test_editor_finds_own_drafts_proposals_what_goes_live_and_what_was_worked_on(client, editor):
    make_event(name="Mine", status="draft", drafted_by=editor)
    make_event(name="In review", status="in_review", drafted_by=editor)
    make_event(name="A colleague's", status="draft", drafted_by=make_editor())
    make_event(name="Soon", goes_live_at=timezone.now() + timedelta(days=2))
    proposal = propose(editor, make_event(name="Summit"), name="The Summit")

    found = dashboard(client)

    assert sorted(found["drafts"]) == ["In review", "Mine"]
    assert found["soon"] == ["Soon"]
    assert "A colleague's" in found["latest"]
    assert "waiting" not in found
    proposals.decline(proposal, make_publisher(), "No.")
    for number in range(8):
        make_event(name=f"Draft {number}", status="draft", drafted_by=editor)
    page = client.get(reverse("admin:index")).content.decode()
    for words in ("My proposals", "Declined", "and 2 more"):
        assert words in page


@pytest.mark.parametrize(("hour", "is_due"), [((23, 59), True), ((0, 0), False)])
def test_page_is_due_on_the_day_a_year_after_its_last_change(hour, is_due):
    today = timezone.localdate()
    day = today - REVIEWED_EVERY + timedelta(days=0 if is_due else 1)
    changed_at = timezone.make_aware(datetime.combine(day, time(*hour)))
    event = make_event()
    Event.objects.filter(pk=event.pk).update(changed_at=changed_at)

    assert Event.objects.due_for_review(today).exists() is is_due


def test_publisher_finds_what_waits_and_what_is_due_for_review(client, publisher):
    propose(make_editor(), make_event(name="Proposed"), name="Other")
    make_event(name="In review", status="in_review")
    make_event(name="Due", review_by=YESTERDAY)
    make_event(name="Later", review_by=YESTERDAY + timedelta(days=30))
    make_event(name="Draft", review_by=YESTERDAY, status="draft")
    old = make_event(name="Old")
    type(old).objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=400))

    found = dashboard(client)

    assert found["waiting"] == ["Proposed", "In review"]
    assert sorted(found["due"]) == ["Due", "Old"]


# Reminders


def test_reminder_goes_to_publishers_with_the_way_there_where_something_is_due(settings, capsys):
    settings.PUBLIC_ADDRESS = "https://journeys.example"
    make_publisher(email="publisher@example.org")
    make_editor(email="editor@example.org")
    event = make_event(name="Due")

    call_command("remind_reviews")
    assert mail.outbox == []
    assert "0 mails sent." in capsys.readouterr().out

    type(event).objects.update(review_by=YESTERDAY)
    call_command("remind_reviews")
    (message,) = mail.outbox
    assert message.to == ["publisher@example.org"]
    assert "1 page is due" in message.subject
    assert f"https://journeys.example/admin/journeys/event/{event.pk}/change/" in message.body
