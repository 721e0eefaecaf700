"""The figures as docs/performance.md prints them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import nan
from statistics import median, quantiles

WAGTAIL = 62  # times ready bytes: a city's page of Wagtail 8, measured once beside ours
WAYS = {
    "nothing": "nothing kept",
    "made": "page made",
    "hit": "hit",
    "known": "304",
}
# What a page is to take, in times ready bytes: of Wagtail's city page, or of its list (0.72).
GOALS = {
    ("journey", "made"): 1.2 * WAGTAIL,
    ("milestone", "made"): 0.8 * WAGTAIL,
    ("home", "made"): 0.8 * WAGTAIL,
    ("filtered list", "made"): 0.72 * WAGTAIL,
    ("journey", "hit"): 0.6,
}
START, MEMORY = 2.4, 1.7  # times that of ready bytes
GROWTH = 1.3  # times what the page takes in the smallest portal
GROWING = ("journey", "milestone", "event")
FROM_NOTHING = 100  # milliseconds, on PostgreSQL
BOUNDED = ("home", "list", "filtered list", "search")
HEAD = """# How fast it is

`make bench` measured this on {day}: {about};
the machine's load over 15 minutes was {noise}. A load above the number of cores makes
milliseconds longer, also those of processor time.

Milliseconds are processor time a request, of all processes of the server and of PostgreSQL, pages
in turn: the median of {rounds} rounds, and its quartiles. **x** is the ratio to ready bytes: a view
of Django that returns 39 KB, on the same server in the same rounds. It holds on a busy machine and
on another one, milliseconds do not. Wagtail's page is {wagtail} x, as measured beside ours once.
*Nothing kept*: the cache of pages is off. *Page made*: somebody logged in, whom the cache
passes by; what pages have in common is kept. *Hit*: the page is ready. Queries: with nothing kept /
page made. *Sent*: in Brotli or gzip, with its style sheets. What failed has no figures.

The goals are those of the five journeys; larger portals are here for what grows. Why one is missed,
where it is: of a journey that is made two thirds are Django's templates. A faster engine was tried
on a journey's stops and makes them in a quarter of the time; it would have to take every public
template with it. An event takes longer where thirty cities stand on its page; at the smallest
portal two do. Of a hit an eighth is ours, 20 µs, the rest the server's. At the start one process
loads the portal, the templates of public pages too, lest a reader waits, and its workers are forked
from it; that of ready bytes is granian's own. Memory that they share is soon each one's own, since
Python writes to what it reads; each worker keeps what pages have in common and the words of all
milestones. It is read after a round of the public pages; for staff the admin is loaded too. Other
ways to allocate it, fewer statements kept, and workers that load for themselves gave little.

What pages have in common is made anew beside the old one after each publication; of 1,300 journeys
the words take half a second of a processor. To read only those that changed was tried: it takes a
tenth of that, and makes a search for a common word twice as dear.
"""


@dataclass
class Page:
    """What was measured of one kind of page; `spent` in milliseconds, by way and round."""

    raw: int
    sent: int
    etag: str = ""
    queries: tuple[int, ...] = ()
    spent: dict[str, list[float]] = field(default_factory=dict)


@dataclass
class Run:
    """What was measured of one portal, and of ready bytes in the same rounds."""

    title: str
    pages: dict[str, Page] = field(default_factory=dict)
    floor: list[float] = field(default_factory=list)
    static: list[float] = field(default_factory=list)
    start: tuple[list[float], list[float]] = ((), ())
    memory: tuple[float, float] | None = None  # ours and that of ready bytes, after readers alone
    memory_with_staff: float = 0
    # connections -> a hit, a page made, ready bytes
    rates: dict[int, tuple[float, float, float]] = field(default_factory=dict)

    def spent(self, kind: str, way: str) -> list[float]:
        return self.pages[kind].spent.get(way, []) if kind in self.pages else []


def figure(values: list[float]) -> str:
    """The median and the quartiles: "12.3 (11.9–12.8)"."""
    if not values:
        return "–"
    low, middle, high = quantiles(values, n=4) if len(values) > 1 else values * 3
    return f"{short(middle)} ({short(low)}–{short(high)})"


def ratio(values: list[float], floor: list[float]) -> str:
    return short(median(values) / median(floor)) if values and floor else "–"


def short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    lines.insert(1, ["---", *["--:"] * (len(lines[0]) - 1)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def pages_table(run: Run) -> str:
    head = ["page", "queries", "KB", "sent"]
    head += [part for way in WAYS.values() for part in (f"{way}, ms", "x")]
    rows = []
    for kind, page in run.pages.items():
        sizes = [f"{size / 1024:.1f}" for size in (page.raw, page.sent)]
        row = [kind, " / ".join(map(str, page.queries)), *sizes]
        for way in WAYS:
            spent = page.spent.get(way, [])
            row += [figure(spent), ratio(spent, run.floor)]
        rows.append(row)
    return table(head, rows)


def rates_table(run: Run) -> str:
    head = ["connections", "hit, a second", "x", "page made, a second", "ready bytes, a second"]
    return table(
        head,
        (
            [number, short(hit), short(hit / ready), short(made), short(ready)]
            for number, (hit, made, ready) in run.rates.items()
        ),
    )


def section(run: Run) -> str:
    (ours, floor), (memory, bare) = run.start, run.memory
    static = f"; a file of nginx {ratio(run.static, run.floor)} x" if run.static else ""
    facts = [
        f"Ready bytes: {figure(run.floor)} ms{static}.",
        f"Start to first answer: {figure(ours)} ms, {ratio(ours, floor)} x that of ready bytes.",
        f"Memory of all processes: {memory:.0f} MB, {short(memory / bare)} x that of ready bytes; "
        f"once staff were there, {run.memory_with_staff:.0f} MB.",
    ]
    tables = [goals(run), pages_table(run), rates_table(run)]
    parts = [f"## {run.title}\n", *tables, "\n".join(facts) + "\n"]
    return "\n".join(parts)


def goals(run: Run) -> str:
    """Each goal with what was measured."""
    ours, floor = run.start
    reached = {
        f"{kind}, {WAYS[way]}": (median(spent) / median(run.floor), goal)
        for (kind, way), goal in GOALS.items()
        if (spent := run.spent(kind, way))
    }
    reached["start"] = (median(ours) / median(floor), START)
    reached["memory"] = (run.memory[0] / run.memory[1], MEMORY)
    return table(
        ["goal", "at most, x", "measured, x", "met"],
        (
            [name, short(goal), short(found), "yes" if found <= goal else "no"]
            for name, (found, goal) in reached.items()
        ),
    )


def growth(runs: list[Run]) -> str:
    """Each size beside the smallest, on the same database: what a page takes, in ready bytes."""
    smallest, rows = {}, []
    for run in runs:
        first = smallest.setdefault(run.title.partition(", ")[2], run)
        grown = [ratio([times(run, kind)], [times(first, kind)]) for kind in GROWING]
        rows.append([run.title, *grown, *(figure(run.spent(kind, "nothing")) for kind in BOUNDED)])
    head = [f"{kind}, at most {GROWTH} x" for kind in GROWING]
    head += [f"{kind}, at most {FROM_NOTHING} ms" for kind in BOUNDED]
    said = "Pages made, beside the smallest portal, each in ready bytes; and with nothing kept.\n"
    return "\n".join(["## What grows\n", said, table(["portal", *head], rows)])


def times(run: Run, kind: str) -> float:
    """How many ready bytes a page takes that is made."""
    return median(run.spent(kind, "made") or [nan]) / median(run.floor)


def document(day: str, about: str, noise: str, rounds: int, runs: list[Run]) -> str:
    head = HEAD.format(day=day, about=about, noise=noise, rounds=rounds, wagtail=WAGTAIL)
    return "\n".join([head, growth(runs), *map(section, runs)])
