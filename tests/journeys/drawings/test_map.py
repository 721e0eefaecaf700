"""What the map makes of small networks."""

from datetime import date
from itertools import pairwise, permutations

import pytest

from journeys.drawings.map import Initiative, arrange, build_strip
from journeys.drawings.map.drawing import Capsule, Flag
from journeys.drawings.map.flags import HEIGHT, place_flags
from journeys.drawings.map.lanes import best_order
from journeys.drawings.map.routes import launch_link, path, route
from tests.journeys.drawings.map_examples import (
    draw,
    make_event,
    make_journey,
    make_network,
    make_pair,
    make_stop,
)


def marks(drawing):
    return [mark for lane in drawing.lanes for mark in lane.marks]


def by_key(drawing):
    return {mark.key: mark for mark in marks(drawing)}


def test_nothing_makes_an_empty_map():
    drawing = draw()

    assert drawing.lanes == []
    assert drawing.height > 0


def test_journey_without_stops_has_no_lane():
    drawing = draw(make_journey("Athens"), make_journey("Rabat", make_stop("r", date(2023, 1, 1))))

    assert [lane.name for lane in drawing.lanes] == ["Rabat"]


def test_two_journeys_meet_in_one_capsule():
    journeys, events = make_pair()

    drawing = draw(*journeys, events=events)

    capsule = drawing.capsules[0]
    dots = [mark for mark in marks(drawing) if mark.shape == "dot"]
    assert [dot.key for dot in dots] == ["Athens-2", "Rabat-2"]
    assert {dot.x for dot in dots} == {capsule.x}
    assert dots[1].y - dots[0].y == 26


def test_one_journey_at_an_event_is_a_stop():
    journeys, events = make_pair()

    drawing = draw(journeys[0], events=events)

    assert drawing.capsules == drawing.flags == []
    assert {mark.shape for mark in marks(drawing)} == {"stop"}


def test_two_stops_of_one_journey_are_no_interchange():
    stops = [make_stop(str(n), date(2023, n, 1), n, events=("m",)) for n in (1, 2)]

    drawing = draw(make_journey("Athens", *stops), events=[make_event("m")])

    assert drawing.capsules == []


def test_stop_at_two_events_stands_at_the_larger():
    day = date(2023, 9, 19)
    both = {"events": ("session", "summit")}
    journeys = [make_journey(name, make_stop(name, day, **both)) for name in ("A", "B")]
    journeys.append(make_journey("C", make_stop("C", day, events=("summit",))))

    drawing = draw(*journeys, events=[make_event("session", day), make_event("summit", day)])

    assert [capsule.key for capsule in drawing.capsules] == ["summit"]


def test_event_without_a_date_takes_the_first_of_its_stops():
    journeys, _ = make_pair(date(2023, 9, 1))

    drawing = draw(*journeys, events=[make_event("summit")])

    assert drawing.capsules[0].month == 2023 * 12 + 8


def test_stop_placed_with_an_event_elsewhere_in_time_says_so():
    journeys, events = make_pair()
    moved = make_stop("x", date(2023, 5, 1), events=("summit",), names_at={"summit": "printed May"})

    drawing = draw(*journeys, make_journey("Tirana", moved), events=events)

    assert by_key(drawing)["x"].name == "printed May"
    assert by_key(drawing)["x"].month == 2023 * 12 + 8


def test_joined_is_solid_and_declaration_a_diamond():
    drawing = draw(
        make_journey(
            "Athens",
            make_stop("joins", date(2023, 1, 1), joined=True),
            make_stop("acts", date(2023, 2, 1), initiatives=("declaration",)),
        )
    )

    assert [mark.shape for mark in marks(drawing)] == ["joined", "diamond"]


def test_undated_stop_stands_last_on_a_dotted_line():
    drawing = draw(
        make_journey("Athens", make_stop("a", None), make_stop("b", date(2023, 1, 1), position=2))
    )

    assert [mark.key for mark in marks(drawing)] == ["b", "a"]
    assert drawing.has_undated
    assert drawing.axis.notes[-1].text == "no date"
    assert drawing.lanes[0].line == ""
    assert drawing.lanes[0].guide.endswith(f"H{marks(drawing)[1].x}")


def test_long_silence_is_one_break_that_names_its_years():
    drawing = draw(
        make_journey("A", make_stop("a", date(2017, 1, 1)), make_stop("b", date(2022, 10, 1)))
    )

    assert drawing.has_breaks
    assert [note.text for note in drawing.axis.notes] == ["no stops", "2017–22"]
    assert [year.text for year in drawing.axis.years] == ["2017", "2022"]


def test_year_and_twelve_empty_months_are_no_break():
    drawing = draw(
        make_journey("A", make_stop("a", date(2022, 1, 1)), make_stop("b", date(2023, 2, 1)))
    )

    assert not drawing.has_breaks
    assert drawing.axis.ticks.count("M") == 12


def test_stops_of_one_month_stand_in_order_of_day_then_story():
    drawing = draw(
        make_journey(
            "A",
            make_stop("late", date(2023, 5, 20), 1),
            make_stop("second", date(2023, 5, 1), 3),
            make_stop("first", date(2023, 5, 1), 2),
        )
    )

    assert [mark.key for mark in marks(drawing)] == ["first", "second", "late"]


def test_stop_before_and_after_an_event_in_its_month_keep_to_their_side():
    journeys, events = make_pair()
    extra = [make_stop("before", date(2023, 9, 1)), make_stop("after", date(2023, 9, 30))]
    journeys[0] = make_journey("Athens", *journeys[0].stops, *extra)

    drawing = draw(*journeys, events=events)

    x = drawing.capsules[0].x
    assert by_key(drawing)["before"].x < x < by_key(drawing)["after"].x


def test_launch_is_linked_to_lines_that_were_not_there():
    journeys, events = make_pair()
    acting = make_stop("acts", date(2023, 10, 1), initiatives=("declaration",))
    journeys.append(make_journey("Tirana", acting))

    drawing = draw(*journeys, events=events, initiatives=[Initiative("declaration", "D", "summit")])

    assert len(drawing.launches) == 1
    assert drawing.launches[0].startswith(f"M{drawing.capsules[0].x} {drawing.capsules[0].bottom}")


def test_line_at_the_launch_has_no_link():
    journeys, events = make_pair()
    acting = make_stop("acts", date(2024, 10, 1), initiatives=("declaration",))
    journeys[0] = make_journey("Athens", *journeys[0].stops, acting)

    drawing = draw(*journeys, events=events, initiatives=[Initiative("declaration", "D", "summit")])

    assert drawing.launches == []


def test_lane_order_is_the_best_of_all_and_the_first_of_equals():
    keys = list("abcde")
    ties = [({"a", "d"}, 10), ({"b", "d", "e"}, 10), ({"c", "e"}, 3)]

    def cost(order):
        places = [[order.index(key) for key in members] for members, _ in ties]
        spans = (max(place) - min(place) for place in places)
        return sum(span * weight for span, (_, weight) in zip(spans, ties, strict=True))

    assert best_order(keys, ties) == list(min(permutations(keys), key=lambda o: (cost(o), o)))


def test_route_bends_by_ramps_of_45_degrees():
    points = route(100, [(0, 100), (200, 143), (400, 100)], hold=14, longest=96)

    assert points == [(0, 100), (143, 100), (186, 143), (214, 143), (257, 100), (400, 100)]


def test_route_starts_in_the_capsule_if_that_is_its_first_stop():
    assert route(100, [(200, 143), (400, 100)], hold=14, longest=96)[0] == (200, 143)


def test_path_rounds_corners_and_names_straight_runs_short():
    assert path([(0, 0), (100, 0), (100, 50)]) == "M0 0H91Q100 0 100 9V50"


@pytest.mark.parametrize("to", [(60, 200), (20, 200), (40, 200), (400, 200), (60, -200)])
def test_launch_link_ends_at_its_stop(to):
    corners = launch_link(40, 0, 50, to)

    assert abs(corners[-1][0] - to[0]) <= 10
    assert abs(corners[-1][1] - to[1]) <= 10


def test_flags_close_together_take_two_rows():
    flags = [Flag("", "", "Name", "", 0, 0, 190) for _ in range(3)]

    rows = place_flags(flags, [300, 340, 800], 1224)

    assert rows == 2
    assert [flag.y for flag in flags] == [66, 14, 66]
    assert flags[0].x + flags[0].width < 340


def test_plate_stays_over_its_leader():
    flag = Flag("", "", "Name", "", 0, 0, 190)

    place_flags([flag], [20], 1224)

    assert flag.x == 0
    assert Capsule("", 20, 0, 0, 0).x < flag.x + flag.width
    assert flag.height == HEIGHT


MONTHS = [date(2023, month, 1) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("cities", "mode"),
    [(8, "full"), (9, "compact"), (24, "compact"), (25, "overview"), (60, "overview")],
)
def test_mode_grows_with_the_network(cities, mode):
    drawing = draw(*make_network(cities, MONTHS[:5]), events=[make_event("m")])

    assert drawing.mode == mode
    assert len(drawing.lanes) == cities
    assert len({mark.key for mark in marks(drawing)}) == cities * 5


@pytest.mark.parametrize(("cities", "stops", "mode"), [(8, 10, "full"), (9, 13, "compact")])
def test_mode_is_a_closer_one_where_stops_are_many(cities, stops, mode):
    days = [date(2023, 1 + n % 12, 1 + n) for n in range(stops + 1)]

    assert draw(*make_network(cities, days[:-1])).mode == mode
    assert draw(*make_network(cities, days)).mode != mode


def test_flag_of_an_overview_counts_its_cities():
    drawing = draw(*make_network(60, MONTHS), events=[make_event("m")])

    assert drawing.flags[0].below == "30 · then"


def test_above_eight_lanes_a_regions_lie_together():
    drawing = draw(*make_network(20, MONTHS))

    colours = [lane.colour for lane in drawing.lanes]
    assert sum(a != b for a, b in pairwise(colours)) == 6


def test_strip_has_a_row_for_each_stop_and_one_for_an_event():
    journeys, events = make_pair()

    strip = build_strip(arrange(journeys, events))

    assert [year.number for year in strip.years] == [2023, 2024]
    shapes = [row.shape for year in strip.years for row in year.rows]
    assert shapes == ["stop", "stop", "event", "stop", "stop"]
    assert [part.stop.key for part in strip.years[0].rows[2].parts] == ["Athens-2", "Rabat-2"]


def test_strip_draws_a_line_from_its_first_to_its_last_row():
    journeys, events = make_pair()

    years = build_strip(arrange(journeys, events)).years

    tracks = [[track.path for track in row.tracks] for year in years for row in year.rows]
    first, last = [row[0] for row in tracks[:1]], tracks[-1]
    assert first == ["M10 14V999"]
    assert last == ["M26 0V14"]


def test_strip_names_years_without_stops_and_puts_the_undated_last():
    stops = [make_stop("a", date(2017, 1, 1)), make_stop("b", date(2022, 1, 1))]

    strip = build_strip(arrange([make_journey("A", *stops, make_stop("c", None))]))

    assert [year.number for year in strip.years] == [2017, 2022, None]
    assert (strip.years[1].empty_from, strip.years[1].empty_to) == (2018, 2021)


def test_strip_of_a_large_network_has_a_row_for_each_region_and_year():
    strip = build_strip(arrange(make_network(60, MONTHS), [make_event("m")]))

    rows = [row for year in strip.years for row in year.rows]
    assert len(rows) == 8
    assert sum(row.stops for row in rows) == 60 * 12
    assert rows[0].url == "/journeys/?region=0&year=2023"
