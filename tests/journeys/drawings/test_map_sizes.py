"""What changes with the number of cities: which stops are links, how close things may stand."""

from datetime import date
from itertools import pairwise

import pytest

from journeys.drawings.map import arrange, build_strip
from journeys.drawings.map.labels import text_width
from tests.journeys.drawings.map_examples import draw, make_event, make_network

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
