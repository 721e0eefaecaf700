"""What came of an import, city by city, with the ways to every draft."""

from django.core.paginator import Paginator

from journeys.admin.import_rows import ROWS_OF_A_CITY
from journeys.import_desk.outcome import Outcome, outcome_of
from journeys.models import CityState, Milestone, PageImport
from members.models import City
from strongcities.editing.models import Proposal

RESULTS_ON_A_PAGE = 25


def result_of(page: PageImport, request) -> dict | None:
    rows = page.cities.filter(state__in=(CityState.TAKEN, CityState.UNDONE)).defer("text")
    if not rows.exists():
        return None
    shown = Paginator(rows, RESULTS_ON_A_PAGE).get_page(request.GET.get("result"))
    outcomes = [(row, outcome_of(row)) for row in shown.object_list]
    stored = Milestone.objects.in_bulk(
        [pk for _row, outcome in outcomes for pk in outcome.drafts[:ROWS_OF_A_CITY]]
    )
    changed = changed_records([outcome for _row, outcome in outcomes])
    waiting = Proposal.objects.in_bulk([pk for _row, o in outcomes for pk in o.proposed])
    cities = City.objects.in_bulk([outcome.city for _row, outcome in outcomes])
    lines = [
        result_line(row, outcome, cities, stored, changed, waiting) for row, outcome in outcomes
    ]
    return {"pages": shown, "lines": lines}


def changed_records(outcomes: list[Outcome]) -> dict:
    cities, milestones = (
        [pk for o in outcomes for kind, pk, *_rest in o.changed if kind == label]
        for label in ("members.city", "journeys.milestone")
    )
    found = {("members.city", pk): c for pk, c in City.objects.in_bulk(cities).items()}
    stored = Milestone.objects.in_bulk(milestones)
    return found | {("journeys.milestone", pk): m for pk, m in stored.items()}


def result_line(row, outcome: Outcome, cities, stored, changed, waiting) -> dict:
    drafts = [stored[pk] for pk in outcome.drafts[:ROWS_OF_A_CITY] if pk in stored]
    return {
        "row": row,
        "outcome": outcome,
        "city": cities.get(outcome.city),
        "drafts": drafts,
        "more": max(0, len(outcome.drafts) - ROWS_OF_A_CITY),
        "cities_changed": [
            changed[(k, pk)]
            for k, pk, *_r in outcome.changed
            if k == "members.city" and (k, pk) in changed
        ],
        "milestones_changed": [
            changed[(k, pk)]
            for k, pk, *_r in outcome.changed
            if k == "journeys.milestone" and (k, pk) in changed
        ],
        "proposals": [waiting[pk] for pk in outcome.proposed if pk in waiting],
    }
