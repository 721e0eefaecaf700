import pytest
from django.urls import reverse

from strongcities.editing import checks
from strongcities.editing.models import Acknowledgement
from tests.admin_forms import send
from tests.editing.staff import make_editor, make_publisher
from tests.factories import link_theme, make_city, make_event, make_milestone, make_theme

pytestmark = pytest.mark.django_db


def address_of(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def make_ready_milestone(**fields):
    """A draft that nothing keeps from being published."""
    milestone = make_milestone(**{"status": "draft"} | fields)
    link_theme(milestone, make_theme())
    return milestone


@pytest.fixture
def publisher(client):
    user = make_publisher()
    client.force_login(user)
    return user


def test_draft_with_nothing_to_look_at_is_published_at_once(client, publisher):
    milestone = make_ready_milestone()

    response = send(client, address_of(milestone), status="published")

    milestone.refresh_from_db()
    assert response.status_code == 302
    assert milestone.status == "published"


def test_error_stops_publishing_and_keeps_what_was_typed(client, publisher):
    milestone = make_milestone(status="draft", title="As it was")

    response = send(client, address_of(milestone), status="published", title="As I want it")

    page = response.content.decode()
    milestone.refresh_from_db()
    assert (milestone.status, milestone.title) == ("draft", "As it was")
    assert "It has no theme" in page
    assert 'href="#theme_links-group"' in page
    assert 'value="As I want it"' in page


def test_error_cannot_be_talked_away(client, publisher):
    milestone = make_milestone(status="draft")

    send(client, address_of(milestone), status="published", **{"right:no-theme": "I like it"})

    milestone.refresh_from_db()
    assert milestone.status == "draft"


def test_error_is_looked_for_in_the_links_as_typed(client, publisher):
    milestone = make_milestone(status="draft", body="Youth councils meet.")
    theme = {
        "theme_links-TOTAL_FORMS": "1",
        "theme_links-0-theme": make_theme().pk,
        "theme_links-0-quote": "Youth councils",
    }

    send(client, address_of(milestone), status="published", **theme)

    milestone.refresh_from_db()
    assert milestone.status == "published"


def test_warning_stops_until_somebody_says_why_it_is_right(client, publisher):
    milestone = make_ready_milestone(read_more=True)
    address = address_of(milestone)

    stopped = send(client, address, status="published")
    still = type(milestone).objects.get().status
    send(client, address, status="published", **{"right:read-more": "The page has none."})

    milestone.refresh_from_db()
    assert "there is no address" in stopped.content.decode()
    assert 'name="right:read-more"' in stopped.content.decode()
    assert (still, milestone.status) == ("draft", "published")
    assert Acknowledgement.objects.get().by == publisher


def test_note_of_blanks_is_no_reason(client, publisher):
    milestone = make_ready_milestone(read_more=True)

    send(client, address_of(milestone), status="published", **{"right:read-more": "   "})

    milestone.refresh_from_db()
    assert milestone.status == "draft"


def test_what_was_said_to_be_right_shows_with_who_said_it(client, publisher):
    milestone = make_ready_milestone(read_more=True)
    checks.run(milestone).acknowledge(publisher, {"read-more": "The <b>page</b> has none."})

    page = client.get(address_of(milestone)).content.decode()

    assert f"{publisher.username}: The &lt;b&gt;page&lt;/b&gt; has none." in page


def test_reason_lapses_when_the_warning_says_something_else(publisher):
    city = make_city()
    make_milestone(city=city, title="Before", position=1, date="2025")
    milestone = make_ready_milestone(city=city, position=2, date_as_printed="2024", date="2024")
    checks.run(milestone).acknowledge(publisher, {"date-order-before": "Told so on the page."})
    settled = checks.run(milestone).stopping()

    city.milestones.filter(title="Before").update(title="Renamed")

    (again,) = checks.run(milestone).stopping()
    assert settled == []
    assert "Renamed" in again.sentence


def test_public_record_is_saved_with_the_warnings_it_has(client, publisher):
    milestone = make_ready_milestone(status="published", read_more=True)

    send(client, address_of(milestone), title="Renamed", **{"theme_links-0-quote": "Renamed"})

    milestone.refresh_from_db()
    assert milestone.title == "Renamed"


def test_public_record_is_not_saved_with_a_new_error(client, publisher):
    milestone = make_ready_milestone(status="published")

    response = send(client, address_of(milestone), **{"theme_links-0-DELETE": "on"})

    assert milestone.theme_links.count() == 1
    assert "It has no theme" in response.content.decode()


def test_draft_is_saved_whatever_is_to_be_said_of_it(client):
    editor = make_editor()
    client.force_login(editor)
    milestone = make_milestone(status="draft", drafted_by=editor)

    response = send(client, address_of(milestone), title="Unfinished", follow=True)

    milestone.refresh_from_db()
    assert milestone.title == "Unfinished"
    assert "It has no theme" in response.content.decode()


def test_record_added_as_published_is_checked_too(client, publisher):
    make_event(name="Summit", date="2024")

    response = send(
        client,
        reverse("admin:journeys_event_add"),
        name="Summit",
        kind="dialogue",
        date="2024",
        date_source="The page",
        status="published",
    )

    assert "Another record has this name" in response.content.decode()
