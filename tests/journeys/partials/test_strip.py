"""The partials of the map for narrow screens."""

from dataclasses import replace
from datetime import date

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
    at = {"note": typed("June (read as May)"), "events": ("summit",)}
    journeys = [
        make_journey(name, make_stop(name, date(2023, 5, 1), title=typed(f"In {name}"), **at))
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
    assert page.attributes("details", "open") == [None, "", "", ""]  # the fullest too
    assert ("Event summit, Here", "/summit/") in page.links


def test_journeys_strip_of_one_stop_is_one_row_and_a_year_without_stops_is_named():
    one = strip_of(make_journey("Rabat", make_stop("tea", date(2023, 5, 1), when="May")))
    stops = [make_stop(str(year), date(year, 1, 1), when="Then") for year in (2021, 2023)]

    page = empty("journeys/_journeys_strip.html", strip=one)
    gap = full("journeys/_journeys_strip.html", strip=strip_of(make_journey("Rabat", *stops)))

    assert page.all("summary") == ["2023 1 stop"]
    assert page.links == [("May · RabatTitle tea", "/tea/")]
    assert gap.all("summary")[1] == "2023 1 stop; none 2022"


def test_strip_mark_has_its_shape_and_that_of_an_event_a_dot_for_each_line():
    row = row_of(shape="event", columns=(0, 2), crossing=Crossing(make_event("summit")))
    drawn = full("journeys/_strip_row.html", row=row, gutter=60)
    assert drawn.attributes("rect", "width") == ["50"]
    assert drawn.attributes("circle", "cx") == ["10", "42"]
    for shape, element, classes in (
        ("stop", "circle", "map__stop"),
        ("joined", "circle", "map__stop map__stop--joined"),
        ("diamond", "path", "map__stop"),
    ):
        row = row_of(shape=shape, region=REGIONS[0], url="/", stops=1, cities=1)
        drawn = empty("journeys/_strip_row.html", row=row, gutter=20)
        assert drawn.part("svg").names == ["svg", element]
        assert drawn.attributes(element, "class") == [classes]


def test_strip_event_leads_to_the_event_and_to_each_stop_or_counts_the_cities():
    box = full("journeys/_strip_row.html", row=make_event_row(), gutter=60)
    crossing = Crossing(make_event("summit"))
    row = row_of(shape="event", columns=(0, 1), crossing=crossing, cities=70)
    counted = empty("journeys/_strip_row.html", row=row, gutter=60)

    note = typed("June (read as May)")
    assert box.all(".strip__when")[0] == "May · 2 lines meet"
    assert box.links == [
        (f"{typed('Summit')}, {typed('Tampa')}", "/summit/"),
        (f"ATHAthens {typed('In Athens')} {note}", "/Athens/"),
        (f"RABRabat {typed('In Rabat')} {note}", "/Rabat/"),
    ]
    assert counted.all(".strip__when") == ["70 cities"]
    assert counted.links == [("Event summit, Here", "/summit/")]


def test_strip_row_says_when_where_and_what_or_counts_stops_and_cities():
    row = make_row(title=typed("Tea"))
    address = "/journeys/?region=0&year=2023"
    region = replace(REGIONS[0], name=typed("Africa"))
    counted = row_of(region=region, stops=5, cities=1, url=address)

    item, of_region = (full("journeys/_strip_row.html", row=r, gutter=20) for r in (row, counted))

    when = f"{typed('May')} · {typed('Rabat')}"
    assert item.links == [(f"{when}{typed('Tea')}", "/tea/")]
    assert of_region.links == [(f"{typed('Africa')}5 stops in 1 city", address)]


def test_strip_tracks_have_the_colours_of_their_lines():
    tracks = [Track("na", "M10 0V999"), Track("mena", "M26 14V999")]

    drawn = full("journeys/_strip_tracks.html", "svg", tracks=tracks)

    assert drawn.attributes("path", "class") == ["strip__track line--na", "strip__track line--mena"]
    assert drawn.attributes("path", "d") == ["M10 0V999", "M26 14V999"]
