"""The starts of lanes: links with code and name, or one for each hub's block."""

from collections.abc import Sequence
from itertools import groupby

from journeys.drawings.map.drawing import Drawing, Head
from journeys.drawings.map.hubs import cities_below
from journeys.drawings.map.model import Hub, Journey, Words


def draw_heads(
    drawing: Drawing,
    ordered: Sequence[Journey],
    all_journeys: Sequence[Journey],
    words: Words,
) -> None:
    """One a lane; in the overview one a hub."""
    if drawing.mode == "overview":
        drawing.heads = _blocks(drawing, ordered, words)
        return
    for lane, journey in zip(drawing.lanes, ordered, strict=True):
        lane.head = Head(journey.label, journey.url, lane.colour, lane.y, journey.code)
        lane.head.name = journey.short_name
        if drawing.mode == "full":
            lane.head.below = journey.hub.short_name
        if drawing.mode == "hubs":
            lane.head.below = cities_below(journey.hub, all_journeys, words)
            lane.head.label = hub_label(journey.hub, lane.head.below)


def hub_label(hub: Hub, below: str) -> str:
    """A hub as shown, and in full where that is not what is shown."""
    shown = f"{hub.short_name}, {below}"
    return shown if hub.name == hub.short_name else f"{shown}: {hub.name}"


def _blocks(drawing: Drawing, ordered: Sequence[Journey], words: Words) -> list[Head]:
    heads = []
    lanes = zip(drawing.lanes, ordered, strict=True)
    for hub, block in groupby(lanes, key=lambda pair: pair[1].hub):
        ys = [lane.y for lane, _ in block]
        below = words.cities(len(ys))
        head = Head(hub_label(hub, below), hub.url, hub.colour, ys[0] - 7)
        head.name, head.below, head.height = hub.short_name, below, ys[-1] - ys[0] + 14
        heads.append(head)
    return heads
