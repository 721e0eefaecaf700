import re
from itertools import pairwise

import pytest

from journeys.pages.knot import LINES_DRAWN, path
from tests.factories import link_event, make_city, make_event, make_milestone

pytestmark = pytest.mark.django_db


def knot(client, event):
    return client.get(event.get_absolute_url()).context["knot"]


def event_of(cities: int):
    event = make_event(date="2023-05")
    for _number in range(cities):
        city = make_city()
        make_milestone(city=city, date="2022")
        link_event(make_milestone(city=city, date="2023-05"), event)
        make_milestone(city=city, date="2024")
    return event


def test_event_of_one_city_has_no_knot(client):
    assert knot(client, event_of(1)) is None


@pytest.mark.parametrize("cities", [2, 3, 6, 9])
def test_knot_draws_at_most_six_lines_inside_its_box(client, cities):
    drawing = knot(client, event_of(cities))

    numbers = [float(n) for t in drawing.threads for n in re.findall(r"-?[\d.]+", t.path)]
    assert len(drawing.threads) == min(cities, LINES_DRAWN)
    assert drawing.left_out == cities - len(drawing.threads)
    assert min(numbers) >= 0
    assert max(numbers) <= 1216
    assert all(t.y <= drawing.height - 40 for t in drawing.threads)


def test_lines_do_not_touch_in_the_capsule(client):
    ys = [thread.capsule_y for thread in knot(client, event_of(6)).threads]

    assert [b - a for a, b in pairwise(ys)] == [20] * 5


def test_line_starts_and_ends_where_the_journey_does(client):
    event = make_event(date="2023-05")
    for _number in range(2):
        link_event(make_milestone(date="2023-05"), event)

    threads = knot(client, event).threads

    assert all(not t.neighbours and t.path == f"M608 {t.capsule_y}H608" for t in threads)


def test_event_where_all_lines_end_says_so(client):
    event = make_event(date="2023-05", slug="last")
    for _number in range(2):
        link_event(make_milestone(date="2023-05"), event)

    last = client.get(event.get_absolute_url()).content.decode()
    other = client.get(event_of(2).get_absolute_url()).content.decode()

    assert "Latest stop on these lines" in last
    assert "Latest stop on" not in other


def test_straight_line_needs_no_ramp():
    assert path(122, 122, comes=True, goes=True) == "M0 122H1216"
