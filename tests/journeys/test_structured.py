"""What pages tell machines, in the words of schema.org."""

import re

import extruct
import pytest

from members.models import City
from tests.factories import link_event, make_city, make_event, make_milestone
from tests.journeys.stories import make_told_portal
from tests.partials import ARABIC

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = f'</script><script>alert(1)</script> <!-- & "quoted" 🫖 {ARABIC} \\'
PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read(client, address: str, *syntaxes: str) -> list[dict]:
    """What a program of others makes of a page, by syntax."""
    page = client.get(address).content.decode()
    found = extruct.extract(page, f"http://testserver{address}", syntaxes=list(syntaxes))
    return [one for syntax in syntaxes for one in found[syntax]]


def graph(client, address: str) -> dict[str, dict]:
    """The nodes of a page by their types."""
    [data] = read(client, address, "json-ld")
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


PAGES = {
    "/": "WebSite",
    "/data/": "Dataset",
    "/regions/mena/": "CollectionPage",
    "/themes/youth/": "CollectionPage",
}
CITED = {
    "/journeys/rabat/": "Article",
    "/journeys/rabat/tea/": "Article",
    "/events/summit/": "Event",
    "/initiatives/pact/": "Project",
}
NEEDED = {"title", "type", "url", "image", "image:alt", "description", "site_name", "locale"}


def test_each_kind_of_page_is_read_by_programs_of_others(client):
    make_told_portal()

    for address, kind in (PAGES | CITED).items():
        node = graph(client, address)[kind]
        [shared] = read(client, address, "opengraph")
        said = {name.removeprefix("og:"): text for name, text in shared["properties"]}
        assert set(said) > NEEDED, address
        assert (said["url"], node["url"]) == (f"http://testserver{address}",) * 2
        [dublin] = read(client, address, "dublincore")
        told = {one["name"]: one["content"] for one in dublin["elements"] + dublin["terms"]}
        if address in CITED:
            assert told["DC.identifier"] == node["@id"]
            assert told["DC.title"] in (node.get("headline"), node.get("name"))
            assert told["DCTERMS.modified"] == said["article:modified_time"]
        else:
            assert not [name for name in told if name.startswith("DC")]


def test_what_editors_type_stays_what_they_typed(client):
    milestone = make_milestone(title=HOSTILE, city=make_city(name=HOSTILE[:100], slug="rabat"))
    event = make_event(name=HOSTILE, place=HOSTILE[:100], description=HOSTILE, date="2024-05")

    assert graph(client, milestone.get_absolute_url())["Article"]["headline"] == HOSTILE
    parts = graph(client, "/journeys/rabat/")["Article"]["hasPart"]["itemListElement"]
    assert [part["name"] for part in parts] == [HOSTILE]
    assert graph(client, event.get_absolute_url())["Event"]["description"] == HOSTILE


def test_journey_is_an_article_about_a_city_with_its_milestones(client):
    city = make_city(name="Rabat", slug="rabat", country="MA", latitude="34", longitude="-6.8")
    City.objects.update(other_names="Rbat\n\n Ribat ")
    for date in ("2022-02", "2023-05"):
        make_milestone(city=city, date=date)
    make_milestone(city=city, date="2025-05", status="draft", title="Hidden")

    told = graph(client, "/journeys/rabat/")

    article = told["Article"]
    assert article["headline"] == "The journey of Rabat"
    assert article["temporalCoverage"] == "2022-02/2023-05"
    assert PLAIN.fullmatch(article["datePublished"])
    assert article["about"]["containedInPlace"]["name"] == "Morocco"
    assert article["about"]["alternateName"] == ["Rbat", "Ribat"]
    assert article["about"]["geo"]["latitude"] == 34.0
    assert [part["position"] for part in article["hasPart"]["itemListElement"]] == [1, 2]
    trail = [step["name"] for step in told["BreadcrumbList"]["itemListElement"]]
    assert trail == ["Home", "Journeys", "Rabat"]
    step = make_milestone(city=city, date="2023-05/..")
    told = graph(client, step.get_absolute_url())["Article"]
    assert told["temporalCoverage"] == "2023-05/.."
    assert graph(client, "/journeys/rabat/")["Article"]["temporalCoverage"] == "2022-02/.."


def test_milestone_is_part_of_its_journey_and_cites_what_was_read(client):
    milestone = make_milestone(city=make_city(name="Rabat"))
    milestone.sources.create(title="A report", url="https://example.org/?a=1&b=2")
    milestone.sources.create(title="A letter")

    told = graph(client, milestone.get_absolute_url())["Article"]

    assert told["isPartOf"]["name"] == "The journey of Rabat"
    cited = [(one["name"], one.get("url")) for one in told["citation"]]
    assert cited == [("A report", "https://example.org/?a=1&b=2"), ("A letter", None)]


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
    session = make_event(kind="session", date="2023-09-19", parent=make_event(place="New York"))
    told = graph(client, session.get_absolute_url())["Event"]
    assert told["startDate"] == "2023-09-19"
    assert not {"location", "eventAttendanceMode"} & set(told)
    told = graph(client, make_event(kind="webinar", date="2023-12").get_absolute_url())["Event"]
    assert told["location"]["@type"] == "VirtualLocation"
    assert told["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


@pytest.mark.parametrize("date", ["2024-05?", "2024-05~", "2024-21", "2023-XX", "2024/..", ""])
def test_date_that_iso_does_not_say_is_told_in_words(client, date):
    event = make_event(place="Tirana", date=date, description="Talks.")

    told = graph(client, event.get_absolute_url())

    assert "Event" not in told
    assert "startDate" not in told["WebPage"]
    assert told["WebPage"]["description"] == f"Talks. {event.date_in_words}".strip()


def test_home_is_searched(client):
    action = graph(client, "/")["WebSite"]["potentialAction"]

    assert action["target"]["urlTemplate"] == "http://testserver/search/?q={words}"
