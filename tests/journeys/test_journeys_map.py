"""The map and the strip on their pages: what is drawn, how it is named, when it changes."""

from collections import Counter
from html import unescape
from itertools import pairwise

import pytest
from django.urls import reverse

from journeys.drawings.map.labels import Surroundings, along
from journeys.models import Milestone
from journeys.pages import map_records
from journeys.pages.journeys_map import journeys_map
from strongcities.dates import in_words
from strongcities.pagecache import version
from tests.factories import (
    link_event,
    link_initiative,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_network,
    make_region,
)
from tests.partials import visited
from tests.versions import forget_notes, read

pytestmark = pytest.mark.django_db


def marks(region=None):
    return {
        mark.url.rsplit("/", 2)[-2]: mark
        for lane in journeys_map(region).drawing.lanes
        for mark in lane.marks
    }


def home(client) -> str:
    return unescape(client.get(reverse("home")).content.decode())


@pytest.mark.usefixtures("seed")
def test_home_draws_the_five_journeys_in_their_order_and_links_each_milestone_once(client):
    page = home(client)
    drawn, strip = page.split('<div class="strip">')

    keys = ["athens-ohio", "rabat", "masaka-city", "hani-i-elezit", "mardan"]
    assert [lane.key for lane in journeys_map().drawing.lanes] == keys
    assert page.count('class="map__hit"') == Milestone.objects.count() == 36
    shapes = Counter(mark.shape for mark in marks().values())
    assert shapes == {"stop": 26, "joined": 4, "dot": 4, "diamond": 2}
    for words in (
        'class="map__guide" d="M',
        "New York City · September 2023",
        "Acts on the New York Mayoral Declaration",
        'aria-label="Rabat, September 2024 (read as 19–21 September 2023):'
        ' A Voice for City-Led Action and Women"',
        'aria-label="Rabat, March 2023: MENA Inaugural Regional Workshop – MENA workshop"',
        'aria-label="Mardan, May 2024: Regional Leadership – Mayoral roundtable"',
    ):
        assert words in page
    for milestone in Milestone.objects.all():
        link = f'href="{milestone.get_absolute_url()}"'
        assert (drawn.count(link), strip.count(link)) == (1, 1)


@pytest.mark.usefixtures("seed")
def test_no_name_of_the_five_journeys_crosses_a_launch_link():
    drawing = journeys_map().drawing
    links = [link for corners in drawing.links for link in pairwise(corners)]
    around = Surroundings(0, drawing.height, 0, launches=links)
    stops = [mark for lane in drawing.lanes for mark in lane.marks if mark.label]

    costs = {mark.label: around.cost(along(mark, mark.label_place), ()) for mark in stops}

    assert links
    assert {label for label, cost in costs.items() if cost} == set()


def test_drafts_are_not_on_the_map_and_without_journeys_there_is_none(client):
    make_milestone(slug="of-a-draft", city=make_city(status="draft"))
    shown = make_city()
    make_milestone(slug="draft", city=shown, status="draft")
    without = home(client)

    make_milestone(slug="shown", city=shown)

    assert "map__drawing" not in without
    assert set(marks()) == {"shown"}


def test_draft_event_mention_and_shared_pilot_without_a_launch_are_stops():
    draft, event = make_event(date="2023-05", status="draft"), make_event(date="2023-05")
    pilot = make_initiative(kind="pilot")
    for slug in ("a", "b"):
        milestone = make_milestone(slug=slug)
        link_event(milestone, draft)
        link_event(milestone, event, "attended" if slug == "a" else "mentioned")
        link_initiative(milestone, pilot, "joined")

    assert {mark.shape for mark in marks().values()} == {"stop"}


def test_stop_dated_elsewhere_than_its_event_stands_there_and_says_so():
    event = make_event(name="Summit", date="2023-09")
    link_event(make_milestone(slug="a", date="2023-09"), event)
    link_event(
        make_milestone(
            slug="b",
            city=make_city(name="City of b"),
            title="Home",
            date="2023-12",
            date_as_printed="December 2023",
        ),
        event,
    )

    moved = marks()["b"]
    assert moved.month == 2023 * 12 + 8
    assert "City of b, December 2023, placed with Summit, September 2023: Home" in moved.name


@pytest.mark.parametrize(
    ("date", "is_moved"),
    [
        ("2023", False),
        ("", False),
        ("../2023-09", False),
        ("../2023-08", True),
        ("2023-10/..", True),
    ],
)
def test_stop_is_moved_to_an_event_that_its_date_cannot_touch(date, is_moved):
    event = make_event(name="Summit", date="2023-09-19/2023-09-21")
    link_event(make_milestone(slug="a", date="2023-09"), event)
    link_event(make_milestone(slug="b", date=date), event)

    assert ("placed with Summit" in marks()["b"].name) is is_moved


@pytest.mark.parametrize(
    ("date", "when"),
    [
        ("2023-21", "Spring 2023"),
        ("2023-05/2023-06", "May"),
        ("../2023-05", "Until May 2023"),
        ("202X", "The 2020s"),
        ("", "long ago"),
    ],
)
def test_any_date_has_its_place(client, date, when):
    printed = in_words(date, "en") if date else "long ago"
    make_milestone(date=date, date_as_printed=printed, slug="only")

    page = home(client)

    assert list(marks()) == ["only"]
    assert f'<span class="strip__when">{when}' in page


def test_map_is_laid_out_once_until_something_changes(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(version, "SECONDS", 60)
    make_milestone(slug="first")
    forget_notes()
    drawn = journeys_map()
    read()

    with django_assert_num_queries(0):
        assert journeys_map().key == drawn.key


def test_change_link_renamed_region_and_withdrawal_show_at_once():
    event = make_event(date="2023-05")
    region = make_region(name="Old")
    milestones = [make_milestone(city=make_city(region=region), slug=slug) for slug in "ab"]
    before = marks()["a"]

    for milestone in milestones:
        link_event(milestone, event)
    region.name, milestones[0].title = "New", "After"
    region.save()
    milestones[0].save()

    assert (before.shape, marks()["a"].shape) == ("stop", "dot")
    assert ("After" in before.name, "After" in marks()["a"].name) == (False, True)
    assert journeys_map().drawing.lanes[0].head.below == "New"
    milestones[0].status, milestones[0].withdrawn_reason = "withdrawn", "Wrong."
    milestones[0].save()
    assert set(marks()) == {"b"}


def test_region_has_a_map_of_its_own_lines_and_of_one_city_the_line_so_far(client):
    region, alone = make_region(name="Here", colour="wb"), make_city(region=make_region())
    for year in range(2020, 2024):
        make_milestone(city=alone, date=str(year))
    slugs = {make_milestone(city=make_city(region=region)).slug for _city in range(2)}
    for _number in range(25):
        for city in region.cities.all():
            slugs.add(make_milestone(city=city).slug)

    first, second = (home_of(client, region, page) for page in ("1", "2"))
    line = visited(client, alone.region.get_absolute_url())

    assert set(marks(region)) == slugs
    assert "The lines so far" in first
    assert ("map__drawing" in first, "map__drawing" in second) == (True, False)
    part = line.part("section[aria-labelledby=line]")
    assert part.all("h2") == ["The line so far"]
    assert part.attributes("details", "open") == [""] * 4
    assert "map__drawing" not in line.html


def home_of(client, region, page: str) -> str:
    return client.get(region.get_absolute_url(), {"page": page}).content.decode()


def test_part_drawn_is_of_the_journeys_that_took_part_in_most_events(client):
    cities = make_network(43)
    event = make_event(date="2023-05")
    for city in cities[:2] + cities[-1:]:
        link_event(city.milestones.first(), event, "mentioned" if city == cities[0] else "spoke")

    drawn = [lane.name for lane in journeys_map().drawing.lanes]

    assert drawn == [city.name for city in [*cities[:39], cities[-1]]]
    page = visited(client, reverse("home"))
    assert "Drawn are the 40 journeys that took part in the most events." in page.text
    assert ("Search the milestones", "/journeys/") in page.part(".map").links


def test_part_drawn_has_no_more_stops_than_fit(monkeypatch):
    monkeypatch.setattr(map_records, "STOPS", 5)
    for name, stops in (("A", 3), ("B", 4), ("C", 2)):
        city = make_city(name=name)
        for _stop in range(stops):
            make_milestone(city=city)

    assert [lane.head.name for lane in journeys_map().drawing.lanes] == ["A", "C"]


def test_part_of_a_region_is_of_its_own_journeys(client):
    cities = make_network(41)
    link_event(make_milestone(), make_event(date="2023-05"))

    page = visited(client, cities[0].region.get_absolute_url())

    assert ("Search the milestones", f"/journeys/?region={cities[0].region.slug}") in page.links
    assert len(journeys_map(cities[0].region).drawing.lanes) == 40


def test_flag_of_a_long_name_is_cut_at_a_word_and_names_say_what_is_seen():
    name = "Mayoral Roundtable on Internally Displaced Persons and Preventing Hate Speech"
    event = make_event(name=name, date="2023-05", place="Mardan (Pakistan)")
    city = make_city(name="Mardan")
    for milestone in (make_milestone(city=city), make_milestone()):
        link_event(milestone, event)
    make_milestone(city=city, slug="only", title="A title", short_title="Roundtable")

    drawing = journeys_map().drawing

    flag = drawing.flags[0]
    lane = next(lane for lane in drawing.lanes if lane.key == city.slug)
    assert flag.name == "Mayoral Roundtable on Internally…"
    assert flag.below == "Mardan · May 2023"
    assert flag.label == f"Interchange: {flag.name}, {flag.below}: {name}"
    assert marks()["only"].name == "Mardan, May 2023: A title – Roundtable"
    assert lane.head.label.startswith(f"{lane.head.code} Mardan, {lane.head.below}")
