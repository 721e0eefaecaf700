from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)
from tests.partials import visited

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

SEARCH = reverse("journeys:search")


def found(client, words) -> dict[str, list]:
    """Kind -> the records that a search shows, in order."""
    groups = client.get(SEARCH, {"q": words}).context["groups"]
    return {group.kind: group.records for group in groups}


def test_everything_public_is_found_names_before_texts(client):
    told = make_city(name="Alba", intro="By the harbour.", region=make_region(name="Harbour Hub"))
    named = make_city(name="Harbourtown", region=None, status="draft")
    later = make_city(name="Port Harbour", region=told.region)
    event = make_event(name="Meeting", other_names="Harbours Forum")
    make_event(name="Harbour talk", status="draft")
    initiative = make_initiative(name="Pact", description="On harbors.")
    theme = make_theme(name="Harbours")
    milestone = make_milestone(city=told, title="Step", body="To the harbour.")

    assert named not in found(client, "harbour")["cities"]
    assert found(client, "harbour") == {
        "cities": [later, told],
        "regions": [told.region],
        "events": [event],
        "initiatives": [initiative],
        "themes": [theme],
        "milestones": [milestone],
    }


def test_words_in_a_row_are_found_in_records_of_other_kinds_too(client):
    city, event = make_city(intro="They co host it."), make_event(name="Talk of co hosts")
    make_city(name="Other", intro="A host of the co.")

    assert found(client, "co-host") == {"cities": [city], "events": [event]}


def test_page_marks_the_words_and_leads_to_each_record(client):
    city = make_city(name="Łódź <b>", slug="lodz", intro="Lodz lies inland.")
    step = make_milestone(city=city, title="In Łódź <b>", slug="step", body='To <b>&" Lodz.')

    page = visited(client, f"{SEARCH}?q=lodz")

    assert page.all("mark") == ["Łódź", "Lodz", "Łódź", "Lodz"]
    assert {("Łódź <b>", "/journeys/lodz/"), (step.title, "/journeys/lodz/step/")} < {*page.links}
    assert page.all(".result__text") == ["Lodz lies inland.", 'To <b>&" Lodz.']


MEANT = {
    "Masakka": "Masaka",
    "yuoth Rabatt": "Youth Rabat",
    "Pakstan": "Pakistan",
    "Pakistn": "Pakistan",
    "Moroco": "Morocco",
    "Marocco": "Morocco",
    "Hani i Elzit": "Hani i Elezit",
    "Esat Afirca": "East Africa",
    "Eastafrika": "East Africa",
    "the youth of Rabatt": "the youth of Rabat",
}


def test_misspelt_words_are_offered_as_names_have_them(client):
    region = make_region(name="East Africa")
    make_milestone(city=make_city(name="Masaka", country="PK"), title="The Youth of Rabat")
    make_city(name="Hani i Elezit", country="MA", other_names="Moroccan town", region=region)

    for typed, meant in MEANT.items():
        assert f"?q={quote(meant)}" in client.get(SEARCH, {"q": typed}).content.decode(), typed
    assert "?q=Morocco" in client.get("/journeys/", {"q": "Moroco"}).content.decode()


@pytest.mark.parametrize("typed", ["xqzwv", "Masakka Rabatt"])
def test_nothing_is_offered_for_words_like_none_or_found_nowhere_together(client, typed):
    make_city(name="Masaka")
    make_city(name="Rabat")

    page = client.get(SEARCH, {"q": typed})

    assert page.context["meant"] == ""
    assert "Nothing was found" in page.content.decode()


def test_milestone_says_by_what_it_was_found(client):
    city = make_city(name="Mardan", country="PK", intro="Near the border.")
    milestone = make_milestone(city=city, title="Step", body="A step.")
    link_event(milestone, make_event(name="Hidden talk", status="draft"))
    link_event(milestone, make_event(name="Second Summit"))
    link_theme(milestone, make_theme(name="Youth"))

    shown = client.get(SEARCH, {"q": "step pakistan summit youth border"}).context["groups"][-1]

    assert shown.records[0].found_by == ["Pakistan", "Second Summit", "Youth", "Mardan"]


def test_more_than_are_shown_are_counted(client):
    for number in range(12):
        make_milestone(city=make_city(name=f"Harbour {number}"), title=f"Harbour {number:02}")

    response = client.get(SEARCH, {"q": "harbour"})

    cities, milestones = response.context["groups"]
    assert (len(cities.records), cities.total) == (10, 12)
    assert (len(milestones.records), milestones.total) == (10, 12)
    assert milestones.records[-1].title == "Harbour 09"
    assert "More words find fewer." in response.content.decode()
    assert 'href="/journeys/?q=harbour"' in response.content.decode()


def test_search_without_words_says_what_it_searches(client):
    page = client.get(SEARCH, {"q": " – "})

    assert page.context["groups"] == []
    assert "Search the names and texts of cities" in page.content.decode()
