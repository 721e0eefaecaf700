"""The map and the strip on their pages: what is drawn, how it is named, when it changes."""

from datetime import timedelta
from html import unescape
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.drawings.map.labels import COS, SIN, text_width
from journeys.models import Milestone
from journeys.pages import map_choice
from journeys.pages.journeys_map import journeys_map, lay_out_map
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
def test_home_draws_the_five_journeys_in_their_order(client):
    page = home(client)

    assert [lane.key for lane in journeys_map().drawing.lanes] == [
        "athens-ohio",
        "rabat",
        "masaka-city",
        "hani-i-elezit",
        "mardan",
    ]
    assert page.count('class="map__hit"') == Milestone.objects.count() == 36
    assert 'class="map__guide" d="M' in page
    assert "New York City · September 2023" in page
    assert "Acts on the New York Mayoral Declaration" in page


@pytest.mark.usefixtures("seed")
def test_stop_whose_printed_date_differs_says_both(client):
    page = home(client)

    assert (
        'aria-label="Rabat, printed September 2024, read as 19–21 September 2023:'
        ' A Voice for City-Led Action and Women"'
    ) in page
    assert (
        'aria-label="Rabat, March 2023: MENA Inaugural Regional Workshop – MENA workshop"' in page
    )
    assert 'aria-label="Mardan, May 2024: Regional Leadership – Roundtable on IDPs"' in page


def label_box(mark) -> list[tuple[float, float]]:
    """The corners of a label, closed, along its line of writing."""
    back = text_width(mark.label) if mark.label_place == "down" else 0
    x, y = mark.label_x - back * COS, mark.label_y + back * SIN
    end_x, end_y = x + text_width(mark.label) * COS, y - text_width(mark.label) * SIN
    up_x, up_y = 10 * SIN, 10 * COS
    return [(x, y), (end_x, end_y), (end_x - up_x, end_y - up_y), (x - up_x, y - up_y), (x, y)]


def cross(a, b, c, d) -> bool:
    """Whether the segments a to b and c to d cross."""

    def side(p, q, r) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)


@pytest.mark.usefixtures("seed")
def test_no_name_of_the_five_journeys_crosses_a_launch_link():
    drawing = journeys_map().drawing
    links = [link for corners in drawing.links for link in pairwise(corners)]
    boxes = {mark.label: label_box(mark) for lane in drawing.lanes for mark in lane.marks}

    crossed = [
        label
        for label, box in boxes.items()
        if label and any(cross(*edge, *link) for edge in pairwise(box) for link in links)
    ]
    assert links
    assert crossed == []


@pytest.mark.usefixtures("seed")
def test_map_and_strip_link_each_milestone_once(client):
    page = home(client)
    drawn, strip = page.split('<div class="strip">')

    for milestone in Milestone.objects.all():
        link = f'href="{milestone.get_absolute_url()}"'
        assert drawn.count(link) == 1
        assert strip.count(link) == 1


def test_home_without_journeys_has_no_map(client):
    make_city()

    assert "map__drawing" not in home(client)


def test_drafts_are_not_on_the_map():
    make_milestone(slug="shown")
    make_milestone(slug="draft", status="draft")
    make_milestone(slug="of-a-draft", city=make_city(status="draft"))

    assert set(marks()) == {"shown"}


def test_draft_event_is_no_interchange():
    event = make_event(date="2023-05", status="draft")
    for slug in ("a", "b"):
        link_event(make_milestone(slug=slug), event)

    assert {mark.shape for mark in marks().values()} == {"stop"}


def test_mention_is_no_interchange():
    event = make_event(date="2023-05")
    link_event(make_milestone(slug="there"), event)
    link_event(make_milestone(slug="speaks-of-it"), event, "mentioned")

    assert {mark.shape for mark in marks().values()} == {"stop"}


def test_stop_dated_elsewhere_than_its_event_stands_there_and_says_so():
    event = make_event(name="Summit", date="2023-09")
    link_event(make_milestone(slug="a", date="2023-09"), event)
    link_event(
        make_milestone(slug="b", title="Home", date="2023-12", date_as_printed="December 2023"),
        event,
    )

    moved = marks()["b"]
    assert moved.month == 2023 * 12 + 8
    assert "printed December 2023, placed with Summit, September 2023: Home" in moved.name


@pytest.mark.parametrize(
    ("date", "is_moved"),
    [
        ("2023-09-30", False),
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


def test_shared_pilot_without_a_launch_has_no_diamond():
    pilot = make_initiative(kind="pilot")
    for slug in ("a", "b"):
        link_initiative(make_milestone(slug=slug), pilot, "joined")

    assert {mark.shape for mark in marks().values()} == {"stop"}


@pytest.mark.parametrize(
    ("date", "when"),
    [
        ("2023", "2023"),
        ("2023-21", "Spring 2023"),
        ("2023-05/2023-06", "May"),
        ("../2023-05", "Until May 2023"),
        ("2023-05/..", "May"),
        ("202X", "The 2020s"),
        ("", "long ago"),
    ],
)
def test_any_date_has_its_place(client, date, when):
    make_milestone(date=date, date_as_printed="long ago", slug="only")

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


def test_change_shows_at_once():
    milestone = make_milestone(slug="first", title="Before")
    assert "Before" in marks()["first"].name

    milestone.title = "After"
    milestone.save()

    assert "After" in marks()["first"].name


def test_new_link_and_renamed_region_show_at_once():
    event = make_event(date="2023-05")
    region = make_region(name="Old")
    milestones = [make_milestone(city=make_city(region=region), slug=slug) for slug in "ab"]
    assert marks()["a"].shape == "stop"

    for milestone in milestones:
        link_event(milestone, event)
    region.name = "New"
    region.save()

    assert marks()["a"].shape == "dot"
    assert journeys_map().drawing.lanes[0].head.below == "New"


def test_withdrawn_milestone_leaves_at_once():
    milestone = make_milestone(slug="first")
    make_milestone(slug="second", city=milestone.city)
    assert len(marks()) == 2

    milestone.status, milestone.withdrawn_reason = "withdrawn", "Wrong."
    milestone.save()

    assert set(marks()) == {"second"}


def test_scheduled_milestone_shows_when_its_time_has_come(monkeypatch):
    make_milestone(slug="now")
    soon = timezone.now() + timedelta(hours=1)
    make_milestone(slug="soon", goes_live_at=soon)
    assert set(marks()) == {"now"}

    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(minutes=1))

    assert set(marks()) == {"now", "soon"}


def test_region_has_a_map_of_its_own_lines():
    region = make_region(name="Here", colour="wb")
    make_milestone(slug="here", city=make_city(region=region))
    make_milestone(slug="there", city=make_city(region=make_region()))

    assert set(marks(region)) == {"here"}


def test_region_of_one_city_shows_the_line_so_far(client):
    city = make_city()
    for year in range(2020, 2024):
        make_milestone(city=city, date=str(year))

    page = visited(client, city.region.get_absolute_url())

    line = page.part("section[aria-labelledby=line]")
    assert line.all("h2") == ["The line so far"]
    assert line.attributes("details", "open") == [""] * 4
    assert "map__drawing" not in page.html


def test_region_of_two_cities_shows_a_map_on_its_first_page_only(client):
    region = make_region()
    for _ in range(2):
        city = make_city(region=region)
        for _ in range(26):
            make_milestone(city=city)

    first = client.get(region.get_absolute_url()).content.decode()
    second = client.get(region.get_absolute_url() + "?page=2").content.decode()

    assert "The lines so far" in first
    assert "map__drawing" in first
    assert "map__drawing" not in second


@pytest.mark.parametrize(("cities", "mode"), [(3, "full"), (12, "compact"), (30, "overview")])
def test_every_stop_of_a_growing_network_is_on_the_page(client, cities, mode):
    make_network(cities)

    page = home(client)
    drawing = journeys_map().drawing

    assert drawing.mode == mode
    assert sum(len(lane.marks) for lane in drawing.lanes) == cities * 4
    assert f"map__drawing--{mode}" in page


def test_large_network_is_drawn_in_part_with_five_queries(django_assert_num_queries):
    make_network(50)

    with django_assert_num_queries(5):
        drawing = lay_out_map(None).drawing

    assert drawing.mode == "overview"
    assert len(drawing.lanes) == 40


def test_part_drawn_is_of_the_journeys_that_took_part_in_most_events(client):
    cities = make_network(43)
    event = make_event(date="2023-05")
    for city in cities[:2] + cities[-1:]:
        link_event(city.milestones.first(), event, "mentioned" if city == cities[0] else "spoke")

    drawn = [lane.name for lane in journeys_map().drawing.lanes]

    assert drawn == [city.name for city in [*cities[:39], cities[-1]]]
    assert "Drawn are the 40 journeys that took part in the most events." in home(client)


def test_part_drawn_has_no_more_stops_than_fit(monkeypatch):
    monkeypatch.setattr(map_choice, "STOPS", 5)
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


def test_flag_of_a_long_name_is_cut_at_a_word_and_announced_in_full(client):
    name = "Mayoral Roundtable on Internally Displaced Persons and Preventing Hate Speech"
    event = make_event(name=name, date="2023-05", place="Mardan (Pakistan)")
    for slug in ("a", "b"):
        link_event(make_milestone(slug=slug), event)

    flag = journeys_map().drawing.flags[0]
    assert flag.name == "Mayoral Roundtable on Internally…"
    assert flag.below == "Mardan · May 2023"
    assert flag.label == f"Interchange: {flag.name}, {flag.below}: {name}"


def test_what_is_seen_of_a_link_is_in_its_name():
    make_milestone(title="A title", short_title="Roundtable", city=make_city(name="Mardan"))

    lane = journeys_map().drawing.lanes[0]
    assert lane.marks[0].name == "Mardan, May 2023: A title – Roundtable"
    assert lane.head.label.startswith(f"{lane.head.code} Mardan, {lane.head.below}")
