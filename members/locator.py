"""Where a city is, as an SVG picture: the globe seen from above it, land and water, no borders.

The coasts are Natural Earth's, made ready by `tools/build_outlines.py`. An orthographic view is
cut at REACH from the city. A coast that comes into it is drawn whole; what is FAR goes round the
view at a distance. No landmass is 150 degrees across, so none that comes into it also lies around
the far side of the globe, where it would be doubtful which way it goes round.
"""

import json
import math
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

OUTLINES = Path(__file__).with_name("data") / "land.json"
SIZE = 288  # half a unit is a pixel of the largest picture on the densest common screen
CENTRE = SIZE // 2
EDGE = 137
REACH = math.radians(30)
HORIZON = math.cos(REACH)
SCALE = EDGE / math.sin(REACH)
FAR = math.cos(1.35 * REACH)  # a step of the grid beyond the edge
GRID_DEGREES = 10

# A line's colour by day and by night, as in core.css.
COLOURS = {
    "na": ("#1d5fa6", "#74b0f4"),
    "wb": ("#7b3fa0", "#c79cec"),
    "sa": ("#bf3a1a", "#ff8c69"),
    "esa": ("#1a7446", "#5cc48c"),
    "mena": ("#8f6400", "#e0b040"),
    "r6": ("#b01f6c", "#f286b8"),
    "r7": ("#00707a", "#4fc6cf"),
    "r8": ("#6b5344", "#cbb19d"),
}
# The same in every picture, so that one hash in the content security policy allows it. A picture
# inside a page does not know the system's colours: forced colours get the page's own as water, and
# for land a grey that stands out on black and on white.
STYLE = (
    ".water{fill:#e9edef}.grid{fill:none;stroke:#cfd6da;stroke-width:1.5}"
    ".land{fill:#b4bbbd;stroke:#b4bbbd;stroke-linejoin:round}"
    ".ring{fill:none;stroke-width:10}.stop{fill:#fff;stroke:#12161c;stroke-width:7}"
    ".night{display:none}"
    "@media screen and (prefers-color-scheme:dark){.water{fill:#1d242b}.grid{stroke:#2c353e}"
    ".land{fill:#4a545d;stroke:#4a545d}.stop{fill:#101418;stroke:#eef0f2}"
    ".day{display:none}.night{display:inline}}"
    "@media(forced-colors:active){.water,.grid{fill:none;stroke:none}"
    ".land{fill:#767676;stroke:none}}"
)
STYLE_HASH = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"

Vector = tuple[float, float, float]  # on the unit sphere


class Locator(NamedTuple):
    """A place in degrees and the colour of its line, a key of COLOURS."""

    latitude: float
    longitude: float
    colour: str

    def svg(self) -> str:
        return draw(*self)

    @property
    def version(self) -> str:
        """Differs wherever the picture does: by place, by colour, and by how it is drawn."""
        place = f"{self.latitude:.4f} {self.longitude:.4f} {self.colour}"
        return f"{crc32(place.encode(), _way_of_drawing()):08x}"


@lru_cache(maxsize=512)
def draw(latitude: float, longitude: float, colour: str) -> str:
    """The picture as SVG text; nothing in it but numbers and colours from here."""
    east, north, up = axes(latitude, longitude)

    def in_sight(lines: list[list[Vector]]) -> Iterator[list[Vector]]:
        """As seen: right and down from the city, and 1 at the city, -1 on the far side."""
        for line in lines:
            seen = [(dot(east, place), -dot(north, place), dot(up, place)) for place in line]
            if any(height > HORIZON for _x, _y, height in seen):
                yield seen

    near = ([place for place in line if place[2] > FAR] for line in in_sight(graticule(longitude)))
    grid = "".join(map(path, near))
    land = "".join(f"{path(coast)}z" for coast in in_sight(coasts()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f'<style>{STYLE}</style><clipPath id="disc">{circle(EDGE)}</clipPath>'
        f"{circle(EDGE, 'water')}<g clip-path='url(#disc)'>"
        f'<path class="grid" d="{grid}"/><path class="land" d="{land}"/></g>'
        f"{marks('day', COLOURS[colour][0])}{marks('night', COLOURS[colour][1])}"
        f"{circle(12, 'stop')}</svg>\n"
    )


@cache
def _way_of_drawing() -> int:
    return crc32(OUTLINES.read_bytes(), crc32(Path(__file__).read_bytes()))


@cache
def coasts() -> list[list[Vector]]:
    """Every coast as a closed line, its first point not repeated, land on the right."""
    data = json.loads(OUTLINES.read_text())
    unit = data["steps_per_degree"]
    return [
        [
            on_sphere(latitude / unit, longitude / unit)
            for longitude, latitude in zip(
                accumulate(steps[::2]), accumulate(steps[1::2]), strict=True
            )
        ]
        for steps in data["coasts"]
    ]


def graticule(longitude: float) -> list[list[Vector]]:
    """Meridians and parallels, without those that crowd at the poles; none ends near the city."""
    middle = round(longitude / GRID_DEGREES) * GRID_DEGREES
    tens = range(middle - 180, middle + 181, GRID_DEGREES)
    latitudes = range(-80, 81, GRID_DEGREES)
    meridians = [[on_sphere(lat, lon) for lat in latitudes] for lon in tens[1:]]
    parallels = [[on_sphere(lat, lon) for lon in tens] for lat in latitudes]
    return meridians + parallels


def on_sphere(latitude: float, longitude: float) -> Vector:
    """A place in degrees as a vector."""
    latitude, longitude = math.radians(latitude), math.radians(longitude)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)


def axes(latitude: float, longitude: float) -> tuple[Vector, Vector, Vector]:
    """East, north and up at a place, also at a pole."""
    up = on_sphere(latitude, longitude)
    return on_sphere(0, longitude + 90), on_sphere(latitude + 90, longitude), up


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def path(line: list[Vector]) -> str:
    """A line in whole units, each step from the last."""
    (x, y), *points = map(units, line)
    steps = [f"M{x} {y}"]
    for across, down in points:
        if (across, down) != (x, y):
            steps.append(f"l{across - x} {down - y}")
            x, y = across, down
    return "".join(steps)


def units(place: Vector) -> tuple[int, int]:
    """Where it stands in the picture; what is far off, in one of twelve places around it."""
    x, y, height = place
    if height < FAR:
        part = math.tau / 12
        turn = round(math.atan2(y, x) / part) * part
        x, y = 2 * math.cos(turn), 2 * math.sin(turn)
    return round(CENTRE + SCALE * x), round(CENTRE + SCALE * y)


def marks(when: str, colour: str) -> str:
    """The ring and the city's mark in the line's colour."""
    ring, halo = circle(EDGE, "ring"), circle(21)
    return f'<g class="{when}" fill="{colour}" stroke="{colour}">{ring}{halo}</g>'


def circle(radius: int, kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f'<circle{attribute} cx="{CENTRE}" cy="{CENTRE}" r="{radius}"/>'
