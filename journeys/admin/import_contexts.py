"""What the pages of an import print, and what comes back from their forms."""

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from journeys.admin.import_results import result_of
from journeys.admin.import_rows import NAMES_SHOWN, ROWS_OF_A_CITY, CityBlock, block_of
from journeys.import_desk.kept import in_words, lines_around, lock
from journeys.import_desk.looks import Headed, looks_at, names
from journeys.import_desk.ticks import numbers, put_ticks, read_ticks
from journeys.importing import match_cities
from journeys.imports.read import PageError
from journeys.models import CityState, ImportedCity, PageImport
from journeys.models.imports import OPEN_STATES
from members.models import City
from strongcities.staff import access

CITIES_ON_A_PAGE = 10
ROWS_ALONE = 50
PROBLEMS_SHOWN, PROBLEMS_ON_A_PAGE = 10, 100
LINES_AROUND, LINE_LENGTH = 40, 1000


# The page of an import


def page_context(page: PageImport, request) -> dict:
    """The plan of what is open, and what came of what was taken."""
    context = {
        "summary": summary_of(page),
        "problems": [in_words_with_line(each) for each in page.problems[:PROBLEMS_SHOWN]],
        "refused": refused_cities(page),
        "result": result_of(page, request),
    }
    plan = plan_of(page, request)
    return context | plan


def plan_of(page: PageImport, request) -> dict:
    open_rows = page.cities.filter(state__in=OPEN_STATES)
    telling = open_rows.filter(is_closed=False).filter(
        Q(is_new=True) | Q(new__gt=0) | Q(changed__gt=0) | Q(gone__gt=0) | Q(state="changed")
    )
    same = open_rows.filter(is_closed=False).exclude(pk__in=telling.values("pk"))
    alone = request.GET.get("city", "")
    if alone.isascii() and alone.isdigit() and len(alone) < 9:
        blocks, shown = one_block(page, telling.filter(number=alone), request)
    else:
        alone = ""
        shown = Paginator(telling, CITIES_ON_A_PAGE).get_page(request.GET.get("page"))
        looks = looks_at(page, shown.object_list, request.user)
        blocks = [block_of(look, request.user, slice(0, ROWS_OF_A_CITY)) for look in looks]
    return {
        "blocks": blocks,
        "pages": shown,
        "alone": alone,
        "is_open": telling.exists(),
        "meanwhile": open_rows.filter(state=CityState.CHANGED).count(),
        "same": some_names(same),
        "closed": some_names(open_rows.filter(is_closed=True)),
        "gone_cities": gone_cities(page, request.user),
        "regions": regions_of(request.user),
        "needs_region": not access.works_everywhere(request.user),
        "several_new_cities": telling.filter(is_new=True).count() > 1,
    }


def one_block(page: PageImport, rows, request) -> tuple[list[CityBlock], Page]:
    """A city alone, however many milestones it has."""
    looks = looks_at(page, rows, request.user)
    total = sum(len(look.plan.new) + len(look.changes) for look in looks)
    shown = Paginator(range(total), ROWS_ALONE).get_page(request.GET.get("page"))
    part = slice(shown.start_index() - 1 if total else 0, shown.end_index())
    return [block_of(look, request.user, part) for look in looks], shown


def summary_of(page: PageImport) -> dict:
    return page.cities.aggregate(
        cities=Count("pk"),
        milestones=Sum("milestone_total", default=0),
        new_cities=Count("pk", filter=Q(is_new=True)),
        new=Sum("new", default=0),
        changed=Sum("changed", default=0),
        gone=Sum("gone", default=0),
    )


def some_names(rows) -> dict:
    total = rows.count()
    some = list(rows.values_list("heading", flat=True)[:NAMES_SHOWN])
    return {"names": some, "total": total, "more": total - len(some)}


def gone_cities(page: PageImport, user) -> dict:
    """The stored cities that the page does not tell of, as far as the user sees them."""
    headings = page.cities.order_by("number").values_list("heading", flat=True)
    told = match_cities([Headed(each) for each in headings], list(names()))
    refused = {problem["city"] for problem in page.problems if problem["level"] == "error"}
    rows = access.visible(user, City.objects.by_name())
    pks = {city.pk for city in told.values()}
    left = [
        name
        for pk, name, short in rows.values_list("pk", "name", "short_name")
        if pk not in pks and not refused & {name, short}
    ]
    return {"names": left[:NAMES_SHOWN], "total": len(left), "more": len(left[NAMES_SHOWN:])}


def refused_cities(page: PageImport) -> list[str]:
    """The cities that cannot be read, as far as their problems are kept."""
    errors = [problem for problem in page.problems if problem["level"] == "error"]
    return list(dict.fromkeys(problem["city"] for problem in errors if problem["city"]))


def regions_of(user) -> list:
    return list(access.choices(user, City._meta.get_field("region")).order_by("order", "name"))


# Problems and lines


def error_in_words(error: PageError) -> str:
    problem = error.problems[0]
    message = _(problem.template) % problem.params
    if not problem.line:
        return message
    return _("Line %(line)s: %(message)s") % {"line": problem.line, "message": message}


def in_words_with_line(problem: dict) -> dict:
    return problem | {"message": in_words(problem)}


def problems_context(page: PageImport, asked) -> dict:
    pages = Paginator(page.problems, PROBLEMS_ON_A_PAGE).get_page(asked.get("page"))
    return {"pages": pages, "problems": [in_words_with_line(each) for each in pages.object_list]}


def lines_context(page: PageImport, asked) -> dict:
    """Some lines around the one that is asked for, and the ways to those before and behind."""
    text = asked.get("line", "")
    line = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    lines, total = lines_around(page, line, LINES_AROUND, LINE_LENGTH)
    first, last = lines[0][0], lines[-1][0]
    return {
        "lines": lines,
        "line": line,
        "total": total,
        "before": max(1, first - LINES_AROUND) if first > 1 else None,
        "behind": last + LINES_AROUND if last < total else None,
    }


# What comes back


def save_ticks(page: PageImport, posted, user) -> None:
    """Keep what is ticked on the part of the plan that was shown."""
    allowed = {str(region.pk): region for region in regions_of(user)}
    shown = numbers(posted.getlist("shown"))
    with transaction.atomic():
        lock(page)
        rows = list(page.cities.filter(number__in=shown, state__in=OPEN_STATES).defer("text"))
        for row in rows:
            put_ticks(row, read_ticks(row, posted))
            row.region = allowed.get(posted.get(f"region:{row.number}", ""))
            row.seen, row.state = posted.get(f"seen:{row.number}", "")[:32], CityState.OPEN
        columns = ["choices", "region", "seen", "state"]
        ImportedCity.objects.bulk_update(rows, columns, batch_size=200)
        if "region" in posted:
            page.region = allowed.get(posted["region"])
            page.save(update_fields=["region"])
