"""How large things are drawn, by the number of lanes."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of one mode, in user units: about one pixel each."""

    mode: str
    pitch: int  # from lane to lane
    spacing: int  # from stop to stop in one month of one lane
    radius: float  # of a stop
    head: int  # width of the lanes' heads, at least
    above: int  # room for labels over the first lane
    below: int = 28  # from the last lane to the end of the bands
    pad: int = 4  # inside each edge of a month
    region_gap: int = 0  # between the lanes of two regions
    width: int = 1224  # at least
    month: int = 30  # width of a month with stops, at least
    empty_month: int = 8
    gap: int = 58  # width of a break, and of what an interchange adds to its month
    hold: int = 14  # from the capsule's middle to the end of a ramp
    ramp: int = 96  # the longest run of a ramp; a higher one is steeper than 45 degrees
    port: int = 26  # from line to line in a capsule
    half_capsule: int = 13

    @property
    def bends(self) -> bool:
        """Whether lines bend to meet, and stops have labels."""
        return self.mode == "full"

    @property
    def edge(self) -> float:
        """From the edge of a month to its first stop, at least."""
        return min(self.spacing, 25) / 2 + self.pad

    @property
    def links_stops(self) -> bool:
        """Whether stops lie far enough apart to be links of their own."""
        return self.mode in ("full", "compact")

    @property
    def hit(self) -> int:
        """How far from a stop's middle its link reaches."""
        return min(13, round(self.spacing * 0.6))


FULL = Scale("full", pitch=118, spacing=29, radius=7, head=138, above=56)
COMPACT = Scale(
    "compact", pitch=28, spacing=27, radius=6, head=150, above=24, region_gap=10, half_capsule=9
)
OVERVIEW = Scale(
    "overview",
    pitch=14,
    spacing=10,
    radius=3.5,
    head=226,
    above=24,
    pad=3,
    region_gap=12,
    month=16,
    empty_month=6,
    gap=64,
    half_capsule=8,
)


def scale_for(cities: int, stops: int) -> Scale:
    """1 to 8 cities in full, to 24 compact, more as an overview; a page holds so many stops."""
    if cities <= 8 and stops <= 80:
        return FULL
    return COMPACT if cities <= 24 and stops <= 120 else OVERVIEW


def narrower(scale: Scale) -> list[Scale]:
    """The scale, then, where stops are links, a closer one for histories that need it.

    Stops stay so far apart that each is hit with a finger, breaks wide enough for their words.
    """
    if scale.mode == "overview":
        return [scale]
    if scale.mode == "full":
        return [scale, replace(scale, pad=2, month=29)]
    return [scale, replace(scale, pad=1, month=27, empty_month=5, radius=5.5)]
