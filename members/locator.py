"""Where a city is, as an SVG picture: the globe seen from above it, land and water, no borders.

The coasts are Natural Earth's, made ready by `tools/build_outlines.py`. What is drawn is the part
of an orthographic view within REACH of the city. At that size a coast that leaves the disc may be
followed along its edge until it comes back: no landmass is 150 degrees across, so none that
touches the disc also lies around the far side of the globe, where the ways round would be doubtful.
"""

import json
import math
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from itertools import accumulate, pairwise
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
GRID_DEGREES = 10
LONGEST_ARC = 2.0

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


class Point(NamedTuple):
    """A place as seen: right and down from the city, and 1 at the city, -1 on the far side."""

    x: float
    y: float
    height: float

    @property
    def inside(self) -> bool:
        return self.height >= HORIZON


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

    def seen(line: list[Vector]) -> list[Point]:
        return [Point(dot(east, place), -dot(north, place), dot(up, place)) for place in line]

    grid = "".join(stretches(seen(line)) for line in graticule())
    land = "".join(outline(seen(coast)) for coast in coasts())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f"<style>{STYLE}</style>{circle(EDGE, 'water')}"
        f'<path class="grid" d="{grid}"/><path class="land" d="{land}"/>'
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


@cache
def graticule() -> list[list[Vector]]:
    """Meridians and parallels, without those that crowd at the poles."""
    tens = range(-180, 181, GRID_DEGREES)
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


def outline(coast: list[Point]) -> str:
    """A coast inside the disc as a closed path; along the edge where the coast is outside."""
    start = next((index for index, point in enumerate(coast) if point.inside), None)
    if start is None:
        return ""
    pen, turned = Pen(coast[start]), 0.0
    for before, after in pairwise(coast[start:] + coast[: start + 1]):
        if not before.inside and not after.inside:
            turned += angle(before, after)
            continue
        if not before.inside:
            pen.follow_edge(entering := crossing(after, before), turned + angle(before, entering))
        pen.line_to(within(after, before))
        turned = angle(within(after, before), after)
    return pen.path + "z" if pen.steps > 1 else ""


def stretches(line: list[Point]) -> str:
    """The parts of an open line inside the disc as a path."""
    path, pen = "", None
    for before, after in pairwise(line):
        if before.inside or after.inside:
            pen = pen if pen and before.inside else Pen(within(before, after))
            pen.line_to(within(after, before))
        if pen and not after.inside:
            path, pen = path + pen.path, None
    return path + pen.path if pen else path


class Pen:
    """Writes a path in whole units, each step from the last."""

    def __init__(self, start: Point) -> None:
        self.x, self.y = units(start)
        self.path = f"M{self.x} {self.y}"
        self.steps = 0

    def line_to(self, point: Point) -> None:
        self._step("l", *units(point))

    def follow_edge(self, to: Point, turn: float) -> None:
        """Round the disc by so much, in radians, clockwise if positive."""
        end = math.atan2(to.y, to.x)
        arcs = math.ceil(abs(turn) / LONGEST_ARC)
        for left in reversed(range(arcs)):
            place = math.cos(at := end - turn * left / arcs), math.sin(at)
            command = f"a{EDGE} {EDGE} 0 0 {int(turn > 0)} "
            self._step(command, *(round(CENTRE + EDGE * way) for way in place))

    def _step(self, command: str, x: int, y: int) -> None:
        if (x, y) != (self.x, self.y):
            self.path += f"{command}{x - self.x} {y - self.y}"
            self.x, self.y, self.steps = x, y, self.steps + 1


def within(point: Point, neighbour: Point) -> Point:
    """The point itself, or where the way to its neighbour comes into the disc."""
    return point if point.inside else crossing(neighbour, point)


def crossing(inside: Point, outside: Point) -> Point:
    """Where the way from one to the other meets the edge of the disc."""
    part = (inside.height - HORIZON) / (inside.height - outside.height)
    x, y = (a + part * (b - a) for a, b in zip(inside[:2], outside[:2], strict=True))
    stretch = math.sin(REACH) / math.hypot(x, y)
    return Point(x * stretch, y * stretch, HORIZON)


def angle(before: Point, after: Point) -> float:
    """From one to the other as seen from the middle, the short way, clockwise if positive."""
    across = before.x * after.y - before.y * after.x
    return math.atan2(across, before.x * after.x + before.y * after.y)


def units(point: Point) -> tuple[int, int]:
    return round(CENTRE + SCALE * point.x), round(CENTRE + SCALE * point.y)


def marks(when: str, colour: str) -> str:
    """The ring and the city's mark in the line's colour."""
    ring, halo = circle(EDGE, "ring"), circle(21)
    return f'<g class="{when}" fill="{colour}" stroke="{colour}">{ring}{halo}</g>'


def circle(radius: int, kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f'<circle{attribute} cx="{CENTRE}" cy="{CENTRE}" r="{radius}"/>'
