"""The partials of the journeys map."""

from datetime import date
from urllib.parse import quote

import pytest

from journeys.drawings.map.drawing import Drawing, Head, Lane
from journeys.pages.journeys_map import journeys_map
from tests.factories import make_city, make_milestone
from tests.journeys.drawings.map_examples import REGIONS, draw, make_journey, make_pair, make_stop
from tests.partials import empty, full, typed


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


def test_map_part_leads_to_the_journeys_that_are_not_drawn():
    here = {"slug": typed("esa")}

    part = full("journeys/_map_part.html", total=40, region=here)

    assert part.links == [
        ("All cities", "/cities/"),
        ("Search the milestones", f"/journeys/?region={quote(here['slug'], safe='/')}"),
    ]
    assert empty("journeys/_map_part.html", total=1).links == [
        ("All cities", "/cities/"),
        ("Regional hubs", "/regions/"),
        ("Search the milestones", "/journeys/"),
    ]


def test_map_drawing_places_its_parts():
    journeys, events = make_pair()
    drawing = draw(*journeys, events=events)

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
        ("Event summit, Here · then", "/summit/"),
    ]


def test_map_drawing_of_one_stop_has_no_line_and_no_flag():
    drawing = draw(make_journey("Athens", make_stop("one", date(2023, 5, 1))))

    drawn = empty("journeys/_map_drawing.html", drawing=drawing, heading="The map")

    assert [address for _words, address in drawn.links] == ["/Athens/", "/one/"]
    assert not drawn.attributes("path.map__line, path.map__leader, path.map__launch", "d")


def test_map_drawing_of_many_journeys_names_its_regions():
    journeys = [
        make_journey(
            f"C{n:02}", make_stop(f"s{n}", date(2023, 1 + n % 12, 1)), region=REGIONS[n % 2]
        )
        for n in range(30)
    ]

    drawn = full("journeys/_map_drawing.html", drawing=draw(*journeys), heading="The map")

    assert drawn.all(".map__city") == [f"C{n:02}" for n in (*range(0, 30, 2), *range(1, 30, 2))]
    assert drawn.all("a.map__head") == ["H0 15", "H1 15"]
    assert drawn.attributes("g[id]", "id") == ["map-stop"]
    assert drawn.attributes("use", "href") == ["#map-stop"] * 30


def wide(**parts) -> Drawing:
    """A drawing that scrolls, so that its heads stand apart."""
    return Drawing("full", width=2400, **parts)


def test_map_heads_name_regions_and_lanes_if_there_are_any():
    region = Head(typed("Africa"), "/africa/", "na", 50, name="Africa", height=40)
    head = Head(typed("Rabat"), "/rabat/", "na", 90, "RAB", "Rabat")
    lanes = [Lane("a", "na", 90, head=head)]

    drawn = full("journeys/_map_drawing.html", drawing=wide(heads=[region], lanes=lanes))

    assert drawn.part(".map__heads").links == [
        (typed("Africa"), "/africa/"),
        (typed("Rabat"), "/rabat/"),
    ]

    heads = empty("journeys/_map_drawing.html", drawing=wide()).part(".map__heads")

    assert heads.links == []
    assert heads.names.count("rect") == 1


@pytest.mark.parametrize(("width", "drawings"), [(1224, 1), (2400, 2)])
def test_map_drawing_that_scrolls_has_its_heads_apart_and_once(width, drawings):
    drawing = draw(make_journey("Athens", make_stop("one", date(2023, 5, 1))))
    drawing.width = width

    drawn = empty("journeys/_map_drawing.html", drawing=drawing, heading="The map")

    assert drawn.names.count("svg") == drawings
    assert [address for _words, address in drawn.links] == ["/Athens/", "/one/"]
