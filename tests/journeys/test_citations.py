"""What journeys, milestones, events and initiatives are cited by."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from journeys.models import Milestone
from members.models import City
from tests.factories import (
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
)
from tests.partials import typed

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


def tags(page: str) -> dict[str, list[str]]:
    """What the tags of a page say, by their names."""
    found = {}
    for name, content in re.findall(r'<meta name="([^"]+)" content="([^"]*)"', page):
        found.setdefault(name, []).append(unescape(content))
    return found


def test_page_says_of_itself_what_reference_managers_look_for(client, settings):
    settings.CONTENT_LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    milestone = make_milestone(title=typed("Tea"), date="2023-05", city=make_city(name="Rabat"))
    for name in ("Youth", "Children"):
        link_theme(milestone, make_theme(name=name))
    Milestone.objects.update(changed_at=MAY, public_since=MAY, first_published_at=MARCH)
    City.objects.update(public_since=None)

    said = tags(client.get(milestone.get_absolute_url()).content.decode())

    assert said["citation_title"] == said["DC.title"] == [typed("Tea")]
    assert said["citation_author"] == said["DC.creator"] == ["Strong Cities Network"]
    assert said["citation_publication_date"] == ["2026/05/04"]
    assert (said["DCTERMS.issued"], said["DCTERMS.modified"]) == (["2026-03-02"], ["2026-05-04"])
    assert said["citation_keywords"] == ["Children; Youth"]
    assert (said["DCTERMS.temporal"], said["DCTERMS.spatial"]) == (["2023-05"], ["Rabat"])
    assert said["DCTERMS.license"] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_program_finds_from_the_page_what_belongs_to_it_and_back(client, settings):
    settings.CONTENT_LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    event = make_event(slug="الرباط")

    page = client.get(event.get_absolute_url()).headers["Link"]
    file = client.get("/events/الرباط.ris").headers["Link"]

    lasting = f'<http://testserver/id/{event.uuid}/>; rel="cite-as"'
    address = f"http://testserver{event.get_absolute_url()}"
    assert lasting in page
    assert lasting in file
    for form, media_type in TYPES.items():
        assert f'<{address[:-1]}.{form}>; rel="describedby"; type="{media_type}"' in page
    assert '<https://schema.org/Event>; rel="type"' in page
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in page
    assert '>; rel="author"' in page
    assert f'<{address}>; rel="describes"; type="text/html"' in file


def test_no_licence_is_claimed_where_none_is_set(client):
    response = client.get(make_event().get_absolute_url())

    assert "license" not in response.headers["Link"] + response.content.decode()
