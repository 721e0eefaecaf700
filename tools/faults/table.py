"""What became of each fault, as docs/reliability.md prints it."""

from collections.abc import Iterable
from dataclasses import dataclass

from tools.faults.readers import Answer, slowest

HEAD = """# What it survives

`make faults` caused these on {day}: {about}.

The portal ran as README starts it for production, on a PostgreSQL of its own, without nginx before
it; *two processes* ran as deploy/ has them, behind nginx. While each fault lasted, eight readers
went on asking for a page that is kept ready and four for one that is made for each of them (of 256
readers, 16). All of it is of one run. The machine was shared and busy with other work, of which its
load tells (that of this run among it): seconds are no better than that, counts are.

*Ready* and *made*: pages that readers got (200). *Later*: a 503 that says when to come back.
*Other*: any other answer, and broken connections. *Slowest*: the longest that a reader of a ready
page, and of one that is made, waited for an answer. *Healed*: seconds from the end of the fault (or
from its beginning, where nobody ends it) to the last answer that was no page. *Survived*: readers
get a page or a 503 that says when to come back, within ten seconds (256 at once: a page, however
late), and ready pages go on; of requests, only those in flight in a process that is killed break;
nothing acknowledged is lost; it is over ten seconds after the fault, with nobody doing anything.
"""
ALONE = """
One server alone, as README starts it, bears less: granian ends altogether when a worker that it has
just replaced ends too; leaves a worker that hangs its half of the connections (tried by hand, 13 of
24 requests got nothing); and renewed by HUP ends the old workers 3.5 s after it starts new ones,
whether these answer or not (157 requests broke). Nothing of granian's can be set against it; two
processes behind nginx, as [operations.md](operations.md) has them, lose nothing."""
COLUMNS = (
    "fault",
    "ready",
    "made",
    "later",
    "other",
    "slowest, s",
    "lost",
    "healed, s",
    "survived",
)
SOON = 10.0  # seconds


@dataclass
class Outcome:
    """What came of a fault; `reasons` say why it was not survived."""

    fault: str
    answers: list[Answer]
    lost: str
    healed: float | None = None
    reasons: tuple[str, ...] = ()

    def count(self, is_so) -> int:
        return sum(map(is_so, self.answers))

    @property
    def others(self) -> int:
        return self.count(lambda each: not (each.is_page or each.is_later))

    @property
    def cells(self) -> list[str]:
        read = ["–"] * 5
        if self.answers:
            ready = self.count(lambda each: each.is_page and each.way == "kept")
            made = self.count(lambda each: each.is_page and each.way == "made")
            later = self.count(lambda each: each.is_later)
            slow = " / ".join(f"{slowest(self.answers, way):.1f}" for way in ("kept", "made"))
            read = [*map(str, (ready, made, later, self.others)), slow]
        healed = "–" if self.healed is None else f"{self.healed:.1f}"
        return [self.fault, *read, self.lost, healed, "**no**" if self.reasons else "yes"]


def document(day: str, about: str, outcomes: Iterable[Outcome]) -> str:
    outcomes = list(outcomes)
    rows = [COLUMNS, ["---"] * len(COLUMNS), *(outcome.cells for outcome in outcomes)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    failed = [f"- {each.fault}: {'; '.join(each.reasons)}." for each in outcomes if each.reasons]
    parts = [HEAD.format(day=day, about=about), "\n".join(lines)]
    parts.append(ALONE)
    parts += ["\n## Not survived\n\n" + "\n".join(failed)] if failed else []
    return "\n".join(parts) + "\n"
