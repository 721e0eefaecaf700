import re

import pytest

from strongcities.editing import history
from strongcities.editing.contents import contents_of, state_of
from strongcities.editing.models import Proposal
from strongcities.staff.models import AuditEntry
from tests.admin_forms import address_of, text_of
from tests.editing.past import make_past_milestone, save
from tests.editing.staff import make_hub_editor
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_region,
    make_theme,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]


def seen_on(page) -> dict[str, str]:
    found = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    return {"seen": found.group(1) if found else ""}


def go_back(client, record, version, **changes):
    """Open the page and press the button."""
    address = address_of(record, "go_back", version.pk)
    return client.post(address, seen_on(client.get(address)) | changes, follow=True)


@pytest.fixture
def milestone():
    return make_past_milestone()


@pytest.fixture
def first(milestone):
    return history.versions_of(milestone).last()


def test_page_shows_what_going_back_would_change_if_anything_and_writes_nothing(
    client, milestone, first
):
    before, latest = state_of(milestone), history.versions_of(milestone).first()

    page = client.get(address_of(milestone, "go_back", first.pk))
    same = client.get(address_of(milestone, "go_back", latest.pk))

    assert "Theme: Youth added" in text_of(page)
    assert "Dialogue" in text_of(page)
    assert state_of(stored(milestone)) == before
    assert history.versions_of(milestone).count() == 2
    assert "It says this already" in text_of(same)
    assert "<form" not in same.content.decode().partition("content-main")[2]


@pytest.mark.postgresql
def test_publisher_goes_back_to_a_version_with_its_rows_and_loses_nothing(
    client, publisher, milestone, first
):
    before = contents_of(milestone)

    page = go_back(client, milestone, first, comment="The first text was right.")

    assert "It says again what it said then." in page.content.decode()
    assert contents_of(stored(milestone)) == history.said_in(first)
    assert stored(milestone).date_earliest.year == 2024
    latest, second, _first = history.versions_of(milestone)
    assert latest.revision.user == publisher
    assert "The first text was right." in latest.revision.comment
    assert history.state_in(latest) == state_of(stored(milestone))
    entry = AuditEntry.objects.first()
    assert (entry.who, entry.action) == (publisher.username, "went back")
    assert entry.record_name == "Dialogue"
    go_back(client, milestone, second)
    assert contents_of(stored(milestone)) == before


def test_going_back_does_not_publish_or_withdraw(client):
    milestone = make_milestone(title="Dialogue")
    first = save(milestone)
    save(milestone, title="Exchange", status="withdrawn", withdrawn_reason="Wrong.")

    go_back(client, milestone, first)

    milestone.refresh_from_db()
    assert (milestone.title, milestone.status) == ("Dialogue", "withdrawn")


@pytest.mark.postgresql
def test_going_back_leaves_out_and_names_what_was_deleted_since(client):
    milestone, kept, gone = make_milestone(title="Talks"), make_theme(), make_event(name="Summit")
    save(gone)
    link_theme(milestone, kept)
    link_event(milestone, gone)
    first = save(milestone)
    milestone.theme_links.all().delete()
    milestone.event_links.all().delete()
    save(milestone, title="Exchange")
    gone.delete()
    said = "Left out, because it was deleted since: event “Summit”."

    assert said in text_of(client.get(address_of(milestone, "go_back", first.pk)))
    page = go_back(client, milestone, first)

    assert said in text_of(page)
    assert stored(milestone).title == "Talks"
    assert milestone.theme_links.get().theme == kept
    assert not milestone.event_links.exists()


def test_going_back_asks_again_where_somebody_saved_meanwhile(client, milestone, first):
    address = address_of(milestone, "go_back", first.pk)
    seen = seen_on(client.get(address))
    save(stored(milestone), title="Saved meanwhile")

    page = client.post(address, seen | {"comment": "Mine"})

    assert page.status_code == 409
    assert "Somebody saved this meanwhile." in text_of(page)
    assert "Mine" in text_of(page)
    assert stored(milestone).title == "Saved meanwhile"


def test_editor_proposes_to_go_back_where_it_is_published(client, editor, milestone, first):
    before = state_of(milestone)

    go_back(client, milestone, first, comment="The first text was right.")

    proposal = Proposal.objects.get()
    assert proposal.proposed == history.said_in(first)
    assert "The first text was right." in proposal.note
    assert state_of(stored(milestone)) == before


def test_going_back_does_not_move_a_record_out_of_reach(client):
    own, other = make_region(), make_region()
    user = make_hub_editor(own)
    milestone = make_milestone(city=make_city(region=other), status="draft", drafted_by=user)
    first = save(milestone)
    save(milestone, city=make_city(region=own))
    client.force_login(user)

    page = go_back(client, milestone, first)

    assert page.status_code == 409
    assert "city: what that version names is not yours to choose." in text_of(page)
    assert stored(milestone).region_pk == own.pk
