"""Dashed links from where an initiative was launched to the stops that act on it elsewhere."""

from collections.abc import Sequence

from journeys.drawings.map.arrange import Arrangement
from journeys.drawings.map.crossings import Crossing
from journeys.drawings.map.drawing import Drawing
from journeys.drawings.map.model import Stop
from journeys.drawings.map.routes import LINK_CORNER, launch_link, path


def draw_launches(drawing: Drawing, arrangement: Arrangement) -> None:
    """At most one link a lane, to its nearest stop; none to a line that was at the launch."""
    launched = {crossing.event.key: crossing for crossing in arrangement.crossings}
    linked: set[str] = set()
    for initiative in arrangement.initiatives:
        crossing = launched.get(initiative.launched_at)
        if crossing is None:
            continue
        for lane, stops in arrangement.acting[initiative.key].items():
            if lane not in crossing.stops and lane not in linked:
                linked.update({lane} if _link(drawing, crossing, lane, stops) else ())


def _link(drawing: Drawing, crossing: Crossing, lane: str, stops: Sequence[Stop]) -> bool:
    capsule = next(c for c in drawing.capsules if c.key == crossing.event.key)
    keys = {stop.key for stop in stops}
    marks = next(drawn.marks for drawn in drawing.lanes if drawn.key == lane)
    targets = [mark for mark in marks if mark.key in keys and mark.shape != "dot"]
    if not targets:
        return False
    nearest = min(targets, key=lambda mark: abs(mark.x - capsule.x))
    corners = launch_link(capsule.x, capsule.top, capsule.bottom, (nearest.x, nearest.y))
    drawing.links.append(corners)
    drawing.launches.append(path(corners, LINK_CORNER))
    return True
