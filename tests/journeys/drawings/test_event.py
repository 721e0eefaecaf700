import re
from itertools import pairwise

import pytest

from journeys.drawings.event import LINES_DRAWN, EventLine, StopBeside, corners, draw_event
from tests.factories import link_event, make_city, make_event, make_milestone

BEFORE, AFTER = StopBeside("First workshop", "May 2022"), StopBeside("Joined", "2024")


def draw(cities: int, before: StopBeside | None = BEFORE, after: StopBeside | None = AFTER):
    lines = [EventLine(f"C{number}", "mena", before, after) for number in range(cities)]
    return draw_event(lines, cities)


def event_of(cities: int):
    event = make_event(date="2023-05")
    for _number in range(cities):
        city = make_city()
        make_milestone(city=city, date="2022")
        link_event(make_milestone(city=city, date="2023-05"), event)
        make_milestone(city=city, date="2024")
    return event


@pytest.mark.django_db
@pytest.mark.parametrize("cities", [1, 2, 9])
def test_page_of_an_event_draws_the_cities_that_were_there(client, cities):
    drawing = client.get(event_of(cities).get_absolute_url()).context["drawing"]

    drawn = [len(line.stops) for line in drawing.lines] if drawing else []
    assert drawn == {1: [], 2: [2] * 2, 9: [2] * LINES_DRAWN}[cities]
    if drawing:
        path = " ".join(line.path for line in drawing.lines)
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
        assert drawing.left_out == cities - len(drawn)
        assert 0 <= min(numbers) <= max(numbers) <= 1216
        assert all(line.y <= drawing.height - 40 for line in drawing.lines)


def test_lines_do_not_touch_in_the_capsule_and_start_and_end_where_journeys_do():
    ys = [line.capsule_y for line in draw(6).lines]
    lines = draw(2, before=None, after=None).lines

    assert [b - a for a, b in pairwise(ys)] == [20] * 5
    assert all(not line.stops and line.path == f"M608 {line.capsule_y}H608" for line in lines)
    assert corners(122, 122, comes=True, goes=True) == [(0, 122), (1216, 122)]
    assert draw(1) is None


@pytest.mark.django_db
def test_event_where_all_lines_end_says_so(client):
    event = make_event(date="2023-05", slug="last")
    for _number in range(2):
        link_event(make_milestone(date="2023-05"), event)

    last = client.get(event.get_absolute_url()).content.decode()
    other = client.get(event_of(2).get_absolute_url()).content.decode()

    assert "No later milestone" in last
    assert "No later milestone" not in other
