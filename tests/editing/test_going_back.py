import re

import pytest

from journeys.models import Milestone, Theme
from strongcities.editing import history
from strongcities.editing.contents import contents_of, state_of
from strongcities.editing.models import Proposal
from strongcities.staff.models import AuditEntry
from tests.editing.past import address, as_publisher, make_past_milestone, save, text_of
from tests.editing.staff import (
    make_administrator,
    make_editor,
    make_hub_editor,
    make_publisher,
)
from tests.factories import (
    make_city,
    make_milestone,
    make_region,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


# Going back


def go_back(client, record, version, **changes):
    """Open the page and press the button."""
    page = client.get(address(record, "go_back", version.pk))
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    data = {"seen": seen.group(1) if seen else ""} | changes
    return client.post(address(record, "go_back", version.pk), data, follow=True)


@pytest.fixture
def milestone():
    return make_past_milestone()


def test_page_shows_what_going_back_would_change_and_writes_nothing(client, milestone):
    as_publisher(client)
    first = history.versions_of(milestone).last()
    before = state_of(milestone)

    page = client.get(address(milestone, "go_back", first.pk))

    assert "Theme: Youth added" in text_of(page)
    assert "Dialogue" in text_of(page)
    assert state_of(Milestone.objects.get()) == before
    assert history.versions_of(milestone).count() == 2


def test_publisher_goes_back_to_a_version_with_its_rows(client, milestone):
    user = as_publisher(client)
    first = history.versions_of(milestone).last()

    page = go_back(client, milestone, first, comment="The first text was right.")

    assert "It says again what it said then." in page.content.decode()
    assert contents_of(Milestone.objects.get()) == history.said_in(first)
    latest = history.versions_of(milestone).first().revision
    assert (latest.user, "The first text was right." in latest.comment) == (user, True)
    assert history.state_in(history.versions_of(milestone).first()) == state_of(
        Milestone.objects.get()
    )
    entry = AuditEntry.objects.first()
    assert (entry.who, entry.action) == (user.username, "went back")
    assert entry.record_name == "Dialogue"


def test_going_back_does_not_publish_or_withdraw(client):
    as_publisher(client)
    milestone = make_milestone(title="Dialogue")
    first = save(milestone)
    save(milestone, title="Exchange", status="withdrawn", withdrawn_reason="Wrong.")

    go_back(client, milestone, first)

    milestone.refresh_from_db()
    assert (milestone.title, milestone.status) == ("Dialogue", "withdrawn")


def test_going_back_and_back_again_loses_nothing(client, milestone):
    as_publisher(client)
    latest, first = history.versions_of(milestone)
    before = contents_of(milestone)

    go_back(client, milestone, first)
    go_back(client, Milestone.objects.get(), latest)

    assert contents_of(Milestone.objects.get()) == before


def test_going_back_is_refused_in_words_where_it_no_longer_fits(client, milestone):
    as_publisher(client)
    first = history.versions_of(milestone).last()
    Theme.objects.all().delete()
    before = state_of(milestone)

    page = go_back(client, milestone, first)

    assert page.status_code == 409
    assert "theme, theme: what this names is no longer there." in text_of(page)
    assert state_of(Milestone.objects.get()) == before


def test_going_back_asks_again_where_somebody_saved_meanwhile(client, milestone):
    as_publisher(client)
    first = history.versions_of(milestone).last()
    page = client.get(address(milestone, "go_back", first.pk))
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode()).group(1)
    save(Milestone.objects.get(), title="Saved meanwhile")

    page = client.post(address(milestone, "go_back", first.pk), {"seen": seen, "comment": "Mine"})

    assert page.status_code == 409
    assert "Somebody saved this meanwhile." in text_of(page)
    assert "Mine" in text_of(page)
    assert Milestone.objects.get().title == "Saved meanwhile"


def test_going_back_to_what_it_says_now_offers_nothing(client, milestone):
    as_publisher(client)
    latest = history.versions_of(milestone).first()

    page = client.get(address(milestone, "go_back", latest.pk))

    assert "It says this already" in text_of(page)
    assert "<form" not in page.content.decode()[page.content.decode().index("content-main") :]


def test_editor_proposes_to_go_back_where_it_is_published(client, milestone):
    client.force_login(make_editor())
    first = history.versions_of(milestone).last()
    before = state_of(milestone)

    go_back(client, milestone, first, comment="The first text was right.")

    proposal = Proposal.objects.get()
    assert proposal.proposed == history.said_in(first)
    assert "The first text was right." in proposal.note
    assert state_of(Milestone.objects.get()) == before


def test_editor_goes_back_in_an_own_draft(client):
    user = make_editor()
    client.force_login(user)
    milestone = make_milestone(title="Dialogue", status="draft", drafted_by=user)
    first = save(milestone)
    save(milestone, title="Exchange")

    go_back(client, milestone, first)

    assert Milestone.objects.get().title == "Dialogue"


@pytest.mark.parametrize("role", [make_editor, make_administrator])
def test_who_may_neither_write_nor_propose_cannot_go_back(client, role):
    milestone = make_milestone(status="draft", drafted_by=make_publisher())
    first = save(milestone, title="Dialogue")
    save(milestone, title="Exchange")
    client.force_login(role())

    assert "Go back to this" not in text_of(client.get(address(milestone)))
    page = client.post(address(milestone, "go_back", first.pk), {"seen": "x"})

    assert page.status_code == 403
    assert Milestone.objects.get().title == "Exchange"


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
    assert Milestone.objects.get().region_pk == own.pk
