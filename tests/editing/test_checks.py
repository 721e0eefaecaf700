import pytest

from journeys.models import Event
from strongcities.editing import checks
from strongcities.editing.models import Acknowledgement
from tests.admin_forms import edit, one_row, page_of, send
from tests.editing.staff import make_editor
from tests.factories import link_theme, make_city, make_event, make_milestone, make_theme, stored

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]


def make_ready_milestone(**fields):
    """A draft that nothing keeps from being published."""
    milestone = make_milestone(**{"status": "draft"} | fields)
    link_theme(milestone, make_theme())
    return milestone


def publish(client, milestone, **changes) -> tuple[str, str]:
    """Save the form as published: the status that is stored then, and the page that comes back."""
    response = edit(client, milestone, status="published", **changes)
    return stored(milestone).status, response.content.decode()


def test_draft_with_nothing_to_look_at_also_in_the_links_as_typed_is_published(client):
    milestone = make_milestone(status="draft", body="Youth councils meet.")
    theme = one_row("theme_links", theme=make_theme().pk, quote="Youth councils")

    assert publish(client, make_ready_milestone()) == ("published", "")
    assert publish(client, milestone, **theme) == ("published", "")


def test_error_stops_publishing_and_keeps_what_was_typed(client):
    milestone = make_milestone(status="draft", title="As it was")
    talked_away = {"right:no-theme": "I like it"}

    status, page = publish(client, milestone, title="As I want it", **talked_away)

    assert (status, stored(milestone).title) == ("draft", "As it was")
    assert "It has no theme" in page
    assert 'href="#theme_links-group"' in page
    assert 'value="As I want it"' in page


def test_warning_stops_until_somebody_says_why_it_is_right(client, publisher):
    milestone = make_ready_milestone(read_more=True)

    stopped, page = publish(client, milestone)
    blanks, _page = publish(client, milestone, **{"right:read-more": "   "})
    said, _page = publish(client, milestone, **{"right:read-more": "The <b>page</b> has none."})

    assert (stopped, blanks, said) == ("draft", "draft", "published")
    assert "there is no address" in page
    assert 'name="right:read-more"' in page
    assert Acknowledgement.objects.get().by == publisher
    form = edit(client, milestone, follow=True, _save=None, _continue="x").content.decode()
    assert f"{publisher.username}: The &lt;b&gt;page&lt;/b&gt; has none." in form


def test_reason_lapses_when_the_warning_says_something_else(publisher):
    city = make_city()
    make_milestone(city=city, title="Before", position=1, date="2025")
    milestone = make_ready_milestone(city=city, position=2, date_as_printed="2024", date="2024")
    why = {"date-order-before": "Told so on the page."}
    checks.acknowledge(milestone, checks.run(milestone), publisher, why)
    settled = checks.stopping(checks.run(milestone))

    city.milestones.filter(title="Before").update(title="Renamed")

    (again,) = checks.stopping(checks.run(milestone))
    assert settled == []
    assert "Renamed" in again.sentence


def test_public_record_is_saved_with_its_warnings_and_not_with_a_new_error(client):
    milestone = make_ready_milestone(status="published", read_more=True)

    edit(client, milestone, title="Renamed", **{"theme_links-0-quote": "Renamed"})
    response = edit(client, milestone, **{"theme_links-0-DELETE": "on"})

    assert stored(milestone).title == "Renamed"
    assert milestone.theme_links.count() == 1
    assert "It has no theme" in response.content.decode()


def test_draft_is_saved_whatever_is_to_be_said_of_it_and_what_is_added_as_published_checked(
    client, publisher
):
    make_event(name="Summit", date="2024")
    typed = {"kind": "dialogue", "date": "2024", "date_source": "The page", "status": "published"}
    added = send(client, page_of(Event, "add"), name="Summit", **typed)
    editor = make_editor()
    client.force_login(editor)
    milestone = make_milestone(status="draft", drafted_by=editor)

    response = edit(client, milestone, title="Unfinished", follow=True)

    assert "Another record has this name" in added.content.decode()
    assert stored(milestone).title == "Unfinished"
    assert "It has no theme" in response.content.decode()
