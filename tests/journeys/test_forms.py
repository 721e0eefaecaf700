"""The forms of a page: files, feed, calendar and API tell the same, and refuse in one way."""

import feedparser
import pytest

from strongcities.publishing import Status
from tests.journeys.files.reading import titles
from tests.journeys.stories import make_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROBLEM = "application/problem+json"
OF_LIST = [f"/journeys.{form}" for form in ("csv", "json", "timeline.json", "atom", "ics")]
OF_CITY = [
    f"/journeys/rabat.{form}"
    for form in ("csv", "json", "timeline.json", "atom", "ics", "bib", "ris", "csl.json")
]


NAMED_WRONG = [("year", "abc"), ("region", "no-such"), ("order", "by-heart"), ("q", "%00")]
NOT_THERE = ["/events/none.ics", "/themes/none.atom", "/regions/none.atom", "/events/none.doc"]


FILTERS = [
    "",
    "order=latest",
    "region=mena",
    "theme=youth&order=told",
    "year=2021&year=2024&city=rabat",
    "kind=summit",
    "event=summit",
    "q=harbour",
    "q=nothing",
]


@pytest.fixture
def city():
    return make_meeting()


@pytest.mark.parametrize("filters", FILTERS)
def test_page_files_feed_and_api_tell_of_the_same_milestones(client, city, filters):
    page = [one.title for one in client.get(f"/journeys/?{filters}").context["page"]]
    api = client.get(f"/api/v1/milestones/?{filters}").json()
    feed = feedparser.parse(client.get(f"/journeys.atom?{filters}").content).entries

    assert page or filters == "q=nothing"
    assert titles(client, f"/journeys.csv?{filters}") == page
    assert titles(client, f"/journeys.json?{filters}") == page
    assert [one["title"] for one in api["results"]] == page
    assert api["count"] == len(page)
    assert {one.title for one in feed} == {f"{title.split()[0]}: {title}" for title in page}


@pytest.mark.parametrize("address", [*OF_LIST, "/api/v1/milestones/"])
@pytest.mark.parametrize(("name", "value"), NAMED_WRONG)
def test_wrong_filter_is_named_whatever_the_form(client, address, name, value):
    answer = client.get(f"{address}?{name}={value}&kind=summit")

    said = answer.json()
    assert (answer.status_code, said["status"]) == (400, 400)
    assert answer.headers["Content-Type"] == PROBLEM
    assert list(said["filters"]) == [name]
    assert name in said["detail"]


def test_what_was_withdrawn_is_gone_and_says_why_and_nothing_else(client, city):
    city.status, city.withdrawn_reason = Status.WITHDRAWN, "Told of another city."
    city.save()

    for address in [*OF_CITY, f"/api/v1/cities/{city.uuid}/"]:
        answer = client.get(address)
        said = answer.json()
        assert (answer.status_code, answer.headers["Content-Type"]) == (410, PROBLEM), address
        assert said["detail"] == "Told of another city."
        assert said["withdrawn"].startswith(f"{city.withdrawn_at:%Y-%m-%d}")
        assert "Rabat" not in answer.content.decode()


def test_draft_was_never_there_and_nothing_can_be_written(client, city):
    addresses = [*OF_CITY, f"/api/v1/cities/{city.uuid}/"]
    asked = (client.post, client.put, client.patch, client.delete)
    written = {ask(address).status_code for ask in asked for address in addresses}
    city.status = Status.DRAFT
    city.save()

    answers = [client.get(address) for address in addresses]

    assert written == {405}
    assert {(answer.status_code, answer.json()["status"]) for answer in answers} == {(404, 404)}


def test_record_and_form_that_there_is_not_are_missing(client, city):
    assert {client.get(address).status_code for address in NOT_THERE} == {404}
