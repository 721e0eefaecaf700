"""The map for narrow screens: on the home page, and where there is too much or too little."""

from dataclasses import replace
from datetime import date

import pytest

from journeys.drawings.map import arrange, build_strip
from journeys.drawings.map.crossings import Crossing
from journeys.drawings.map.strip import Row
from tests.journeys.drawings.map_examples import REGIONS, make_event, make_journey, make_stop
from tests.journeys.stories import make_told_portal
from tests.partials import ARABIC, empty, full, typed, visited


def row_of(*, shape: str = "stop", columns: tuple[int, ...] = (0,), **fields) -> Row:
    return Row(date(2023, 5, 1), 1, list(columns), ["na"] * len(columns), shape, **fields)


@pytest.mark.django_db
def test_strip_of_home_tells_each_year_and_leads_to_its_stops_and_events(client):
    make_told_portal()

    strip = visited(client, "/").part(".strip")

    assert strip.all("summary") == [
        *("2022 1 stop", "2023 1 stop", f"2024 2 stops, {typed('Summit')}", "2025 1 stop")
    ]
    assert strip.attributes("details", "open") == ["", None, "", ""]  # the fullest too
    printed = f"{typed('May 2023')} (read as June 2023, uncertain)"
    assert strip.links == [
        (f"2022 · {typed('Rabat')}{typed('Before')}", "/journeys/rabat/before/"),
        (f"May · {typed('Oslo')}{typed('Heard')}", "/journeys/oslo/heard/"),
        (f"{typed('Summit')}, {typed('Tampa')}", "/events/summit/"),
        ("MSKMasaka There", "/journeys/masaka/%D9%87%D9%86%D8%A7%D9%83/"),
        (
            f"RAB{typed('Rabat')} {typed('Tea with the mayor')} {printed}",
            "/journeys/rabat/tea/",
        ),
        (f"2025 · {typed('Rabat')}{ARABIC}", "/journeys/rabat/after/"),
    ]
    assert "December · 2 lines meet" in strip.all(".strip__when")
    assert strip.attributes("rect", "width") == ["34"]
    assert strip.attributes("circle.map__dot", "cx") == ["10", "26"]
    assert {*strip.attributes("path", "class")} == {"strip__track line--mena"}
    assert {*strip.attributes("path", "d")} == {"M26 14V999", "M26 0V999", "M26 0V14"}


def test_strip_names_the_years_without_a_stop_and_stops_without_a_date():
    years = [date(2021, 1, 1), date(2023, 1, 1), date(2027, 1, 1), None]
    stops = [make_stop(str(n), day, when=ARABIC) for n, day in enumerate(years)]
    strip = build_strip(arrange([make_journey("Oslo", *stops)], (), ()))

    assert full("journeys/_journeys_strip.html", strip=strip).all("summary") == [
        *("2021 1 stop", "2023 1 stop; none 2022", "2027 1 stop; none 2024–2026", "No date 1 stop")
    ]


def test_mark_of_a_stop_has_its_shape():
    for shape, element, classes in (
        ("stop", "circle", "map__stop"),
        ("joined", "circle", "map__stop map__stop--joined"),
        ("diamond", "path", "map__stop"),
    ):
        row = row_of(shape=shape, region=REGIONS[0], url="/", stops=1, cities=1)
        drawn = empty("journeys/_strip_row.html", row=row, gutter=20)
        assert drawn.part("svg").names == ["svg", element]
        assert drawn.attributes(element, "class") == [classes]


def test_strip_of_many_counts_cities_at_an_event_and_stops_of_a_region():
    event = row_of(
        shape="event", columns=(0, 1), crossing=Crossing(make_event("summit")), cities=70
    )
    address = "/journeys/?region=0&year=2023"
    region = row_of(
        region=replace(REGIONS[0], name=typed("Africa")), stops=5, cities=1, url=address
    )

    counted, of_region = (
        full("journeys/_strip_row.html", row=row, gutter=20) for row in (event, region)
    )

    assert counted.all(".strip__when") == ["70 cities"]
    assert counted.links == [("Event summit, Here", "/summit/")]
    assert of_region.links == [(f"{typed('Africa')}5 stops in 1 city", address)]
