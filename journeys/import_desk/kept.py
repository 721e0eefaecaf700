"""The page as somebody brought it: its bytes, its lines, and what was read in it."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from journeys.importing import unstorable
from journeys.imports import read as reading
from journeys.imports.read import CityText, MilestoneText, PageError, Problem
from journeys.imports.read.lines import LINE_END
from journeys.models import ImportedCity, ImportState, PageImport

MOST_BYTES = 5 * 1024**2
MOST_PROBLEMS = 1000
MOST_QUOTED = 160
WRITING = (ImportState.TAKING, ImportState.UNDOING)


def keep(user, data: bytes, name: str) -> PageImport:
    """Keep a page for its reader; raises PageError where it is no text."""
    reading.decode(data)
    PageImport.objects.forget_old()
    return PageImport.objects.create(user=user, content=data, size=len(data), name=name[:120])


def lock(page: PageImport) -> None:
    """Let the steps of imports come one after the other, and see how far this one is."""
    rows = PageImport.objects.filter(Q(pk=page.pk) | Q(state__in=WRITING)).order_by("pk")
    list(rows.select_for_update().values_list("pk"))
    page.refresh_from_db(fields=["state", "revision", "region"])


# Reading


def read(page: PageImport) -> None:
    """Read the text; nothing is locked while that lasts."""
    text = reading.decode(page.bytes)
    try:
        parsed = reading.parse(text)
        cities, problems = storable(parsed)
    except PageError as error:
        cities, problems = [], list(error.problems)
    lines = LINE_END.split(text)
    problems.sort(key=lambda problem: (problem.level, problem.line))
    with transaction.atomic():
        lock(page)
        if page.state != ImportState.READING:
            return
        rows = [as_row(page, number, city) for number, city in enumerate(cities, 1)]
        ImportedCity.objects.bulk_create(rows, batch_size=200)
        page.problem_total = len(problems)
        page.problems = [as_kept(problem, lines) for problem in problems[:MOST_PROBLEMS]]
        page.state = ImportState.COMPARING if rows else ImportState.UNREADABLE
        page.save(update_fields=["problem_total", "problems", "state"])


def storable(parsed: reading.PageText) -> tuple[list[CityText], list[Problem]]:
    """The cities that the database can hold, and all problems."""
    cities, problems = [], list(parsed.problems)
    for city in parsed.cities:
        found = list(unstorable(city))
        problems += found
        cities += [] if found else [city]
    return cities, problems


def as_row(page: PageImport, number: int, city: CityText) -> ImportedCity:
    return ImportedCity(
        page=page,
        number=number,
        heading=city.heading,
        text=asdict(city),
        milestone_total=len(city.milestones),
    )


def text_of(row: ImportedCity) -> CityText:
    """What was read of a city."""
    milestones = tuple(MilestoneText(**each) for each in row.text["milestones"])
    return CityText(**row.text | {"milestones": milestones})


# Problems


def as_kept(problem: Problem, lines: list[str]) -> dict:
    quoted = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    return {
        "level": problem.level,
        "city": problem.city,
        "line": problem.line,
        "template": problem.template,
        "params": {name: as_param(value) for name, value in problem.params.items()},
        "quoted": shown(quoted, MOST_QUOTED),
    }


def as_param(value) -> str | int:
    return value if isinstance(value, int) else str(value)


def in_words(problem: dict) -> str:
    return gettext(problem["template"]) % problem["params"]


# Lines


def shown(line: str, length: int) -> str:
    """A line as it can be stored and looked at, cut where it is long."""
    cut = line if len(line) <= length else line[:length] + "…"
    return cut.replace("\x00", "\u2400").encode(errors="replace").decode()


def lines_around(page: PageImport, number: int, reach: int, length: int):
    """The lines from `reach` before one to `reach` behind it, numbered; and how many there are."""
    lines = LINE_END.split(reading.decode(page.bytes))
    first = max(1, min(number, len(lines)) - reach)
    some = lines[first - 1 : first + 2 * reach]
    return [(at, shown(line, length)) for at, line in enumerate(some, first)], len(lines)
