"""What the pages of an import print: the plan, what came of it, the problems and the lines."""

from django.db import models
from django.utils.translation import gettext as _

from journeys.imports.compare import Plan, compare, seen_by
from journeys.imports.form import Posted, city_form, regions_of
from journeys.imports.read import PageError, PageText, Problem, decode, parse
from journeys.imports.read.characters import LINK_END, LINK_START, LINK_TO
from journeys.imports.read.lines import LINE_END
from journeys.imports.written import stored_records, written_from
from journeys.models import Milestone, PageImport
from members.models import City
from strongcities.direction import filled
from strongcities.editing.labels import Labels
from strongcities.editing.models import Proposal
from strongcities.staff import access

MOST_BOXES = 900  # that a browser sends without a script
PROBLEMS_SHOWN, MOST_PROBLEMS = 10, 500
LINE_LENGTH, QUOTE_LENGTH = 1000, 160


def read(page: PageImport) -> PageText:
    try:
        return parse(decode(page.bytes))
    except PageError as error:
        return PageText(problems=error.problems)


# The plan


def plan_context(page: PageImport, user, posted: Posted | None) -> dict:
    plan = compare(read(page), user)
    regions, labels = regions_of(user), Labels(user)
    shown = [city for city in plan.cities if city.says_something and not city.is_closed]
    forms = [city_form(city, posted, regions, labels) for city in shown]
    return {
        "summary": summary_of(plan),
        "cities": forms,
        "states": " ".join(f"{city.number}:{city.state}" for city in shown),
        "same": [c.text.heading for c in plan.cities if not (c.says_something or c.is_closed)],
        "closed": [city.text.heading for city in plan.cities if city.is_closed],
        "gone_cities": [city.name for city in plan.gone],
        "regions": regions,
        "region": posted.region if posted else "",
        "needs_region": not access.works_everywhere(user),
        "several_new_cities": sum(city.city is None for city in shown) > 1,
        "has_many_boxes": sum(len(form["rows"]) + 2 for form in forms) > MOST_BOXES,
        **problems_context(page, plan.problems),
    }


def summary_of(plan: Plan) -> dict[str, int]:
    """Sums over the cities that are read."""
    open_cities = [city for city in plan.cities if not city.is_closed]
    sums = {
        name: sum(len(getattr(city, name)) for city in open_cities)
        for name in ("new", "changes", "gone")
    }
    new_cities = sum(city.city is None for city in open_cities)
    return sums | {"cities": len(plan.cities), "new_cities": new_cities}


# Problems and lines


def problems_context(page: PageImport, problems: list[Problem]) -> dict:
    """Errors first, each in words with the line that it is about."""
    problems = sorted(problems, key=lambda problem: (problem.level, problem.line))
    lines = lines_of(page)
    worded = [with_its_line(problem, lines) for problem in problems[:MOST_PROBLEMS]]
    errors = [problem.city for problem in problems if problem.level == "error" and problem.city]
    return {
        "problem_total": len(problems),
        "problems": worded[:PROBLEMS_SHOWN],
        "more_problems": worded[PROBLEMS_SHOWN:],
        "most_problems": MOST_PROBLEMS,
        "refused": list(dict.fromkeys(errors)),
    }


def with_its_line(problem: Problem, lines: list[str]) -> dict:
    quoted = lines[problem.line - 1] if problem.line else ""
    message = filled(_(problem.template), problem.params)
    return {"problem": problem, "message": message, "quoted": shown(quoted, QUOTE_LENGTH)}


def lines_of(page: PageImport) -> list[str]:
    return LINE_END.split(decode(page.bytes))


AS_SHOWN = {0: "\u2400", ord(LINK_START): None, ord(LINK_TO): " (", ord(LINK_END): ")"}


def shown(line: str, length: int) -> str:
    """A line as it can be looked at, cut where it is long."""
    cut = line if len(line) <= length else line[:length] + "…"
    return cut.translate(AS_SHOWN)


def numbered_lines(page: PageImport) -> list[tuple[int, str]]:
    return [(n, shown(line, LINE_LENGTH)) for n, line in enumerate(lines_of(page), 1)]


# What was written


def results_of(page: PageImport, user) -> list[dict]:
    """By city: the records made, written over and proposed that the user sees."""
    written = written_from(page.written)
    cities = {("members.city", each.city) for each in written}
    records = stored_records(cities.union(*(each.touched for each in written)))
    visible = {
        model: seen_by(user, [record for record in records.values() if type(record) is model])
        for model in (City, Milestone)
    }
    records = {name: one for name, one in records.items() if one.pk in visible[type(one)]}
    proposals = Proposal.objects.in_bulk([pk for each in written for pk in each.proposed])

    def seen(entries) -> list[models.Model]:
        return [records[name] for entry in entries if (name := tuple(entry[:2])) in records]

    return [
        {
            "written": each,
            "city": records.get(("members.city", each.city)),
            "drafts": [one for one in seen(each.made) if isinstance(one, Milestone)],
            "changed": seen(each.changed),
            "proposals": [proposals[pk] for pk in each.proposed if pk in proposals],
        }
        for each in written
    ]
