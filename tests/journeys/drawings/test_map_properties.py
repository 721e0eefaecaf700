"""What holds for every map, whatever the journeys."""

import re
from collections import Counter
from datetime import date
from itertools import combinations, pairwise, permutations
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.drawings.map import Initiative, arrange, build_map, build_strip
from journeys.drawings.map.labels import COS, SIN, text_width
from tests.journeys.drawings.map_examples import REGIONS, make_event, make_journey, make_stop

EVENTS = ["m0", "m1", "m2", "m3"]
DAYS = st.one_of(
    st.none(),
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
    st.dates(),
)
STOPS = st.lists(
    st.tuples(
        DAYS,
        st.lists(st.sampled_from(EVENTS), max_size=2, unique=True),
        st.booleans(),
        st.text("Abcdefghi klm", min_size=1, max_size=22),
    ),
    max_size=9,
)


@st.composite
def networks(draw, smallest=0, largest=11):
    """Journeys, the events that their stops name, and a declaration launched at the first."""
    journeys = [
        make_journey(
            f"City {number:02}",
            *(
                make_stop(
                    f"{number}-{position}",
                    day,
                    position,
                    events=tuple(events),
                    joined=position == 1,
                    initiatives=("d",) if acts else (),
                    label=label,
                )
                for position, (day, events, acts, label) in enumerate(stops)
            ),
            region=REGIONS[number % 3],
        )
        for number, stops in enumerate(draw(st.lists(STOPS, min_size=smallest, max_size=largest)))
    ]
    events = [make_event(key, draw(DAYS)) for key in EVENTS]
    return journeys, events, [Initiative("d", "Declaration", "m0")]


def marks_of(drawing):
    return [mark for lane in drawing.lanes for mark in lane.marks]


@given(networks())
def test_every_stop_is_on_the_map_and_in_the_strip_once(network):
    drawing, strip = build_map(arrange(*network)), build_strip(arrange(*network))

    wanted = Counter(stop.key for journey in network[0] for stop in journey.stops)
    parts = [part for year in strip.years for row in year.rows for part in row.parts]
    assert Counter(mark.key for mark in marks_of(drawing)) == wanted
    assert Counter(part.stop.key for part in parts) == wanted
    assert sum(year.stops for year in strip.years) == len(parts)


@given(networks())
def test_stops_stand_apart_in_order_of_months_and_capsules_are_where_lines_meet(network):
    drawing = build_map(arrange(*network))
    marks = sorted(marks_of(drawing), key=lambda mark: mark.x)

    for lane in drawing.lanes:
        for mark, other in combinations(lane.marks, 2):
            apart = hypot(mark.x - other.x, mark.y - other.y)
            assert apart >= mark.radius + other.radius
    for capsule in drawing.capsules:
        for mark in marks:
            inside = capsule.left <= mark.x <= capsule.left + capsule.width
            if inside and capsule.top <= mark.y <= capsule.bottom:
                assert (mark.shape, mark.x) == ("dot", capsule.x)
    assert all(mark.month <= following.month for mark, following in pairwise(marks))
    dots = Counter(mark.x for mark in marks if mark.shape == "dot")
    assert all(dots[capsule.x] >= 2 for capsule in drawing.capsules)
    assert sum(dots.values()) == sum(dots[x] for x in {c.x for c in drawing.capsules})


@given(networks())
def test_everything_lies_inside_the_drawing(network):
    check_inside(build_map(arrange(*network)))


@settings(max_examples=8)
@given(networks(smallest=25, largest=40))
def test_large_networks_keep_every_stop_inside_and_apart(network):
    drawing = build_map(arrange(*network))

    check_inside(drawing)
    for lane in drawing.lanes:
        for mark, other in pairwise(lane.marks):
            assert other.x - mark.x >= mark.radius + other.radius


def check_inside(drawing):
    points = [(x, y) for mark in marks_of(drawing) for x, y in around(mark)]
    points += [(c.left, c.top) for c in drawing.capsules]
    points += [(c.left + c.width, c.bottom) for c in drawing.capsules]
    points += [(f.x, f.y) for f in drawing.flags]
    points += [(f.x + f.width, f.y + f.height) for f in drawing.flags]
    points += [(word.x, word.y) for word in (*drawing.axis.months, *drawing.axis.years)]
    points += [point for corners in drawing.links for point in corners]
    for lane in drawing.lanes:
        points += [(float(x), lane.y) for x in re.findall(r"[MHL](-?[\d.]+)", lane.line)]
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points)


def around(mark):
    """The corners of a stop, and the end of its label."""
    yield mark.x - mark.radius, mark.y - mark.radius
    yield mark.x + mark.radius, mark.y + mark.radius
    if mark.label:
        sign = -1 if mark.label_place == "down" else 1
        length = text_width(mark.label) * sign
        yield mark.label_x + length * COS, mark.label_y - length * SIN


@given(networks())
def test_flags_do_not_cover_each_other_and_stand_over_their_leaders(network):
    drawing = build_map(arrange(*network))

    for flag, other in combinations(drawing.flags, 2):
        apart = flag.x + flag.width <= other.x or other.x + other.width <= flag.x
        assert apart or flag.y != other.y
    placed = list(zip(drawing.flags, drawing.capsules, strict=True))
    for flag, capsule in placed:
        assert flag.x <= capsule.x <= flag.x + flag.width
        assert flag.y + flag.height <= capsule.top
    for (flag, capsule), (below, _capsule) in permutations(placed, 2):
        is_crossed = below.x <= capsule.x <= below.x + below.width
        assert not (flag.y < below.y and is_crossed)


@given(networks(largest=7), STOPS)
def test_one_more_city_moves_no_month_out_of_order(network, stops):
    journeys, events, initiatives = network
    one_more = make_journey(
        "Zagreb",
        *(make_stop(f"z{n}", day, n, label=word) for n, (day, _, _, word) in enumerate(stops)),
    )

    before = months(build_map(arrange(journeys, events, initiatives)))
    after = months(build_map(arrange([*journeys, one_more], events, initiatives)))

    assert after == sorted(after)
    assert set(before) <= set(after)
    assert [month for month in after if month in set(before)] == before


def months(drawing) -> list[int]:
    """The months in the order in which the map shows them, each once."""
    marks = sorted(marks_of(drawing), key=lambda mark: mark.x)
    return list(dict.fromkeys(mark.month for mark in marks))
