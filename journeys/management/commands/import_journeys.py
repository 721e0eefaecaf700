"""Import a Member Journeys page as drafts."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.imports.compare import CityPlan, Plan, compare
from journeys.imports.read import PageError, PageText, Problem, as_json, decode, parse, plain
from journeys.imports.read.records import error
from journeys.imports.write import all_new, write_chosen
from journeys.models import Milestone
from strongcities.staff.sentences import coded

ALL_READ, SOME_REFUSED, NOTHING_READ = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Reads the text of a Member Journeys page: new cities and milestones become drafts, what "
        "is stored stays. Exit status 0: all read; 1: some city refused; 2: nothing read."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file", help="the page as text in UTF-8, .docx or .html, or - for standard input"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell, but write nothing")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(self, *args, file, dry_run, **options):
        try:
            text = plain(read(file), file)
            page = parse(decode(text.content))
        except PageError as refused:
            self.finish(PageText(problems=refused.problems), options["json"])
        sentences: list[str] = []

        def choose(plan: Plan):
            sentences.extend(sentences_of(plan))
            all_new(plan)

        if dry_run:
            plan = compare(page)
            choose(plan)
        else:
            plan, written = write_chosen(page, coded("imported", file=name_of(file)), choose=choose)
            plan.problems += [
                error("%(why)s", 0, each.heading, why=" ".join(each.not_taken))
                for each in written
                if each.left
            ]
        if not options["json"]:
            self.stdout.writelines(f"{sentence}\n" for sentence in sentences)
        cities = tuple(city.text for city in plan.cities)
        problems = (*text.problems, *plan.problems)
        self.finish(replace(page, cities=cities, problems=problems), options["json"])

    def finish(self, page: PageText, is_json: bool):
        """Print what was read and what went wrong, and end with the exit status."""
        if is_json:
            self.stdout.write(json.dumps(as_json(page), ensure_ascii=False, indent=1))
        for problem in page.problems:
            self.stderr.write(problem_in_words(problem), self.style.NOTICE)
        if not page.cities:
            sys.exit(NOTHING_READ)
        if any(problem.level == "error" for problem in page.problems):
            sys.exit(SOME_REFUSED)


def read(file: str) -> bytes:
    """The bytes of the file; of standard input none where it is closed."""
    try:
        if file == "-":
            return sys.stdin.buffer.read() if sys.stdin else b""
        return Path(file).read_bytes()
    except OSError as failed:
        name = printable(str(failed.filename or "-"))
        raise PageError(
            "%(file)s cannot be read: %(reason)s.", file=name, reason=failed.strerror
        ) from failed


def name_of(file: str) -> str:
    return printable(_("standard input") if file == "-" else Path(file).name)


def printable(name: str) -> str:
    """A file's name as it can be stored and printed, even where it is not UTF-8."""
    return name.encode(errors="backslashreplace").decode()


def problem_in_words(problem: Problem) -> str:
    """ "error: Northgate, line 12: 4 dates for 5 milestones"."""
    where = [problem.city] if problem.city else []
    where += [f"line {problem.line}"] if problem.line else []
    return f"{problem.level}: {', '.join(where)}{': ' if where else ''}{problem.message}"


# The plan in words, before it is written: a line each


def sentences_of(plan: Plan) -> Iterator[str]:
    for city in plan.cities:
        yield from sentences_on(city)
    for city in plan.gone:
        yield f"{city.name}: " + _("not on this page, kept as stored")


def sentences_on(plan: CityPlan) -> Iterator[str]:
    name = plan.text.heading
    told = [change for change in plan.changes if change.position]
    if plan.city is None:
        yield f"{name}: " + _("new city, as a draft")
    if len(told) < len(plan.changes):
        yield f"{name}: " + _("the introduction differs from what is stored; kept as stored")
    for text in plan.new:
        yield f"{name} {text.position}: " + _("new, as a draft: %(title)s") % {"title": text.title}
    for change in told:
        columns = [column for column in change.wanted if column != "date"]
        labels = [str(Milestone._meta.get_field(column).verbose_name) for column in columns]
        params = {"city": name, "position": change.record.position, "columns": ", ".join(labels)}
        yield _("%(city)s %(position)s: differs in %(columns)s; kept as stored: %(title)s") % (
            params | {"title": change.record.title}
        )
    for milestone in plan.gone:
        gone = _("not on this page: %(title)s") % {"title": milestone.title}
        yield f"{name} {milestone.position}: {gone}"
    if plan.city is not None and not (plan.new or plan.gone or told):
        count = len(plan.text.milestones)
        same = ngettext("%(n)s milestone, as stored", "%(n)s milestones, as stored", count)
        yield f"{name}: " + same % {"n": count}
