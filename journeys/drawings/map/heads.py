"""The starts of lanes: links with code and name, or one for each region's block."""

from collections.abc import Sequence
from itertools import groupby

from journeys.drawings.map.drawing import Drawing, Head
from journeys.drawings.map.model import Journey, Region, Words


def draw_heads(drawing: Drawing, ordered: Sequence[Journey], words: Words) -> None:
    """One a lane; in the overview one a region."""
    if drawing.mode == "overview":
        drawing.heads = _blocks(drawing, ordered, words)
        return
    for lane, journey in zip(drawing.lanes, ordered, strict=True):
        lane.head = Head(journey.label, journey.url, lane.colour, lane.y, journey.code)
        lane.head.name = journey.short_name
        if drawing.mode == "full":
            lane.head.below = journey.region.short_name


def region_label(region: Region, below: str) -> str:
    """A region as shown, and in full where that is not what is shown."""
    shown = f"{region.short_name}, {below}"
    return shown if region.name == region.short_name else f"{shown}: {region.name}"


def _blocks(drawing: Drawing, ordered: Sequence[Journey], words: Words) -> list[Head]:
    heads = []
    lanes = zip(drawing.lanes, ordered, strict=True)
    for region, block in groupby(lanes, key=lambda pair: pair[1].region):
        ys = [lane.y for lane, _ in block]
        below = words.cities(len(ys))
        head = Head(region_label(region, below), region.url, region.colour, ys[0] - 7)
        head.name, head.below, head.height = region.short_name, below, ys[-1] - ys[0] + 14
        heads.append(head)
    return heads
