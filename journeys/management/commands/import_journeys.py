"""Import a Member Journeys page as drafts."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from journeys.importing import ImportPlan, apply, plan_import
from journeys.imports import read as reading
from journeys.imports.read import PageError, PageText, Problem
from strongcities.editing import history
from strongcities.staff import audit
from strongcities.staff.sentences import coded

ALL_READ, SOME_REFUSED, NOTHING_READ = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Reads the text of a Member Journeys page: new cities and milestones become drafts, what "
        "is stored stays. Exit status 0: all read; 1: some city refused; 2: nothing read."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the page's text in UTF-8, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="tell, but write nothing")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(self, *args, file, dry_run, **options):
        try:
            page = reading.parse(reading.decode(read(file)))
        except PageError as error:
            self.finish(reading.nothing(error.problems), options["json"], NOTHING_READ)
        except OSError as error:
            self.finish(reading.nothing([not_read(error)]), options["json"], NOTHING_READ)
        plan = plan_import(page)
        sentences = list(plan.sentences())
        if not dry_run:
            write(plan, name_of(file))
        if not options["json"]:
            self.stdout.writelines(f"{sentence}\n" for sentence in sentences)
        self.finish(read_by(plan, page), options["json"], status(plan))

    def finish(self, page: PageText, as_json: bool, code: int):
        """Print what was read and what went wrong, and end with the exit status."""
        if as_json:
            printed = json.dumps(reading.as_json(page), ensure_ascii=False, indent=1)
            self.stdout.write(printed)
        for problem in page.problems:
            self.stderr.write(in_words(problem), self.style.NOTICE)
        if code:
            sys.exit(code)


def read(file: str) -> bytes:
    """The bytes of the file; of standard input none where it is closed."""
    if file == "-":
        return sys.stdin.buffer.read() if sys.stdin else b""
    return Path(file).read_bytes()


def name_of(file: str) -> str:
    """The file's name as it can be stored and printed, even where it is not UTF-8."""
    name = _("standard input") if file == "-" else Path(file).name
    return name.encode(errors="backslashreplace").decode()


def write(plan: ImportPlan, name: str) -> None:
    """Write all that is new, as one revision and a line of the log for each city."""
    comment = coded("imported", file=name)
    with history.recorded(comment=comment, by_hand=True):
        for city in plan.cities:
            is_new = not city.is_empty
            apply(city)
            if is_new:
                audit.note(None, "imported", city.city, comment)


def status(plan) -> int:
    if not plan.cities:
        return NOTHING_READ
    return SOME_REFUSED if plan.refused else ALL_READ


def read_by(plan, page: PageText) -> PageText:
    """The page with the cities that were read, and all problems."""
    cities = tuple(city.text for city in plan.cities)
    return PageText(
        page.title,
        page.heading,
        page.intro,
        page.closing_heading,
        page.closing_text,
        cities,
        tuple(plan.problems),
    )


def not_read(error: OSError) -> Problem:
    # A name that is not UTF-8 could not be printed.
    name = str(error.filename or "-").encode(errors="backslashreplace").decode()
    params = {"file": name, "reason": error.strerror}
    return Problem("error", "", 0, "%(file)s cannot be read: %(reason)s.", params)


def in_words(problem: Problem) -> str:
    """ "error: Northgate, line 12: 4 dates for 5 milestones"."""
    where = [problem.city] if problem.city else []
    where += [f"line {problem.line}"] if problem.line else []
    return f"{problem.level}: {', '.join(where)}{': ' if where else ''}{problem.message}"
