"""Writes `members/data/land.json`, the coasts that `members.locator` draws.

Natural Earth's land (public domain) comes ready joined in the npm package world-atlas:

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    python tools/build_outlines.py package/land-50m.json

in a temporary folder. Only outlines of land are read, so no border can get in. A coast is kept as
exactly as a picture of 144 pixels can show, and written as [longitude, latitude, then the steps
from point to point], in twentieths of a degree.
"""

import json
import math
import sys
from itertools import chain, pairwise
from pathlib import Path

OUTLINES = Path(__file__).resolve().parent.parent / "members" / "data" / "land.json"
STEPS_PER_DEGREE = 20
TOLERANCE = math.radians(0.2)
SMALLEST_ISLAND = math.radians(0.3)

Degrees = tuple[float, float]  # longitude, latitude
Vector = tuple[float, float, float]  # on the unit sphere


def main(source: str) -> None:
    rings = [simplified(ring) for ring in rings_of(json.loads(Path(source).read_text()))]
    coasts = sorted(filter(None, map(in_steps, rings)), key=len, reverse=True)
    lines = ",\n".join(json.dumps(coast, separators=(",", ":")) for coast in coasts)
    OUTLINES.write_text(f'{{"steps_per_degree":{STEPS_PER_DEGREE},"coasts":[\n{lines}\n]}}\n')
    points = sum(len(coast) // 2 for coast in coasts)
    print(f"{OUTLINES.name}: {len(coasts)} coasts, {points} points")


def rings_of(topology: dict) -> list[list[Degrees]]:
    """Every ring of the land in a TopoJSON topology, land on the right, the last point left out."""
    arcs = [decoded(arc, **topology["transform"]) for arc in topology["arcs"]]
    polygons = chain.from_iterable(
        geometry["arcs"] for geometry in topology["objects"]["land"]["geometries"]
    )
    return [joined(ring, arcs) for polygon in polygons for ring in polygon]


def decoded(arc: list[list[int]], scale: Degrees, translate: Degrees) -> list[Degrees]:
    """An arc's steps as degrees."""
    column = row = 0
    points = []
    for across, up in arc:
        column, row = column + across, row + up
        points.append((column * scale[0] + translate[0], row * scale[1] + translate[1]))
    return points


def joined(ring: list[int], arcs: list[list[Degrees]]) -> list[Degrees]:
    """Arcs end to end; ~n stands for arc n from its end."""
    ways = (arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring)
    return [point for way in ways for point in way[1:]]


def simplified(ring: list[Degrees]) -> list[Degrees]:
    """Douglas-Peucker on the sphere, from the ring's first point to the farthest and back.

    Empty for what is too small to be seen, such as the hole that stands for the South Pole.
    """
    points = [on_sphere(point) for point in ring]
    middle = max(range(len(ring)), key=lambda index: math.dist(points[0], points[index]))
    if math.dist(points[0], points[middle]) < SMALLEST_ISLAND:
        return []
    closed = [*points, points[0]]
    kept = {0, middle} | bends(closed, 0, middle) | bends(closed, middle, len(ring))
    return [ring[index] for index in sorted(kept)]


def bends(points: list[Vector], first: int, last: int) -> set[int]:
    """Which points between two are needed to stay within the tolerance."""
    found, open_spans = set(), [(first, last)]
    while open_spans:
        start, end = open_spans.pop()
        between = range(start + 1, end)
        far = max(
            between,
            key=lambda index: distance(points[index], points[start], points[end]),
            default=start,
        )
        if distance(points[far], points[start], points[end]) > TOLERANCE:
            found.add(far)
            open_spans += [(start, far), (far, end)]
    return found


def distance(point: Vector, start: Vector, end: Vector) -> float:
    """From a point to the straight way between two others."""
    way = [b - a for a, b in zip(start, end, strict=True)]
    out = [b - a for a, b in zip(start, point, strict=True)]
    length = sum(w * w for w in way)
    along = sum(w * o for w, o in zip(way, out, strict=True)) / length if length else 0
    nearest = [a + min(max(along, 0), 1) * w for a, w in zip(start, way, strict=True)]
    return math.dist(point, nearest)


def on_sphere(point: Degrees) -> Vector:
    longitude, latitude = map(math.radians, point)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)


def in_steps(ring: list[Degrees]) -> list[int]:
    """The first point, then each way to the next, the short way round; empty for fewer than 3."""
    points = [tuple(round(degree * STEPS_PER_DEGREE) for degree in point) for point in ring]
    points = [point for before, point in pairwise([*points[-1:], *points]) if point != before]
    if len(points) < 3:
        return []
    around = 360 * STEPS_PER_DEGREE
    steps = [
        ((x - a + around // 2) % around - around // 2, y - b) for (a, b), (x, y) in pairwise(points)
    ]
    return [*points[0], *chain.from_iterable(steps)]


if __name__ == "__main__":
    main(sys.argv[1])
