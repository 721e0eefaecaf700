"""What journeys, milestones, events and initiatives are cited by."""

from datetime import UTC, datetime

import pytest

from members.models import City
from strongcities.publishing import Status
from tests.factories import make_city, make_event, make_initiative, make_milestone

pytestmark = pytest.mark.django_db

MARCH, MAY = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 5, 4, 12, tzinfo=UTC)
TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


def cited(client, record) -> dict:
    [item] = client.get(f"{record.get_absolute_url().rstrip('/')}.csl.json").json()
    return item


@pytest.mark.parametrize("form", TYPES)
def test_each_kind_of_record_is_cited_in_each_form(client, form):
    milestone = make_milestone(title="Tea with the mayor", city=make_city(name="Rabat"))
    records = [milestone, milestone.city, make_event(name="Summit"), make_initiative(name="Pact")]

    answers = [client.get(f"{one.get_absolute_url().rstrip('/')}.{form}") for one in records]

    titles = ["Tea with the mayor", "The journey of Rabat", "Summit", "Pact"]
    for record, title, answer in zip(records, titles, answers, strict=True):
        assert answer.headers["Content-Type"] == f"{TYPES[form]}; charset=utf-8"
        assert title in answer.content.decode()
        assert f"http://testserver/id/{record.uuid}/" in answer.content.decode()


def test_journey_is_cited_with_the_day_of_its_latest_change(client):
    milestone = make_milestone()
    type(milestone).objects.update(changed_at=MAY, public_since=None)
    City.objects.update(changed_at=MARCH, public_since=None)

    assert cited(client, milestone.city)["issued"] == {"date-parts": [[2026, 5, 4]]}
    assert cited(client, milestone)["issued"] == {"date-parts": [[2026, 5, 4]]}


def test_what_was_withdrawn_and_forms_that_there_are_not_are_not_cited(client):
    gone = make_event(name="Summit", slug="summit")
    gone.status, gone.withdrawn_reason = Status.WITHDRAWN, "A mistake."
    gone.save()
    make_event(slug="dialogue")

    assert client.get("/events/summit.bib").status_code == 410
    assert client.get("/events/dialogue.doc").status_code == 404
    assert client.get("/events/other.ris").status_code == 404
