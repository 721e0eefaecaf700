"""The partials of the map for narrow screens."""

from dataclasses import replace
from datetime import date

import pytest

from journeys.drawings.map import Strip, arrange, build_strip
from journeys.drawings.map.crossings import Crossing
from journeys.drawings.map.strip import Row, Track
from tests.journeys.drawings.map_examples import REGIONS, make_event, make_journey, make_stop
from tests.partials import ARABIC, empty, full, typed


def strip_of(*journeys, events=()) -> Strip:
    return build_strip(arrange(journeys, events, ()))


def row_of(*, shape: str = "stop", columns: tuple[int, ...] = (0,), **fields) -> Row:
    return Row(date(2023, 5, 1), 1, list(columns), ["na"] * len(columns), shape, **fields)


def make_row(**fields) -> Row:
    """The row of a single stop."""
    stop = make_stop("tea", date(2023, 5, 1), **{"when": typed("May")} | fields)
    return strip_of(make_journey(typed("Rabat"), stop)).years[0].rows[0]


def make_event_row() -> Row:
    """The row where two journeys meet."""
    journeys = [
        make_journey(
            name,
            make_stop(
                name,
                date(2023, 5, 1),
                title=typed(f"In {name}"),
                note=typed("printed June"),
                events=("summit",),
            ),
        )
        for name in ("Athens", "Rabat")
    ]
    summit = replace(make_event("summit"), name=typed("Summit"), place=typed("Tampa"), month="May")
    return strip_of(*journeys, events=[summit]).years[0].rows[0]


def test_journeys_strip_tells_each_year():
    journeys = [
        make_journey(
            name,
            make_stop(f"{name}-1", date(2023, 5, 1), when="May", events=("summit",)),
            make_stop(f"{name}-2", date(2024, 1, 1), when="January"),
        )
        for name in ("Athens", "Rabat")
    ]
    late = make_stop("late", date(2029, 1, 1), when="January")
    undated = make_stop("undated", None, when=ARABIC)
    oslo = make_journey("Oslo", late, undated)
    strip = strip_of(*journeys, oslo, events=[make_event("summit")])

    page = full("journeys/_journeys_strip.html", strip=strip)

    assert page.all("summary") == [
        "2023 2 stops, Event summit",
        "2024 2 stops",
        "2029 1 stop; none 2025–2028",
        "No date 1 stop",
    ]
    assert page.attributes("details", "open") == [None, None, "", ""]
    assert ("Event summit, Here", "/summit/") in page.links


def test_journeys_strip_of_one_stop_is_one_row():
    strip = strip_of(make_journey("Rabat", make_stop("tea", date(2023, 5, 1), when="May")))

    page = empty("journeys/_journeys_strip.html", strip=strip)

    assert page.all("summary") == ["2023 1 stop"]
    assert page.links == [("May · RabatTitle tea", "/tea/")]


def test_journeys_strip_names_a_single_year_without_stops():
    stops = [make_stop(str(year), date(year, 1, 1), when="Then") for year in (2021, 2023)]

    page = full("journeys/_journeys_strip.html", strip=strip_of(make_journey("Rabat", *stops)))

    assert page.all("summary")[1] == "2023 1 stop; none 2022"


def test_strip_mark_of_an_event_has_a_dot_for_each_line():
    row = row_of(shape="event", columns=(0, 2), crossing=Crossing(make_event("summit")))

    drawn = full("journeys/_strip_row.html", row=row, gutter=60)

    assert drawn.attributes("rect", "width") == ["50"]
    assert drawn.attributes("circle", "cx") == ["10", "42"]


@pytest.mark.parametrize(
    ("shape", "element", "classes"),
    [
        ("stop", "circle", "map__stop"),
        ("joined", "circle", "map__stop map__stop--joined"),
        ("diamond", "path", "map__stop"),
    ],
)
def test_strip_mark_of_a_stop_has_its_shape(shape, element, classes):
    row = row_of(shape=shape, region=REGIONS[0], url="/", stops=1, cities=1)

    drawn = empty("journeys/_strip_row.html", row=row, gutter=20)

    assert drawn.part("svg").names == ["svg", element]
    assert drawn.attributes(element, "class") == [classes]


def test_strip_event_leads_to_the_event_and_to_each_stop():
    box = full("journeys/_strip_row.html", row=make_event_row(), gutter=60)

    note = typed("printed June")
    assert box.all(".strip__when")[0] == "May · 2 lines meet"
    assert box.links == [
        (f"{typed('Summit')}, {typed('Tampa')}", "/summit/"),
        (f"ATHAthens {typed('In Athens')} {note}", "/Athens/"),
        (f"RABRabat {typed('In Rabat')} {note}", "/Rabat/"),
    ]


def test_strip_event_of_regions_counts_the_cities():
    event = make_event("summit")
    row = row_of(shape="event", columns=(0, 1), crossing=Crossing(event), cities=70)

    box = empty("journeys/_strip_row.html", row=row, gutter=60)

    assert box.all(".strip__when") == ["70 cities"]
    assert box.links == [("Event summit, Here", "/summit/")]


def test_strip_row_says_when_where_and_what():
    row = make_row(title=typed("Tea"), note=typed("printed June"))

    item = full("journeys/_strip_row.html", row=row, gutter=20)

    when = f"{typed('May')} · {typed('Rabat')} · {typed('printed June')}"
    assert item.links == [(f"{when}{typed('Tea')}", "/tea/")]


def test_strip_row_of_a_region_counts_stops_and_cities():
    region = replace(REGIONS[0], name=typed("Africa"))
    row = row_of(region=region, stops=5, cities=1, url="/journeys/?region=0&year=2023")

    item = full("journeys/_strip_row.html", row=row, gutter=20)

    assert item.links == [(f"{typed('Africa')}5 stops in 1 city", "/journeys/?region=0&year=2023")]


def test_strip_tracks_have_the_colours_of_their_lines():
    tracks = [Track("na", "M10 0V999"), Track("mena", "M26 14V999")]

    drawn = full("journeys/_strip_tracks.html", "svg", tracks=tracks)

    assert drawn.attributes("path", "class") == ["strip__track line--na", "strip__track line--mena"]
    assert drawn.attributes("path", "d") == ["M10 0V999", "M26 14V999"]
