import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from strongcities.publishing import Status
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db

WITHDRAWN = {
    "status": Status.WITHDRAWN,
    "withdrawn_reason": "Wrong.",
    "first_published_at": timezone.now(),
}


def body(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("make", [make_city, make_event, make_initiative, make_milestone])
def test_withdrawn_record_is_gone_and_says_since_when_and_why(client, make):
    record = make(**WITHDRAWN | {"withdrawn_reason": "Asked for by <the city>."})

    response = client.get(record.get_absolute_url())

    assert response.status_code == 410
    assert "Asked for by &lt;the city&gt;." in body(response)
    assert str(record.withdrawn_at.year) in body(response)


def test_milestone_is_gone_alone_or_with_its_city_and_was_never_there_with_a_draft(client):
    of_withdrawn = make_milestone(city=make_city(**WITHDRAWN | {"withdrawn_reason": "Left."}))
    withdrawn = make_milestone(city=make_city(name="Rabat", slug="rabat"), **WITHDRAWN)
    of_draft = make_milestone(city=make_city(status=Status.DRAFT), **WITHDRAWN)

    response = client.get(of_withdrawn.get_absolute_url())

    assert response.status_code == 410
    assert "Left." in body(response)
    assert client.get(of_draft.get_absolute_url()).status_code == 404
    page = body(client.get(withdrawn.get_absolute_url()))
    assert "<bdi>Rabat</bdi> · Withdrawn" in page
    assert re.search(r'href="/journeys/rabat/">\s*Read the journey of Rabat', page)


def test_journey_reads_as_told_and_by_date_on_request(client):
    city = make_city()
    later = make_milestone(city=city, position=1, date="2024-06", date_as_printed="June 2024")
    earlier = make_milestone(city=city, position=2, date="2023-09", date_as_printed="Sept 2023")

    told = client.get(city.get_absolute_url())
    by_date = client.get(city.get_absolute_url(), {"order": "date"})

    assert [stop.milestone for stop in told.context["timeline"].stops] == [later, earlier]
    assert [stop.milestone for stop in by_date.context["timeline"].stops] == [earlier, later]
    assert "In published order, after June 2024." in body(told)
    assert "In published order" not in body(by_date)


@pytest.mark.parametrize(
    ("printed", "date", "is_said"),
    [
        ("May 2020", "2021-05/..", True),
        ("May 2022", "2021-05/..", False),
        ("May 2022", "../2021-05", True),
        ("May 2020", "", False),
        ("Once", "2021", False),
    ],
)
def test_journey_says_where_the_printed_date_is_not_the_events(client, printed, date, is_said):
    milestone = make_milestone(date_as_printed=printed, date="")
    event = make_event(date=date)
    link_event(milestone, event)
    link_event(make_milestone(), event)

    page = client.get(milestone.city.get_absolute_url()).content.decode()

    assert (f"The milestone is printed under {printed}" in page) is is_said


@pytest.mark.parametrize(("event_date", "is_said"), [("2023-05-04", False), ("2024-05", True)])
def test_stop_tells_its_reading_once_and_not_again_beside_an_event_of_that_time(
    client, event_date, is_said
):
    milestone = make_milestone(
        date_as_printed="June 2024", date="2023-05-03/2023-05-04", date_note="A report says so."
    )
    event = make_event(date=event_date)
    link_event(milestone, event)
    link_event(make_milestone(), event)

    page = client.get(milestone.city.get_absolute_url()).content.decode()

    assert page.count("3–4 May 2023") == page.count("A report says so.") == 1
    assert "Read as" not in page
    assert ("The milestone is printed under June 2024" in page) is is_said


def test_mention_of_an_event_is_no_attendance_and_membership_no_crossing(client):
    event, membership = make_event(name="Global Summit"), make_initiative(kind="membership")
    milestone = make_milestone(city=make_city(name="Onlooker"))
    other = make_milestone(city=make_city(name="Elsewhere"))
    link_event(milestone, event, "mentioned")
    link_event(other, event)
    for one in (milestone, other):
        link_initiative(one, membership, "joined")

    page = client.get(event.get_absolute_url())
    timeline = client.get(milestone.city.get_absolute_url()).context["timeline"]

    assert [attendance.city.name for attendance in page.context["here"]] == ["Elsewhere"]
    assert [entry.milestone for entry in page.context["mentioned"]] == [milestone]
    assert timeline.stops[0].events[0].others == []
    assert timeline.crossings == []


def test_event_and_initiative_pages_go_by_reading(client):
    city, event, initiative = make_city(), make_event(), make_initiative()
    before, here, after = (
        make_milestone(city=city, position=place, date=date)
        for place, date in [(3, "2023-01"), (1, "2023-05"), (2, "2024-01")]
    )
    link_event(here, event)
    for milestone, relation in [(after, "endorsed"), (after, "implemented"), (before, "signed")]:
        link_initiative(milestone, initiative, relation)

    attendance = client.get(event.get_absolute_url()).context["here"][0]
    passages = client.get(initiative.get_absolute_url()).context["passages"]

    assert (attendance.previous, attendance.next) == (before, after)
    assert [entry.milestone for entry in passages] == [before, after]
    assert [str(word) for word in passages[1].relations] == ["endorsed", "implemented"]


def test_region_and_theme_without_milestones_have_no_heading_for_them(client):
    region, theme = make_city().region, make_theme()
    addresses = [region.get_absolute_url(), theme.get_absolute_url()]

    before = [body(client.get(address)).count("Milestones by") for address in addresses]
    link_theme(make_milestone(), theme)
    after = [body(client.get(address)).count("Milestones by") for address in addresses]

    assert before == [0, 0]
    assert all(after)


@pytest.mark.parametrize("name", ["theme", "event", "initiative", "region", "journey", "milestone"])
def test_unknown_address_is_not_found_in_the_look_of_the_site(client, name):
    where = [make_city().slug] if name == "milestone" else []

    response = client.get(reverse(f"journeys:{name}_detail", args=[*where, "no-such-thing"]))

    assert response.status_code == 404
    assert "Strong Cities" in body(response)


def test_event_list_runs_from_the_latest_with_sessions_below_their_summit(client):
    make_event(name="Later", date="2023-11")
    summit = make_event(name="Summit", date="2023-09-19/2023-09-21")
    make_event(name="Shared", date="2023-02")
    make_event(name="Next year", date="2024-01")
    make_event(name="Undated session", parent=summit)
    make_event(name="Opening", parent=summit, date="2023-09-20")
    make_event(name="Some day")
    hidden = make_event(name="Secret", date="2020", status="draft")
    make_event(name="Of a draft", parent=hidden, date="2023-10")

    response = client.get(reverse("journeys:event_list"))

    names = [event.name for event in response.context["page"]]
    assert names[:4] == ["Next year", "Later", "Of a draft", "Summit"]
    assert names[4:] == ["Opening", "Undated session", "Shared", "Some day"]
    assert body(response).count("rows__item--part") == 2


def test_other_lines_bend_in_and_end_and_of_many_two_are_drawn_and_all_named(client):
    event, large = make_event(), make_event()
    here, there = make_milestone(date="2023-05"), make_milestone(date="2023-05")
    make_milestone(city=there.city, date="2022")
    for milestone in (here, there):
        link_event(milestone, event)
    milestones = [make_milestone() for _number in range(5)]
    for milestone in milestones:
        link_event(milestone, large)

    (line,) = client.get(here.city.get_absolute_url()).context["timeline"].stops[0].joinings
    response = client.get(milestones[0].city.get_absolute_url())

    assert line.path == "M-24-34L-3-13Q1-9 1-4V32"
    assert [line.x for line in response.context["timeline"].stops[0].joinings] == [-23, 1]
    assert body(response).count("was here too") == 4


def test_place_that_the_text_does_not_name_is_refused():
    milestone = make_milestone(body="In Tangier.", places="Tangier\nAtlantis")

    with pytest.raises(ValidationError, match="does not name Atlantis"):
        milestone.full_clean()


def test_public_pages_are_only_read(client):
    for method in ("post", "put", "delete", "options"):
        response = getattr(client, method)(reverse("journeys:journey_list"))
        assert response.status_code == 405


# Cities and regions


def test_city_list_goes_by_region_then_country_then_name_and_regions_count_what_is_public(client):
    second, first = make_region(name="B", order=2), make_region(name="A", order=1)
    for name, region, country in [("Zeta", second, "KE"), ("Beta", first, "MA")]:
        make_city(name=name, region=region, country=country)
    make_city(name="Alpha", region=first, country="MA")
    omega = make_city(name="Omega", region=first, country="DZ")
    make_city(name="Draft", region=first, status="draft")
    make_milestone(city=omega)
    make_milestone(city=omega, status="draft")

    shown = [city.name for city in client.get(reverse("journeys:city_list")).context["page"]]
    regions = client.get(reverse("journeys:region_list")).context["regions"]

    assert shown == ["Omega", "Alpha", "Beta", "Zeta"]
    assert [(r.city_count, r.milestone_count) for r in regions] == [(3, 1), (1, 0)]


@pytest.mark.parametrize("kind", ["city", "event", "initiative"])
def test_long_directory_goes_on_over_pages(client, monkeypatch, kind):
    monkeypatch.setattr("journeys.views.ROWS_PER_PAGE", 2)
    make = {"city": make_city, "event": make_event, "initiative": make_initiative}[kind]
    for name in ("Amber", "Birch", "Cedar"):
        make(name=name)
    address = reverse(f"journeys:{kind}_list")

    first, second = body(client.get(address)), body(client.get(address + "?page=2"))

    assert ("Amber" in first, "Birch" in first, "Cedar" in first) == (True, True, False)
    assert ("Amber" in second, "Cedar" in second) == (False, True)
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_large_region_shows_some_cards_and_leads_to_all_cities(client, monkeypatch):
    monkeypatch.setattr("journeys.views.CARDS", 2)
    region = make_region()
    for name in ("Amber", "Birch", "Cedar"):
        make_city(name=name, region=region)

    page = body(client.get(region.get_absolute_url()))

    assert ("Birch" in page, "Cedar" in page) == (True, False)
    assert "3 journeys" in page
    assert "All 3 cities are in the list of cities" in page


@pytest.mark.postgresql
def test_names_are_in_the_order_of_their_letters_whatever_their_accents(client):
    for name in ("Zagreb", "Łódź", "Évora", "Lagos", "Oslo", "Ærø"):
        make_city(name=name)

    rows = client.get(reverse("journeys:city_list")).context["page"]

    assert [row.name for row in rows] == ["Ærø", "Évora", "Lagos", "Łódź", "Oslo", "Zagreb"]
