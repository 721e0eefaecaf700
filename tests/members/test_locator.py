"""The picture of where a city is: land and water, and what it is made of."""

import json
import math
import re
from gzip import compress
from itertools import accumulate, pairwise
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from members import locator
from members.locator import CENTRE, COLOURS, EDGE, Locator
from members.models import LineColour

CORE_CSS = Path(__file__).parents[2] / "static" / "css" / "core.css"
SVG = "{http://www.w3.org/2000/svg}"
FIVE_CITIES = {
    "Athens": (39.3292, -82.1013),
    "Hani i Elezit": (42.1475, 21.2967),
    "Mardan": (34.2, 72.05),
    "Masaka City": (-0.3411, 31.7361),
    "Rabat": (34.0209, -6.8416),
}
NORTH_POLE, SOUTH_POLE = (90.0, 0.0), (-90.0, 0.0)
SUVA, REYKJAVIK, PITCAIRN = (-18.1416, 178.4419), (64.1466, -21.9426), (-25.066, -130.1)
FACING_THE_CAPE = (34.8, -160.0)  # at sea, in sight of Asia, with Africa on the far side
ON_LAND = [*FIVE_CITIES.values(), SOUTH_POLE, (67.5, -179.0), (67.5, 180.0), (-24.0, 134.0)]
AT_SEA = [NORTH_POLE, PITCAIRN, FACING_THE_CAPE, (-45.0, 180.0), (0.0, -25.0), (42.0, 51.0)]
places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def draw(place, colour="mena") -> str:
    return Locator(*place, colour).svg()


def lines(svg: str, kind: str) -> list[list[tuple[float, float]]]:
    """The corners of each part of a path."""
    (path,) = (p for p in ElementTree.fromstring(svg).iter(f"{SVG}path") if p.get("class") == kind)
    parts = []
    for command, *numbers in re.findall(r"([Ml])(-?\d+) (-?\d+)", path.get("d")):
        x, y = map(int, numbers)
        if command == "M":
            parts.append([(x, y)])
        else:
            parts[-1].append((parts[-1][-1][0] + x, parts[-1][-1][1] + y))
    return parts


def shows_land(place) -> bool:
    """Whether the middle of the picture is filled: the coasts go round it."""
    turn = 0.0
    for line in lines(draw(place), "land"):
        around = [(x - CENTRE, y - CENTRE) for x, y in line]
        for (a, b), (c, d) in pairwise([*around, around[0]]):
            turn += math.atan2(a * d - b * c, a * c + b * d)
    return round(turn / math.tau) != 0


def test_a_place_on_land_or_at_sea_is_shown_there():
    assert all(shows_land(place) for place in ON_LAND)
    assert not any(shows_land(place) for place in AT_SEA)
    for place in (SUVA, REYKJAVIK, SOUTH_POLE, *FIVE_CITIES.values()):
        assert lines(draw(place), "land")
    assert all(1000 < len(compress(draw(p).encode())) < 3400 for p in FIVE_CITIES.values())


@settings(max_examples=20)
@given(places, st.sampled_from(sorted(COLOURS)))
def test_any_picture_is_xml_and_its_lines_are_cut_at_the_disc(place, colour):
    root = ElementTree.fromstring(draw(place, colour))

    (cut,) = root.findall(f"{SVG}g[@clip-path='url(#disc)']")
    assert [one.get("class") for one in cut] == ["grid", "land"]
    assert root.find(f"{SVG}clipPath[@id='disc']/{SVG}circle").get("r") == str(EDGE)
    assert all(re.fullmatch(r"([Ml]-?\d+ -?\d+|z)*", one.get("d")) for one in cut)


def test_a_picture_is_drawn_the_same_again_and_from_both_sides_of_the_date_line():
    first = draw(SUVA)
    locator.draw.cache_clear()

    assert draw(SUVA) == first
    assert draw((-18, 180)) == draw((-18, -180))


def test_no_line_is_in_the_data_twice_as_a_border_would_be():
    steps = []
    for coast in json.loads(locator.OUTLINES.read_text())["coasts"]:
        steps += pairwise(zip(accumulate(coast[::2]), accumulate(coast[1::2]), strict=True))

    assert len({frozenset(step) for step in steps}) == len(steps)


def test_a_picture_has_no_words_refers_to_nothing_and_has_rules_of_its_own():
    svg = draw(SUVA, "mena")
    parts = list(ElementTree.fromstring(svg).iter())

    drawn = {"svg", "style", "clipPath", "circle", "path", "g"}
    assert {part.tag.removeprefix(SVG) for part in parts} == drawn
    assert [part.text for part in parts if part.text] == [locator.STYLE]
    assert not re.search(r"href|url\((?!#disc)|border|script", svg)
    assert "prefers-color-scheme:dark" in svg
    assert "forced-colors:active" in svg
    assert all(f'fill="{colour}"' in svg for colour in COLOURS["mena"])


def test_colours_are_those_of_the_lines():
    day, night = CORE_CSS.read_text().split("prefers-color-scheme: dark", 1)
    stated = [dict(re.findall(r"\.line--(\w+) \{ --line: (#\w+)", css)) for css in (day, night)]

    assert set(COLOURS) == set(LineColour.values)
    assert {name: (stated[0][name], stated[1][name]) for name in stated[0]} == COLOURS


def test_version_follows_place_colour_and_way_of_drawing(monkeypatch):
    versions = {Locator(*SUVA, "na").version, Locator(*SUVA, "wb").version}
    versions.add(Locator(-18.1417, 178.4419, "na").version)
    monkeypatch.setattr(locator, "_way_of_drawing", lambda: 1)
    versions.add(Locator(*SUVA, "na").version)

    assert len(versions) == 4
