"""From journeys to the finished drawing, step by step."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from journeys.drawings.map import flags, labels
from journeys.drawings.map.arrange import Arrangement
from journeys.drawings.map.crossings import Crossing, crossings_by_stop
from journeys.drawings.map.drawing import Capsule, Drawing, Flag, Head, Lane, Mark
from journeys.drawings.map.model import NO_MONTH, Journey, Stop, Words, month_of
from journeys.drawings.map.months import Layout, draw_axis, lay_out
from journeys.drawings.map.plan import plan_months
from journeys.drawings.map.routes import (
    LINK_CORNER,
    launch_link,
    path,
    ramp_run,
    route,
    without_straight,
)
from journeys.drawings.map.scale import Scale, narrower

MARGIN = 36  # from the end of the axis to the end of the drawing, at least
WIDE_FACE = 1.25  # bold letters of the widest face in use, beside the width that is reckoned
HEAD_GAP = 14  # from the heads of the lanes to the axis


def build_map(arrangement: Arrangement, words: Words | None = None) -> Drawing:
    """The drawing of the journeys that have stops; every stop is on it exactly once."""
    words = words or Words()
    scale, journeys, crossings = arrangement.scale, arrangement.journeys, arrangement.crossings
    for closer in narrower(scale):
        plan = _Plan(closer, journeys, crossings)
        if plan.width <= closer.width:
            break
    drawing = plan.draw(words)
    _draw_heads(drawing, journeys, words)
    if scale.bends:
        _draw_launches(drawing, arrangement)
        _place_labels(drawing, plan)
    return drawing


class _Plan:
    """Where lanes, stops and events are, before they are drawn."""

    def __init__(
        self, scale: Scale, journeys: Sequence[Journey], crossings: Sequence[Crossing]
    ) -> None:
        self.scale, self.journeys, self.crossings = scale, journeys, crossings
        self.met = crossings_by_stop(crossings)
        self.ys = _heights(journeys, scale)
        self.start = _head_width(journeys, scale) + HEAD_GAP
        reaches = {c.event.key: self._reach(c) for c in crossings}
        months = plan_months(journeys, crossings)
        natural = lay_out(months, reaches, scale)
        self.layout: Layout = natural.stretched(
            self.start, scale.width - self.start - self._overhang(natural)
        )
        self.width = max(scale.width, round(self.layout.end + self._overhang(natural)))

    def _overhang(self, layout: Layout) -> float:
        """How far labels may reach beyond the end of the axis."""
        if not self.scale.bends:
            return 12
        ends = [
            layout.stops.get(stop.key, 0) + 11 + labels.text_width(stop.label) * labels.COS
            for journey in self.journeys
            for stop in journey.stops
        ]
        return max(MARGIN, max(ends, default=0) - layout.end)

    def _ports(self, crossing: Crossing) -> dict[str, int]:
        """Journey's key -> the height at which its line passes through the capsule."""
        heights = sorted(self.ys[key] for key in crossing.stops)
        if not self.scale.bends:
            return {key: self.ys[key] for key in crossing.stops}
        top = round(sum(heights) / len(heights) - (len(heights) - 1) * self.scale.port / 2)
        return {key: top + heights.index(self.ys[key]) * self.scale.port for key in crossing.stops}

    def _reach(self, crossing: Crossing) -> float:
        """The room that the ramps of an event need on each side."""
        if not self.scale.bends:
            return max(self.scale.spacing, self.scale.half_capsule + self.scale.radius + 4)
        ports = self._ports(crossing)
        runs = [ramp_run(ports[key] - self.ys[key], self.scale.ramp) for key in ports]
        return self.scale.hold + max(runs)

    def draw(self, words: Words) -> Drawing:
        """Flags first: their rows push all else down."""
        drawing = Drawing(self.scale.mode, self.width, hit=self.scale.hit)
        drawing.head_width = self.start - HEAD_GAP
        self.crossings = sorted(self.crossings, key=self._x)
        drawing.flags = [self._flag(c, words) for c in self.crossings]
        rows = flags.place_flags(drawing.flags, [*map(self._x, self.crossings)], self.width)
        band_top = flags.TOP + rows * flags.ROW if rows else flags.TOP
        first_lane = band_top + self._above()
        self.ys = {key: y + first_lane for key, y in self.ys.items()}
        bottom = max(self.ys.values(), default=band_top) + self.scale.below
        drawing.axis = draw_axis(self.layout, band_top, bottom, words)
        drawing.top, drawing.height = band_top, bottom + 36
        drawing.has_breaks = any(slot.is_break for slot in self.layout.slots)
        drawing.has_undated = any(slot.first == NO_MONTH for slot in self.layout.slots)
        drawing.capsules = [self._capsule(crossing) for crossing in self.crossings]
        for flag, capsule in zip(drawing.flags, drawing.capsules, strict=True):
            flag.leader = f"M{capsule.x} {flag.y + flags.HEIGHT}V{capsule.top}"
        drawing.lanes = [self._lane(journey) for journey in self.journeys]
        return drawing

    def _above(self) -> int:
        """Room for the labels of the first lane."""
        if not self.scale.bends or not self.journeys:
            return self.scale.above
        widths = [labels.text_width(stop.label) for stop in self.journeys[0].stops]
        return max(self.scale.above, round(max(widths) * labels.SIN) + 26)

    def _flag(self, crossing: Crossing, words: Words) -> Flag:
        event = crossing.event
        where = event.place if self.scale.bends else words.cities(len(crossing.stops))
        below = " · ".join(part for part in (where, event.when) if part)
        shown = event.flag or event.name
        label = ", ".join(part for part in (event.label, below) if part)
        label += f": {event.name}" if shown != event.name else ""
        return Flag(label, event.url, shown, below, 0, 0, flags.plate_width(shown, below))

    def _x(self, crossing: Crossing) -> int:
        return self.layout.events[crossing.event.key]

    def _capsule(self, crossing: Crossing) -> Capsule:
        ports, half = self._ports(crossing).values(), self.scale.half_capsule
        top, bottom = min(ports) - half, max(ports) + half
        return Capsule(crossing.event.key, self._x(crossing), top, bottom, crossing.month, half)

    def _lane(self, journey: Journey) -> Lane:
        """A lane with its line and its marks, from left to right."""
        y, colour = self.ys[journey.key], journey.region.colour
        lane = Lane(journey.key, colour, y, journey.short_name)
        marks = [self._mark(journey, stop) for stop in journey.stops]
        lane.marks = sorted(marks, key=lambda mark: mark.x)
        dated = [(mark.x, mark.y) for mark in lane.marks if mark.month != NO_MONTH]
        undated = [(mark.x, mark.y) for mark in lane.marks if mark.month == NO_MONTH]
        lane.line = path(self.route(y, dated))
        if self.scale.mode != "overview":
            lane.guide = f"M{self.start - HEAD_GAP} {y}H{lane.marks[0].x - 10}"
        if undated:
            lane.guide += path(self.route(y, [*dated[-1:], *undated]))
        return lane

    def route(self, y: int, stations: Sequence) -> list:
        if not self.scale.bends:
            return without_straight(stations)
        return route(y, stations, self.scale.hold, self.scale.ramp)

    def _mark(self, journey: Journey, stop: Stop) -> Mark:
        """A dot in the capsule where lines meet, else a sign on its lane."""
        url = stop.url if self.scale.links_stops else ""
        if crossing := self.met.get(stop.key):
            x, y = self._x(crossing), self._ports(crossing)[journey.key]
            name = stop.names_at.get(crossing.event.key, stop.name)
            mark = Mark(stop.key, x, y, "dot", crossing.month, name, url)
            mark.colour = journey.region.colour
            mark.radius = 6.5 if self.scale.bends else self.scale.radius + 1
            return mark
        label = stop.label if self.scale.bends else ""
        x, name = self.layout.stops[stop.key], labels.with_label(stop.name, label)
        mark = Mark(stop.key, x, self.ys[journey.key], stop.shape, month_of(stop.day), name, url)
        mark.label = label
        mark.radius = self.scale.radius + (stop.joined and self.scale.bends)
        return mark


def _heights(journeys: Sequence[Journey], scale: Scale) -> dict[str, int]:
    """Journey's key -> the height of its lane, the first at 0."""
    heights: dict[str, int] = {}
    y, region = 0, None
    for journey in journeys:
        if region is not None:
            y += scale.pitch + scale.region_gap * (journey.region.key != region)
        heights[journey.key], region = y, journey.region.key
    return heights


def _head_width(journeys: Sequence[Journey], scale: Scale) -> int:
    """Room for the heads: code, name and region; in the overview the names stand at its end."""
    if scale.mode == "overview":
        return scale.head
    names = [labels.text_width(journey.short_name, 14) * WIDE_FACE for journey in journeys]
    below = [labels.text_width(journey.region.short_name, 11.5) * 1.1 for journey in journeys]
    return max(scale.head, round(48 + max(names + below, default=0)))


def _place_labels(drawing: Drawing, plan: _Plan) -> None:
    bottom = max((lane.y for lane in drawing.lanes), default=0) + plan.scale.below
    around = labels.Surroundings(top=16, bottom=bottom + 4, left=plan.start - 8)
    for lane in drawing.lanes:
        stations = [(mark.x, mark.y) for mark in lane.marks]
        around.add_line(plan.route(lane.y, stations))
        around.stops += stations
    around.launches = [pair for corners in drawing.links for pair in pairwise(corners)]
    around.leaders = [
        ((capsule.x, flag.y), (capsule.x, capsule.top))
        for flag, capsule in zip(drawing.flags, drawing.capsules, strict=True)
    ]
    around.leaders += [
        ((flag.x + 8, flag.y + 22), (flag.x + flag.width - 8, flag.y + 22))
        for flag in drawing.flags
    ]
    from_below = [m for lane in reversed(drawing.lanes) for m in lane.marks if m.label]
    labels.place_labels(from_below, around)


def _draw_heads(drawing: Drawing, journeys: Sequence[Journey], words: Words) -> None:
    """The starts of lanes: links with code and name; in the overview one for each region."""
    lanes = zip(drawing.lanes, journeys, strict=True)
    if drawing.mode == "overview":
        for region, block in groupby(lanes, key=lambda pair: pair[1].region):
            ys = [lane.y for lane, _journey in block]
            below = words.cities(len(ys))
            shown = f"{region.short_name}, {below}"
            label = shown if region.name == region.short_name else f"{shown}: {region.name}"
            named = {"name": region.short_name, "below": below, "height": ys[-1] - ys[0] + 14}
            drawing.heads.append(Head(label, region.url, region.colour, ys[0] - 7, **named))
        return
    for lane, journey in lanes:
        below = journey.region.short_name if drawing.mode == "full" else ""
        named = (journey.code, journey.short_name, below)
        lane.head = Head(journey.label, journey.url, lane.colour, lane.y, *named)


def _draw_launches(drawing: Drawing, arrangement: Arrangement) -> None:
    """Dashed links from where an initiative was launched to the stops that act on it elsewhere.

    At most one a lane, to its nearest stop; none to a line that was at the launch.
    """
    capsules = {capsule.key: capsule for capsule in drawing.capsules}
    there = {crossing.event.key: crossing.stops for crossing in arrangement.crossings}
    free = {lane.key: lane.marks for lane in drawing.lanes}
    for initiative in arrangement.initiatives:
        capsule = capsules.get(initiative.launched_at)
        for key, stops in arrangement.acting[initiative.key].items():
            if capsule and key not in there[capsule.key]:
                keys = {stop.key for stop in stops}
                marks = [m for m in free.get(key, ()) if m.key in keys and m.shape != "dot"]
                if marks:
                    del free[key]
                    _link(drawing, capsule, min(marks, key=lambda m: abs(m.x - capsule.x)))


def _link(drawing: Drawing, capsule: Capsule, mark: Mark) -> None:
    corners = launch_link(capsule.x, capsule.top, capsule.bottom, (mark.x, mark.y))
    drawing.links.append(corners)
    drawing.launches.append(path(corners, LINK_CORNER))
