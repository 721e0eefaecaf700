"""What comes out: a drawing in user units, y down, each part ready for one SVG element."""

from dataclasses import dataclass, field, replace


@dataclass(slots=True)
class Mark:
    """A stop: a disc, solid where the city joined, a diamond, a dot in a capsule or a count."""

    key: str
    x: int
    y: int
    shape: str
    month: int
    name: str = ""
    url: str = ""
    label: str = ""
    label_place: str = ""
    colour: str = ""
    radius: float = 7

    @property
    def label_x(self) -> int:
        return self.x - 3 if self.label_place == "down" else self.x + 5

    @property
    def label_y(self) -> int:
        return self.y + 21 if self.label_place == "down" else self.y - 13

    @property
    def diamond(self) -> str:
        """A path around the stop, a little larger than its disc."""
        r = round(self.radius) + 3
        return f"M{self.x} {self.y - r}l{r} {r}-{r} {r}-{r}-{r}z"


@dataclass(slots=True)
class Head:
    """The start of a lane, or of a region's block: a link with code, name and what stands below."""

    label: str
    url: str
    colour: str
    y: int
    code: str = ""
    name: str = ""
    below: str = ""
    height: int = 0


@dataclass(slots=True)
class Lane:
    """A line with its stops from left to right."""

    key: str
    colour: str
    y: int
    name: str = ""
    line: str = ""
    guide: str = ""
    head: Head | None = None
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Capsule:
    """An interchange: a rounded box around the dots of the lines that meet."""

    key: str
    x: int
    top: int
    bottom: int
    month: int
    half: int = 13

    @property
    def left(self) -> int:
        return self.x - self.half

    @property
    def width(self) -> int:
        return 2 * self.half

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(slots=True)
class Flag:
    """The plate that names an interchange, with its leader down to the capsule."""

    label: str
    url: str
    name: str
    below: str
    x: int
    y: int
    width: int
    height: int = 44
    leader: str = ""


@dataclass(slots=True)
class Word:
    """A short text of the axis at its middle or, with `start`, at its start."""

    x: int
    y: int
    text: str
    start: bool = False


@dataclass(slots=True)
class Axis:
    """Bands of every other year, years, initials of months, ticks of empty months, breaks."""

    bands: list[str] = field(default_factory=list)
    years: list[Word] = field(default_factory=list)
    months: list[Word] = field(default_factory=list)
    notes: list[Word] = field(default_factory=list)
    ticks: str = ""


@dataclass(slots=True)
class Drawing:
    """The whole map; `mode` is full, compact or overview."""

    mode: str
    width: int = 0
    height: int = 0
    hit: int = 13
    head_width: int = 0
    top: int = 0  # where the bands of the years begin, below the flags
    axis: Axis = field(default_factory=Axis)
    lanes: list[Lane] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    capsules: list[Capsule] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    launches: list[str] = field(default_factory=list)
    links: list[list[tuple[float, float]]] = field(default_factory=list)
    has_breaks: bool = False
    has_undated: bool = False

    @property
    def guide(self) -> str:
        """The dotted guides of all lanes, as one path."""
        return "".join(lane.guide for lane in self.lanes)

    @property
    def shapes(self) -> set[str]:
        """The kinds of stop that the key explains."""
        return {mark.shape for lane in self.lanes for mark in lane.marks}

    @property
    def signs(self) -> list[Mark]:
        """One mark of each shape at 0, to be used where stops are no links."""
        marks = {mark.shape: mark for lane in self.lanes for mark in lane.marks if not mark.url}
        return [replace(marks[shape], x=0, y=0) for shape in sorted(marks)]

    @property
    def event_colours(self) -> list[str]:
        """Two lines of the first interchange, for the key."""
        dots = [mark for lane in self.lanes for mark in lane.marks if mark.shape == "dot"]
        return [mark.colour for mark in dots if mark.x == dots[0].x][:2]

    @property
    def is_wide(self) -> bool:
        """Whether it is better scrolled than made smaller: links stay 24 pixels apart."""
        return self.width > 1248
