"""The elastic axis: wide where much happens, narrow where nothing does.

Order and month are exact, distances are not: a month is as wide as its stops and the ramps of its
interchanges need, an empty one narrow, and more than twelve empty months are one break.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from journeys.drawings.map.drawing import Axis, Word
from journeys.drawings.map.model import NO_MONTH, Words
from journeys.drawings.map.plan import Month
from journeys.drawings.map.scale import Scale

LONGEST_RUN = 12
STRETCH = 1.6
TWO_YEARS = 97  # a break's years stand beside the year of the month before it


@dataclass(slots=True)
class Slot:
    """A stretch of the axis: a month with stops, an empty month, or a break of several."""

    first: int
    last: int
    start: float
    width: float
    empty: bool = False
    event: str = ""

    @property
    def is_break(self) -> bool:
        return self.last > self.first

    @property
    def middle(self) -> float:
        return self.start + self.width / 2


@dataclass(slots=True)
class Layout:
    """Where months, stops and events are, from left to right."""

    slots: list[Slot] = field(default_factory=list)
    stops: dict[str, float] = field(default_factory=dict)
    events: dict[str, float] = field(default_factory=dict)

    @property
    def end(self) -> float:
        return self.slots[-1].start + self.slots[-1].width if self.slots else 0

    def stretched(self, start: int, width: int) -> "Layout":
        """The same, wider if there is room, and with `start` where it was 0."""
        factor = min(max(width / self.end, 1), STRETCH) if self.end else 1

        def move(x: float) -> int:
            return round(start + x * factor)

        slots = [
            replace(
                slot, start=move(slot.start), width=move(slot.start + slot.width) - move(slot.start)
            )
            for slot in self.slots
        ]
        stops = {key: move(x) for key, x in self.stops.items()}
        return Layout(slots, stops, {key: move(x) for key, x in self.events.items()})


def lay_out(months: Sequence[Month], reaches: dict[str, float], scale: Scale) -> Layout:
    """Where each stop and event stands; `reaches` is the room each event's ramps need."""
    layout = Layout()
    before: int | None = None
    ramps_end = 0.0
    for month in months:
        if before is not None:
            _add_empty(layout, before + 1, month.number - 1, scale)
        ramps_end = _add_month(layout, month, reaches, ramps_end, scale)
        before = month.number
    return layout


def _add_empty(layout: Layout, first: int, last: int, scale: Scale) -> None:
    """The months between two that have stops."""
    count = last - first + 1
    if last >= NO_MONTH - 1 or count > LONGEST_RUN:
        width = max(scale.gap, TWO_YEARS - scale.month)
        layout.slots.append(Slot(first, last, layout.end, width, empty=True))
        return
    for number in range(first, last + 1):
        layout.slots.append(Slot(number, number, layout.end, scale.empty_month, empty=True))


def _add_month(
    layout: Layout, month: Month, reaches: dict[str, float], ramps_end: float, scale: Scale
) -> float:
    """Groups and events in turn, then the free lanes in the middle; where the ramps end."""
    start = layout.end
    stop_at, last_stop = start + scale.edge, None
    for group in range(len(month.crossings) + 1):
        if group:
            key = month.crossings[group - 1].event.key
            clear = start + half_month(reaches[key], scale) if last_stop is None else last_stop
            at = max(clear, (last_stop or 0) + reaches[key], ramps_end + reaches[key])
            layout.events[key] = at
            ramps_end = stop_at = last_stop = at + reaches[key]
        if count := month.widest(group):
            last_stop = stop_at + (count - 1) * scale.spacing
            for stops in month.groups[group]:
                _spread(layout, stops, (stop_at + last_stop) / 2, scale.spacing)
    _add_slot(layout, month, start, last_stop or start, reaches, scale)
    return ramps_end


def half_month(reach: float, scale: Scale) -> float:
    """Half of an interchange's month: with half a neighbour it holds the ramp."""
    return max((scale.month + scale.gap) / 2, reach - scale.edge)


def _add_slot(
    layout: Layout,
    month: Month,
    start: float,
    last_stop: float,
    reaches: dict[str, float],
    scale: Scale,
) -> None:
    """Close a month behind its last stop or half an interchange; its free lanes stand midway."""
    free = 2 * scale.edge + (month.widest_free - 1) * scale.spacing if month.free else 0
    end = start + max(scale.month, free)
    if month.widest(len(month.crossings)):
        end = max(end, last_stop + scale.edge)
    if month.crossings:
        key = month.crossings[-1].event.key
        end = max(end, layout.events[key] + half_month(reaches[key], scale))
    slot = Slot(month.number, month.number, start, end - start)
    if len(month.crossings) == 1:
        slot.event = month.crossings[0].event.key
    layout.slots.append(slot)
    for stops in month.free:
        _spread(layout, stops, layout.slots[-1].middle, scale.spacing)


def _spread(layout: Layout, stops: Sequence, middle: float, spacing: float) -> None:
    first = middle - (len(stops) - 1) * spacing / 2
    for number, stop in enumerate(stops):
        layout.stops[stop.key] = first + number * spacing


def draw_axis(layout: Layout, top: int, bottom: int, words: Words) -> Axis:
    """Bands of even years, initials of months with stops, ticks of empty ones, breaks."""
    axis = Axis()
    years: dict[int, list[Slot]] = {}
    for slot in layout.slots:
        if slot.first == NO_MONTH:
            axis.notes.append(Word(round(slot.middle), bottom + 12, words.undated))
        elif slot.is_break:
            axis.notes += _break(slot, bottom, words)
        else:
            years.setdefault(slot.first // 12, []).append(slot)
            x = layout.events.get(slot.event, slot.middle)
            _add_month_mark(axis, slot, round(x), bottom, words)
    for year, slots in years.items():
        _add_year(axis, year, slots, top, bottom)
    return axis


def _break(slot: Slot, bottom: int, words: Words) -> list[Word]:
    """Which whole years have no stops, if any; nothing before the undated."""
    if slot.last >= NO_MONTH - 1:
        return []
    first, last = (slot.first + 11) // 12, (slot.last + 1) // 12 - 1
    short = f"{last % 100:02}" if first // 100 == last // 100 else str(last)
    years = str(first) if first == last else f"{first}–{short}"
    notes = [words.no_stops, years] if first <= last else [words.no_stops]
    return [Word(round(slot.middle), bottom + 12 + 16 * n, note) for n, note in enumerate(notes)]


def _add_month_mark(axis: Axis, slot: Slot, x: int, bottom: int, words: Words) -> None:
    if slot.empty:
        axis.ticks += f"M{x} {bottom + 2}v4"
    else:
        axis.months.append(Word(x, bottom + 12, words.month_initials[slot.first % 12]))


def _add_year(axis: Axis, year: int, slots: list[Slot], top: int, bottom: int) -> None:
    start, end = slots[0].start, slots[-1].start + slots[-1].width
    if year % 2 == 0:
        axis.bands.append(f"M{start} {top}h{end - start}V{bottom}H{start}z")
    if end - start < 60:
        axis.years.append(Word(round((start + end) / 2), bottom + 29, str(year)))
    else:
        axis.years.append(Word(start + 7, bottom + 29, str(year), start=True))
