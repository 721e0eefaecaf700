"""The partials of the journeys map."""

from datetime import date

import pytest
from django.core.cache import cache

from journeys.pages.journeys_map import journeys_map
from journeys.transit_map.drawing import Axis, Capsule, Drawing, Flag, Head, Lane, Mark, Word
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
from tests.journeys.transit_maps import HUBS, draw, make_journey, make_pair, make_stop
from tests.partials import empty, full, typed


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def mark_of(**fields) -> Mark:
    return Mark(**{"key": "a", "x": 100, "y": 50, "shape": "stop", "month": 0} | fields)


def make_meeting_journeys():
    """Two journeys of a region that join, meet and sign a pact; the region."""
    region = make_region(name=typed("Africa"), slug="africa")
    summit = make_event(name=typed("Summit"), slug="summit", place="Tampa", date="2024-12")
    pact = make_initiative(name=typed("Pact"), kind="declaration")
    for name in ("masaka", "rabat"):
        city = make_city(name=typed(name), slug=name, region=region)
        make_milestone(city=city, slug="joined", date="2021-05", kind="joined")
        link_event(make_milestone(city=city, slug="there", date="2024-12"), summit)
        link_initiative(make_milestone(city=city, slug="signed", date=""), pact)
    return region


@pytest.mark.django_db
def test_journeys_map_leads_to_every_stop_and_to_the_list():
    region = make_meeting_journeys()

    page = full(
        "journeys/_journeys_map.html",
        map=journeys_map(region),
        heading=typed("The lines so far"),
        region=region,
    )

    assert page.all("h2") == [typed("The lines so far")]
    assert page.attributes("svg[role=group]", "aria-label") == [typed("The lines so far")]
    assert page.all(".map__key li") == [
        "A milestone",
        "City joins the Network",
        "Interchange: a shared event",
        f"Acts on the {typed('Pact')}",
    ]
    ways = ["", "joined/", "there/", "signed/"]
    stops = {f"/journeys/{city}/{way}" for city in ("masaka", "rabat") for way in ways}
    assert stops | {"/events/summit/"} <= {address for _words, address in page.links}
    assert ("Read the map as a list", "/journeys/?region=africa&order=date") in page.links
    assert "Stretches without a stop are shortened." in page.text
    assert "Stops without a date stand last." in page.text


@pytest.mark.django_db
def test_journeys_map_of_single_stops_explains_no_more_than_it_shows():
    for name in ("Masaka", "Rabat"):
        make_milestone(city=make_city(name=name), date="2023-05")

    page = empty("journeys/_journeys_map.html", map=journeys_map(), heading="The map")

    assert page.all(".map__key li") == ["A milestone"]
    assert page.all("section > div > p") == [
        "Each city is a line, each milestone a stop.",
        "Order and month are exact, as we read the dates; distances are not. "
        "Read the map as a list",
    ]
    assert ("Read the map as a list", "/journeys/?order=date") in page.links


@pytest.mark.django_db
def test_journeys_map_of_many_cities_says_that_hubs_are_its_lines():
    make_network(61)

    page = full("journeys/_journeys_map.html", map=journeys_map(), heading="The map")

    assert "Each regional hub is a line" in page.text


def test_map_axis_writes_years_months_and_breaks():
    axis = Axis(
        bands=["M1 2h3z", "M4 5h6z"],
        years=[Word(1, 2, "2023", start=True), Word(3, 4, "2024")],
        months=[Word(5, 6, "J")],
        notes=[Word(7, 8, typed("no date"))],
        ticks="M1 2v4",
    )

    drawn = full("journeys/_map_axis.html", "svg", axis=axis)

    assert drawn.all("text") == ["2023", "2024", "J", typed("no date")]
    assert drawn.attributes("path", "d") == ["M1 2h3zM4 5h6z", "M1 2v4"]
    assert drawn.all(".map__middle") == ["2024"]


def test_map_axis_of_nothing_draws_nothing():
    assert set(empty("journeys/_map_axis.html", "svg", axis=Axis()).names) == {"g"}


def test_map_capsules_reach_from_line_to_line():
    drawn = full("journeys/_map_capsules.html", "svg", capsules=[Capsule("a", 100, 20, 80, 0)])

    assert drawn.attributes("rect", "x") == ["87"]
    assert drawn.attributes("rect", "height") == ["60"]


def test_map_without_interchanges_has_no_capsule():
    assert empty("journeys/_map_capsules.html", "svg", capsules=[]).names == []


def test_map_drawing_places_its_parts():
    journeys, meetings = make_pair()
    drawing = draw(*journeys, meetings=meetings)

    drawn = full("journeys/_map_drawing.html", drawing=drawing, heading=typed("The map"))

    assert drawn.attributes("svg", "aria-label") == [typed("The map")]
    assert drawn.links == [
        ("Athens: journey", "/Athens/"),
        ("Stop Athens-1 – Label Athens-1", "/Athens-1/"),
        ("Stop Athens-2", "/Athens-2/"),
        ("Stop Athens-3 – Label Athens-3", "/Athens-3/"),
        ("Rabat: journey", "/Rabat/"),
        ("Stop Rabat-1 – Label Rabat-1", "/Rabat-1/"),
        ("Stop Rabat-2", "/Rabat-2/"),
        ("Stop Rabat-3 – Label Rabat-3", "/Rabat-3/"),
        ("Meeting summit, Here · then", "/summit/"),
    ]


def test_map_drawing_of_one_stop_has_no_line_and_no_flag():
    drawing = draw(make_journey("Athens", make_stop("one", date(2023, 5, 1))))

    drawn = empty("journeys/_map_drawing.html", drawing=drawing, heading="The map")

    assert [address for _words, address in drawn.links] == ["/Athens/", "/one/"]
    assert not drawn.attributes("path.map__line, path.map__leader, path.map__launch", "d")


def test_map_drawing_of_many_journeys_names_its_hubs():
    journeys = [
        make_journey(f"C{n:02}", make_stop(f"s{n}", date(2023, 1 + n % 12, 1)), hub=HUBS[n % 2])
        for n in range(30)
    ]

    drawn = full("journeys/_map_drawing.html", drawing=draw(*journeys), heading="The map")

    assert drawn.all(".map__city") == [f"C{n:02}" for n in (*range(0, 30, 2), *range(1, 30, 2))]
    assert drawn.all("a.map__head") == ["H0 15", "H1 15"]


def test_map_flag_names_where_and_when():
    flag = Flag(typed("Summit, Tampa"), "/summit/", typed("Summit"), typed("Tampa"), 10, 14, 126)

    drawn = full("journeys/_map_flag.html", "svg", flag=flag)

    assert drawn.links == [(typed("Summit, Tampa"), "/summit/")]
    assert drawn.all("text") == [typed("Summit"), typed("Tampa")]


def test_map_flag_of_no_known_place_or_date_is_the_name():
    flag = Flag("Summit", "/summit/", "Summit", "", 10, 14, 126)

    assert empty("journeys/_map_flag.html", "svg", flag=flag).all("text") == ["Summit"]


@pytest.mark.parametrize("height", [0, 40])
def test_map_head_names_the_line(height):
    head = Head(
        typed("RAB Rabat"), "/rabat/", "na", 20, "RAB", typed("Rabat"), typed("MENA"), height
    )

    drawn = full("journeys/_map_head.html", "svg", head=head)

    assert drawn.links == [(typed("RAB Rabat"), "/rabat/")]
    assert drawn.all("text") == [*([] if height else ["RAB"]), typed("Rabat"), typed("MENA")]


@pytest.mark.parametrize("height", [0, 20])
def test_map_head_without_code_or_room_is_the_name(height):
    head = Head("Africa", "/africa/", "na", 20, name="Africa", height=height)

    assert empty("journeys/_map_head.html", "svg", head=head).all("text") == ["Africa"]


def test_map_key_explains_each_sign():
    shapes = ["stop", "joined", "diamond", "dot"]
    lane = Lane("a", "na", 50, marks=[mark_of(shape=shape, colour="na") for shape in shapes])
    drawing = Drawing("full", lanes=[lane], capsules=[Capsule("a", 100, 20, 80, 0)])

    key = full("journeys/_map_key.html", drawing=drawing, declarations=[typed("Pact")])

    assert key.all("li") == [
        "A milestone",
        "City joins the Network",
        "Interchange: a shared event",
        f"Acts on the {typed('Pact')}",
    ]


def test_map_key_of_several_declarations_names_none():
    drawing = Drawing("full", lanes=[Lane("a", "na", 50, marks=[mark_of(shape="diamond")])])

    key = full("journeys/_map_key.html", drawing=drawing, declarations=["One", "Two"])

    assert key.all("li") == ["A milestone", "Acts on a declaration that cities share"]


def test_map_key_of_plain_stops_is_one_sign():
    drawing = Drawing("full", lanes=[Lane("a", "na", 50, marks=[mark_of()])])

    assert empty("journeys/_map_key.html", drawing=drawing, declarations=[]).all("li") == [
        "A milestone"
    ]


@pytest.mark.parametrize(("mode", "titles"), [("full", []), ("compact", [typed("Tea")])])
def test_map_lane_leads_to_its_stops(mode, titles):
    head = Head(typed("Rabat"), "/rabat/", "na", 50, "RAB", "Rabat")
    lane = Lane("a", "na", 50, head=head, marks=[mark_of(name=typed("Tea"), url="/tea/")])

    drawn = full("journeys/_map_lane.html", "svg", lane=lane, mode=mode, hit=13)

    assert drawn.all("title") == titles
    assert [address for _words, address in drawn.links] == ["/rabat/", "/tea/"]
    assert drawn.links[1][0] == typed("Tea")


def test_map_lane_may_leave_its_head_to_others():
    head = Head(typed("Rabat"), "/rabat/", "na", 50, "RAB", "Rabat")
    lane = Lane("a", "na", 50, head=head, marks=[mark_of(url="/tea/")])

    drawn = full("journeys/_map_lane.html", "svg", lane=lane, mode="full", hit=13, headless=True)

    assert [address for _words, address in drawn.links] == ["/tea/"]


def test_map_lane_head_is_a_link_or_a_name():
    head = Head(typed("Rabat"), "/rabat/", "na", 50, "RAB", "Rabat")

    linked = full("journeys/_map_lane_head.html", "svg", lane=Lane("a", "na", 50, head=head))
    named = empty("journeys/_map_lane_head.html", "svg", lane=Lane("a", "na", 50, name="Rabat"))

    assert linked.links == [(typed("Rabat"), "/rabat/")]
    assert named.text == "Rabat"
    assert named.links == []


def test_map_heads_name_hubs_and_lanes():
    hub = Head(typed("Africa"), "/africa/", "na", 50, name="Africa", height=40)
    head = Head(typed("Rabat"), "/rabat/", "na", 90, "RAB", "Rabat")
    drawing = Drawing("full", heads=[hub], lanes=[Lane("a", "na", 90, head=head)])

    heads = full("journeys/_map_heads.html", drawing=drawing)

    assert heads.links == [(typed("Africa"), "/africa/"), (typed("Rabat"), "/rabat/")]


def test_map_heads_of_no_lane_are_an_empty_ground():
    heads = empty("journeys/_map_heads.html", drawing=Drawing("full"))

    assert heads.links == []
    assert heads.names.count("rect") == 1


@pytest.mark.parametrize(("width", "drawings"), [(1224, 1), (2400, 2)])
def test_map_drawing_that_scrolls_has_its_heads_apart_and_once(width, drawings):
    drawing = draw(make_journey("Athens", make_stop("one", date(2023, 5, 1))))
    drawing.width = width

    drawn = empty("journeys/_map_drawing.html", drawing=drawing, heading="The map")

    assert drawn.names.count("svg") == drawings
    assert [address for _words, address in drawn.links] == ["/Athens/", "/one/"]


def test_map_lane_of_an_overview_is_a_name_with_stops_that_are_no_links():
    lane = Lane("a", "na", 50, name=typed("Rabat"), marks=[mark_of()])

    drawn = empty("journeys/_map_lane.html", "svg", lane=lane, mode="overview", hit=6)

    assert drawn.text == typed("Rabat")
    assert drawn.links == []


@pytest.mark.parametrize(
    ("shape", "element", "classes"),
    [
        ("stop", "circle", "map__stop"),
        ("joined", "circle", "map__stop map__stop--joined"),
        ("dot", "circle", "map__dot"),
        ("diamond", "path", "map__stop"),
    ],
)
def test_map_mark_has_its_shape_label_and_count(shape, element, classes):
    mark = mark_of(shape=shape, label=typed("Tea"), label_place="up", count=3, radius=6.5)

    drawn = full("journeys/_map_mark.html", "svg", mark=mark)

    assert drawn.attributes(element, "class") == [classes]
    assert drawn.all("text") == [typed("Tea"), "3"]


def test_map_mark_of_one_stop_without_label_has_no_words():
    assert empty("journeys/_map_mark.html", "svg", mark=mark_of()).names == ["circle"]
