"""What staff ask of the database: at most so many queries, whatever the portal holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.models import Milestone
from strongcities.editing.models import Proposal
from tests.admin_forms import address_of, edit, fields_of
from tests.factories import stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seed", "publisher")]

NOTES = {"right:read-more": "The page has none.", "right:date-order-before": "As told."}


@pytest.fixture
def milestone():
    """One with links to themes, an event, initiatives and a source."""
    return Milestone.objects.get(city__slug="rabat", position=4)


@pytest.mark.parametrize(
    ("status", "changes", "most"),
    [
        ("draft", {"title": "Another title"}, 56),
        ("draft", {"status": "published"} | NOTES, 64),
        ("published", {"short_title": "A voice"}, 60),
    ],
    ids=["a draft", "publishing", "what is published"],
)
def test_saving(client, milestone, status, changes, most):
    Milestone.objects.filter(pk=milestone.pk).update(status=status)
    edit(client, milestone, comment="First")  # with it the history has begun
    data = fields_of(client, address_of(milestone)) | changes

    with CaptureQueriesContext(connection) as queries:
        response = client.post(address_of(milestone), data)

    assert response.status_code == 302
    name = next(iter(changes))
    assert getattr(stored(milestone), name) == changes[name]
    assert len(queries) <= most


def test_form_of_a_milestone_and_dashboard(milestone, count_queries):
    for address, most in ((address_of(milestone), 24), (reverse("admin:index"), 17)):
        count_queries(address)

        assert count_queries(address) <= most


def test_preview_and_proposal_of_a_milestone(client, milestone):
    Milestone.objects.filter(pk=milestone.pk).update(status="published")
    typed = fields_of(client, address_of(milestone)) | {"short_title": "A voice"}
    client.post(address_of(milestone), typed | {"_propose": "yes"})
    proposal = Proposal.objects.get()

    for address, data, most in [
        (address_of(milestone, "preview"), typed, 70),
        (address_of(proposal), {"_approve": "yes"}, 75),
    ]:
        with CaptureQueriesContext(connection) as queries:
            client.post(address, data)

        assert len(queries) <= most

    assert stored(milestone).short_title == "A voice"
