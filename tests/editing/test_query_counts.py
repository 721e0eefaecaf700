"""What staff ask of the database: at most so many queries, whatever the portal holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.models import Milestone
from tests.admin_forms import fields_of
from tests.editing.staff import make_publisher
from tests.editing.two_editors import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seed")]


@pytest.fixture
def milestone():
    """One with links to themes, an event, initiatives and a source."""
    return Milestone.objects.get(city__slug="rabat", position=4)


@pytest.fixture
def publisher(client):
    user = make_publisher()
    client.force_login(user)
    return user


def queries_of(send) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = send()
    assert response.status_code in (200, 302)
    return len(queries)


def save(client, milestone: Milestone, **changes) -> int:
    """Queries of a save that is kept; the second one, when its history has begun."""
    address = address_of(milestone)
    client.post(address, fields_of(client, address) | {"comment": "First"})
    data = fields_of(client, address) | changes
    taken = queries_of(lambda: client.post(address, data))
    milestone.refresh_from_db()
    return taken


@pytest.mark.usefixtures("publisher")
def test_form_of_a_milestone(client, milestone):
    client.get(address_of(milestone))

    assert queries_of(lambda: client.get(address_of(milestone))) <= 30


@pytest.mark.usefixtures("publisher")
def test_saving_a_draft(client, milestone):
    Milestone.objects.filter(pk=milestone.pk).update(status="draft")

    taken = save(client, milestone, title="Another title")

    assert milestone.title == "Another title"
    assert taken <= 55


@pytest.mark.usefixtures("publisher")
def test_publishing(client, milestone):
    Milestone.objects.filter(pk=milestone.pk).update(status="draft")
    notes = {"right:read-more": "The page has none.", "right:date-order-before": "As told."}

    taken = save(client, milestone, status="published", **notes)

    assert milestone.status == "published"
    assert taken <= 90


@pytest.mark.usefixtures("publisher")
def test_saving_what_is_published(client, milestone):
    taken = save(client, milestone, short_title="A voice")

    assert milestone.short_title == "A voice"
    assert taken <= 90


@pytest.mark.usefixtures("publisher")
def test_desk(client):
    client.get(reverse("admin:index"))

    assert queries_of(lambda: client.get(reverse("admin:index"))) <= 25
