"""What the map makes of small networks."""

from datetime import date
from itertools import pairwise, permutations

import pytest

from journeys.drawings.map import Initiative, arrange, build_strip
from journeys.drawings.map.arrange import best_order
from journeys.drawings.map.drawing import Flag, Mark
from journeys.drawings.map.flags import place_flags
from journeys.drawings.map.labels import Surroundings, place_labels, text_width
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


def test_undated_stop_stands_last_on_a_dotted_line():
    drawing = draw(
        make_journey("Athens", make_stop("a", None), make_stop("b", date(2023, 1, 1), position=2))
    )

    assert [mark.key for mark in marks(drawing)] == ["b", "a"]
    assert drawing.has_undated
    assert drawing.axis.notes[-1].text == "no date"
    assert drawing.lanes[0].line == ""
    assert drawing.lanes[0].guide.endswith(f"H{marks(drawing)[1].x}")


@pytest.mark.parametrize(
    ("first", "last", "notes"),
    [
        (date(2017, 1, 1), date(2022, 10, 1), ["no stops", "2018–21"]),
        (date(2020, 11, 1), date(2022, 1, 1), ["no stops", "2021"]),
        (date(2019, 12, 1), date(2022, 1, 1), ["no stops", "2020–21"]),
        (date(2020, 3, 1), date(2021, 9, 1), ["no stops"]),
        (date(2022, 1, 1), date(2023, 2, 1), []),
    ],
)
def test_long_silence_is_one_break_that_names_its_years_and_a_year_is_none(first, last, notes):
    drawing = draw(make_journey("A", make_stop("a", first), make_stop("b", last)))

    assert [note.text for note in drawing.axis.notes] == notes
    assert [word.text for word in drawing.axis.years] == [str(first.year), str(last.year)]
    assert drawing.has_breaks is bool(notes)
    assert drawing.axis.ticks.count("M") == (0 if notes else 12)


def test_label_hangs_down_only_where_its_first_letter_is_nearest_to_its_own_line():
    own, other, launch = [(0, 100), (300, 100)], [(0, 170), (300, 170)], [(150, 60), (190, 60)]
    places = []
    for lines in ([own], [own, other]):
        mark = Mark("a", 150, 100, "disc", 0, label="A long name of a stop")
        around = Surroundings(0, 400, 0, launches=[tuple(launch)])
        for line in lines:
            around.add_line(line)
        place_labels([mark], around)
        places.append(mark.label_place)

    assert places == ["down", "up"]


def test_flags_close_together_take_two_rows_and_plates_stay_over_their_leaders():
    flags = [Flag("", "", "Name", "", 0, 0, 190) for _ in range(3)]
    alone = Flag("", "", "Name", "", 0, 0, 190)

    rows = place_flags(flags, [300, 340, 800], 1224)
    place_flags([alone], [20], 1224)

    assert rows == 2
    assert [(flag.x, flag.y) for flag in (*flags, alone)] == [
        (142, 66),
        (245, 14),
        (705, 66),
        (0, 14),
    ]


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


def test_launch_is_linked_to_lines_that_were_not_there_and_to_no_others():
    journeys, events = make_pair()
    launched = {"events": events, "initiatives": [Initiative("declaration", "D", "summit")]}
    acting = make_stop("acts", date(2024, 10, 1), initiatives=("declaration",))
    there = [make_journey("Athens", *journeys[0].stops, acting), journeys[1]]

    drawing = draw(*journeys, make_journey("Tirana", acting), **launched)

    (launch,) = drawing.launches
    assert launch.startswith(f"M{drawing.capsules[0].x} {drawing.capsules[0].bottom}")
    assert draw(*there, **launched).launches == []


def test_lane_order_is_the_best_of_all_and_the_first_of_equals():
    keys = list("abcde")
    ties = [({"a", "d"}, 10), ({"b", "d", "e"}, 10), ({"c", "e"}, 3)]

    def cost(order):
        places = [[order.index(key) for key in members] for members, _ in ties]
        spans = (max(place) - min(place) for place in places)
        return sum(span * weight for span, (_, weight) in zip(spans, ties, strict=True))

    assert best_order(keys, ties) == list(min(permutations(keys), key=lambda o: (cost(o), o)))


def test_route_bends_by_ramps_of_45_degrees_and_its_path_rounds_corners():
    points = route(100, [(0, 100), (200, 143), (400, 100)], hold=14, longest=96)
    first = route(100, [(200, 143), (400, 100)], hold=14, longest=96)[0]

    assert points == [(0, 100), (143, 100), (186, 143), (214, 143), (257, 100), (400, 100)]
    assert first == (200, 143)  # in the capsule, if that is its first stop
    assert path([(0, 0), (100, 0), (100, 50)]) == "M0 0H91Q100 0 100 9V50"


@pytest.mark.parametrize("to", [(60, 200), (20, 200), (40, 200), (400, 200), (60, -200)])
def test_launch_link_ends_at_its_stop(to):
    corners = launch_link(40, 0, 50, to)

    assert abs(corners[-1][0] - to[0]) <= 10
    assert abs(corners[-1][1] - to[1]) <= 10


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


def test_overview_counts_cities_at_a_flag_and_stops_by_region_and_year_in_the_strip():
    network, events = make_network(60, MONTHS), [make_event("m")]

    drawing = draw(*network, events=events)
    strip = build_strip(arrange(network, events))

    assert drawing.flags[0].below == "30 · then"
    rows = [row for year in strip.years for row in year.rows]
    assert len(rows) == 8
    assert sum(row.stops for row in rows) == 60 * 12
    assert rows[0].url == "/journeys/?region=0&year=2023"


def test_above_eight_lanes_a_regions_lie_together():
    drawing = draw(*make_network(20, MONTHS))

    colours = [lane.colour for lane in drawing.lanes]
    assert sum(a != b for a, b in pairwise(colours)) == 6
    assert [(head.name, head.below) for head in drawing.heads][-2:] == [("H5", "3"), ("H6", "2")]


# What changes with the number of cities

SIZES = [(3, "full"), (12, "compact"), (30, "overview")]


@pytest.mark.parametrize(("cities", "mode"), SIZES)
def test_stops_are_links_only_where_they_stand_far_enough_apart(cities, mode):
    days = [date(2023, 1, 1), date(2023, 2, 1)]

    drawing = draw(*make_network(cities, days, 3, met=0), events=[make_event("m")])

    linked = {bool(mark.url) for lane in drawing.lanes for mark in lane.marks}
    assert drawing.mode == mode
    assert linked == {mode in ("full", "compact")}


@pytest.mark.parametrize(("cities", "days"), [(3, 1), (3, 8), (3, 13), (12, 1), (12, 3)])
def test_stops_that_are_links_stand_a_finger_apart(cities, days):
    several = [date(2015 + n // 5, 1 + n % 5, 1) for n in range(days) for _ in range(3)]

    drawing = draw(*make_network(cities, several, 3, met=0), events=[make_event("m")])

    shrunk = 1 if drawing.is_wide else 1152 / drawing.width
    for lane in drawing.lanes:
        places = [(mark.x, mark.y) for mark in lane.marks]
        assert all((b[0] - a[0]) * shrunk >= 24 for a, b in pairwise(places))


@pytest.mark.parametrize(("cities", "mode"), SIZES)
def test_words_of_a_break_touch_no_month(cities, mode):
    crowded = [date(2022 + n // 12, n % 12 + 1, 1) for n in range(90)]

    drawing = draw(*make_network(cities, [date(2017, 3, 1), *crowded], 3, met=0))

    words, years = drawing.axis.notes
    beside = min(abs(month.x - words.x) for month in drawing.axis.months)
    assert (words.text, years.text) == ("no stops", "2018–21")
    assert beside > text_width(words.text, 11) / 2 + text_width("M", 11) / 2
    before = drawing.axis.years[0]  # in bold letters, which may be a quarter wider
    room = text_width(years.text, 11.5) * 1.1 / 2 + text_width(before.text, 14) * 1.25 / 2
    assert (before.text, before.start) == ("2017", False)
    assert years.x - before.x > room


def test_strip_of_many_lines_draws_those_that_pass_a_whole_year_once_for_it():
    days = [date(2021, 1, 1), date(2022, 1, 1), date(2022, 2, 1), date(2023, 1, 1)]

    years = build_strip(arrange(make_network(30, days, regions=1))).years

    assert [[track.path for track in year.passing] for year in years] == [[], ["M10 0V9999"], []]
    assert [row.tracks for row in years[1].rows] == [[]]
    assert [track.path for track in years[2].rows[0].tracks] == ["M10 0V14"]
