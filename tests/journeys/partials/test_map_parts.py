"""The partials of the parts of the journeys map."""

from dataclasses import replace

import pytest

from journeys.drawings.map.drawing import Axis, Capsule, Drawing, Flag, Head, Lane, Mark, Word
from tests.partials import empty, full, typed


def mark_of(**fields) -> Mark:
    return Mark(**{"key": "a", "x": 100, "y": 50, "shape": "stop", "month": 0} | fields)


def test_map_axis_writes_years_months_and_breaks_or_nothing():
    axis = Axis(
        bands=["M1 2h3z", "M4 5h6z"],
        years=[Word(1, 2, "2023", start=True), Word(3, 4, "2024")],
        months=[Word(5, 6, "J")],
        notes=[Word(7, 8, typed("no date"))],
        ticks="M1 2v4",
    )

    drawn = full("journeys/_map_drawing.html", drawing=Drawing("full", axis=axis))

    assert drawn.all("text") == ["2023", "2024", "J", typed("no date")]
    assert drawn.attributes("path", "d") == ["M1 2h3zM4 5h6z", "M1 2v4"]
    assert drawn.all(".map__middle") == ["2024"]

    drawn = empty("journeys/_map_drawing.html", drawing=Drawing("full", axis=Axis()))

    assert set(drawn.names) == {"div", "svg", "g"}


def test_map_capsules_reach_from_line_to_line_and_several_declarations_have_no_name():
    drawing = Drawing("full", lanes=[Lane("a", "na", 50, marks=[mark_of(shape="diamond")])])

    drawn = full("journeys/_map_capsules.html", "svg", capsules=[Capsule("a", 100, 20, 80, 0)])
    key = full("journeys/_map_key.html", drawing=drawing, declarations=["One", "Two"])
    dashed = full("journeys/_map_key.html", drawing=replace(drawing, launches=["M1 2v3"]))

    assert drawn.attributes("rect", "x") == ["87"]
    assert drawn.attributes("rect", "height") == ["60"]
    assert key.all("li") == ["A milestone", "Acts on a declaration that cities share"]
    told = "Launched at that event; this city is not said to have been there"
    assert dashed.all("li")[-1] == told


def test_map_flag_names_where_and_when_if_it_is_known():
    flag = Flag(typed("Summit, Tampa"), "/summit/", typed("Summit"), typed("Tampa"), 10, 14, 126)
    flag.leader = "M1 2v3"

    drawn = full("journeys/_map_drawing.html", drawing=Drawing("full", flags=[flag]))

    assert drawn.links == [(typed("Summit, Tampa"), "/summit/")]
    assert drawn.all("text") == [typed("Summit"), typed("Tampa")]

    flag = Flag("Summit", "/summit/", "Summit", "", 10, 14, 126, leader="M1 2v3")

    drawn = empty("journeys/_map_drawing.html", drawing=Drawing("full", flags=[flag]))

    assert drawn.all("text") == ["Summit"]


@pytest.mark.parametrize("height", [0, 40])
def test_map_head_names_the_line_and_without_code_or_room_the_name(height):
    words = "RAB", typed("Rabat"), typed("MENA")
    head = Head(typed("RAB Rabat"), "/rabat/", "na", 20, *words, height)
    bare = Head("Africa", "/africa/", "na", 20, name="Africa", height=height // 2)

    drawn = full("journeys/_map_head.html", "svg", head=head)

    assert drawn.links == [(typed("RAB Rabat"), "/rabat/")]
    assert drawn.all("text") == list(words[1 if height else 0 :])
    assert empty("journeys/_map_head.html", "svg", head=bare).all("text") == ["Africa"]


@pytest.mark.parametrize(("mode", "titles"), [("full", []), ("compact", [typed("Tea")])])
def test_map_lane_leads_to_its_stops(mode, titles):
    head = Head(typed("Rabat"), "/rabat/", "na", 50, "RAB", "Rabat")
    lane = Lane("a", "na", 50, head=head, marks=[mark_of(name=typed("Tea"), url="/tea/")])

    drawn = full("journeys/_map_lane.html", "svg", lane=lane, mode=mode, hit=13)

    assert drawn.all("title") == titles
    assert [address for _words, address in drawn.links] == ["/rabat/", "/tea/"]
    assert drawn.links[1][0] == typed("Tea")


def test_map_lane_of_an_overview_is_a_name_with_stops_that_are_no_links():
    lane = Lane("a", "na", 50, name=typed("Rabat"), marks=[mark_of()])

    drawn = empty("journeys/_map_lane.html", "svg", lane=lane, mode="overview", hit=6)

    assert drawn.text == typed("Rabat")
    assert drawn.attributes("use", "href") == ["#map-stop"]
    assert drawn.links == []


def test_map_mark_has_its_shape_and_label_or_no_words():
    for shape, element, classes in (
        ("stop", "circle", "map__stop"),
        ("joined", "circle", "map__stop map__stop--joined"),
        ("dot", "circle", "map__dot"),
        ("diamond", "path", "map__stop"),
    ):
        mark = mark_of(shape=shape, label=typed("Tea"), label_place="up", radius=6.5)
        drawn = full("journeys/_map_mark.html", "svg", mark=mark)
        assert drawn.attributes(element, "class") == [classes]
        assert drawn.all("text") == [typed("Tea")]
    assert empty("journeys/_map_mark.html", "svg", mark=mark_of()).names == ["circle"]
