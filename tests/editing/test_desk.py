from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from strongcities.editing import proposals
from strongcities.editing.contents import contents_of
from tests.editing.staff import make_editor, make_hub_editor, make_publisher
from tests.factories import make_city, make_event, make_milestone, make_network, make_region

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


def desk(client, user) -> dict[str, list[str]]:
    """The names on each list of a user's desk."""
    client.force_login(user)
    sections = client.get(reverse("admin:index")).context["desk"]
    return {section.slug: [task.name for task in section.tasks] for section in sections}


def propose(user, record, **changed):
    return proposals.propose(user, record, contents_of(record) | changed)


def test_editor_finds_own_drafts_and_nobody_elses(client):
    editor = make_editor()
    make_event(name="Mine", status="draft", drafted_by=editor)
    make_event(name="In review", status="in_review", drafted_by=editor)
    make_event(name="A colleague's", status="draft", drafted_by=make_editor())

    assert sorted(desk(client, editor)["drafts"]) == ["In review", "Mine"]


def test_editor_finds_what_became_of_a_proposal(client):
    editor = make_editor()
    proposal = propose(editor, make_event(name="Summit"), name="The Summit")
    proposals.decline(proposal, make_publisher(), "No.")
    client.force_login(editor)

    page = client.get(reverse("admin:index")).content.decode()

    assert "My proposals" in page
    assert "Declined" in page


def test_publisher_finds_what_waits_and_editors_do_not(client):
    propose(make_editor(), make_event(name="Proposed"), name="Other")
    make_event(name="In review", status="in_review")

    assert desk(client, make_publisher())["waiting"] == ["Proposed", "In review"]
    assert "waiting" not in desk(client, make_editor())


def test_publisher_finds_what_is_due_for_review(client):
    make_event(name="Due", review_by=YESTERDAY)
    make_event(name="Later", review_by=YESTERDAY + timedelta(days=30))
    make_event(name="Draft", review_by=YESTERDAY, status="draft")
    old = make_event(name="Old")
    type(old).objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=400))

    assert sorted(desk(client, make_publisher())["due"]) == ["Due", "Old"]


def test_scheduled_records_are_named_with_their_time(client):
    make_event(name="Soon", goes_live_at=timezone.now() + timedelta(days=2))
    make_event(name="Now")

    assert desk(client, make_editor())["soon"] == ["Soon"]


def test_desk_names_no_draft_of_another_hub(client):
    own, other = make_region(), make_region()
    make_milestone(city=make_city(region=other), title="Theirs", status="draft")
    make_milestone(city=make_city(region=own), title="Ours", status="draft")

    names = desk(client, make_hub_editor(own))["latest"]

    assert "Ours" in names
    assert "Theirs" not in names


def test_desk_says_how_much_it_does_not_show(client):
    editor = make_editor()
    for number in range(10):
        make_event(name=f"Draft {number}", status="draft", drafted_by=editor)
    client.force_login(editor)

    assert "and 2 more" in client.get(reverse("admin:index")).content.decode()


def test_desk_takes_the_same_queries_at_two_sizes(client):
    client.force_login(make_publisher())
    make_network(2)
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("admin:index"))

    make_network(40)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("admin:index"))

    assert len(many) <= len(few)


# Reminders


def test_reminder_goes_to_publishers_with_the_way_there(settings):
    settings.PUBLIC_ADDRESS = "https://journeys.example"
    make_publisher(email="publisher@example.org")
    make_editor(email="editor@example.org")
    event = make_event(name="Due", review_by=YESTERDAY)

    call_command("remind_reviews")

    (message,) = mail.outbox
    assert message.to == ["publisher@example.org"]
    assert "1 page is due" in message.subject
    assert f"https://journeys.example/admin/journeys/event/{event.pk}/change/" in message.body


def test_no_mail_is_sent_when_nothing_is_due(capsys):
    make_publisher(email="publisher@example.org")
    make_event()

    call_command("remind_reviews")

    assert mail.outbox == []
    assert "0 mails sent." in capsys.readouterr().out
