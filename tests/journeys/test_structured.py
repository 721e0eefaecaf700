"""What pages tell machines, in the words of schema.org."""

import json
import re

import pytest

from journeys.models import Milestone
from tests.factories import (
    link_event,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
)
from tests.partials import ARABIC

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = f'</script><script>alert(1)</script> <!-- & "quoted" 🫖 {ARABIC} \\'
PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def graph(client, address: str) -> dict[str, dict]:
    """The nodes of a page by their types."""
    page = client.get(address).content.decode()
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def test_what_editors_type_stays_what_they_typed(client):
    milestone = make_milestone(title=HOSTILE, city=make_city(name=HOSTILE[:100], slug="rabat"))
    event = make_event(name=HOSTILE, place=HOSTILE[:100], description=HOSTILE, date="2024-05")

    assert graph(client, milestone.get_absolute_url())["Article"]["headline"] == HOSTILE
    parts = graph(client, "/journeys/rabat/")["Article"]["hasPart"]["itemListElement"]
    assert [part["name"] for part in parts] == [HOSTILE]
    assert graph(client, event.get_absolute_url())["Event"]["description"] == HOSTILE


def test_journey_is_an_article_about_a_city_with_its_milestones(client):
    city = make_city(name="Rabat", slug="rabat", country="MA", latitude="34", longitude="-6.8")
    for date in ("2022-02", "2023-05"):
        make_milestone(city=city, date=date)
    make_milestone(city=city, date="2025-05", status="draft", title="Hidden")

    told = graph(client, "/journeys/rabat/")

    article = told["Article"]
    assert article["headline"] == "The journey of Rabat"
    assert article["temporalCoverage"] == "2022-02/2023-05"
    assert PLAIN.fullmatch(article["datePublished"])
    assert article["about"]["containedInPlace"]["name"] == "Morocco"
    assert article["about"]["geo"]["latitude"] == 34.0
    assert [part["position"] for part in article["hasPart"]["itemListElement"]] == [1, 2]
    trail = [step["name"] for step in told["BreadcrumbList"]["itemListElement"]]
    assert trail == ["Home", "Journeys", "Rabat"]


def test_journey_of_which_a_milestone_goes_on_has_no_end(client):
    city = make_city(slug="rabat")
    for date in ("2022-02", "2023-05/.."):
        step = make_milestone(city=city, date=date)

    of_city, of_step = graph(client, "/journeys/rabat/"), graph(client, step.get_absolute_url())

    assert of_city["Article"]["temporalCoverage"] == "2022-02/.."
    assert of_step["Article"]["temporalCoverage"] == "2023-05/.."


def test_event_says_who_was_there_and_of_what_it_was_a_session(client):
    summit = make_event()
    event = make_event(place="Tirana", date="2024-05-14/2024-05-15", parent=summit)
    link_event(make_milestone(city=make_city(name="Rabat")), event)

    told = graph(client, event.get_absolute_url())["Event"]

    assert (told["startDate"], told["endDate"]) == ("2024-05-14", "2024-05-15")
    assert told["location"] == {"@type": "Place", "name": "Tirana"}
    assert [one["name"] for one in told["attendee"]] == ["Rabat"]
    assert told["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert told["superEvent"]["@id"] == f"http://testserver/id/{summit.uuid}/"


@pytest.mark.parametrize("date", ["2024-05?", "2024-05~", "2024-21", "2023-XX", "2024/..", ""])
def test_date_that_iso_does_not_say_is_told_in_words(client, date):
    event = make_event(place="Tirana", date=date, description="Talks.")

    told = graph(client, event.get_absolute_url())

    assert "Event" not in told
    assert "startDate" not in told["WebPage"]
    assert told["WebPage"]["description"] == f"Talks. {event.date_in_words}".strip()


def test_home_is_searched_and_each_kind_of_page_is_told(client):
    make_milestone(city=make_city(slug="rabat"))
    topics = [make_theme(slug="youth").get_absolute_url(), f"/regions/{region_of_rabat()}/"]

    action = graph(client, "/")["WebSite"]["potentialAction"]

    assert action["target"]["urlTemplate"] == "http://testserver/search/?q={words}"
    assert "Project" in graph(client, make_initiative().get_absolute_url())
    assert all("CollectionPage" in graph(client, topic) for topic in topics)


def region_of_rabat() -> str:
    return Milestone.objects.with_city().get().city.region.slug
