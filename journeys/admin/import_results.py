"""What came of an import, city by city, with the ways to every draft."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import models

from journeys.admin.import_rows import ROWS_OF_A_CITY
from journeys.import_desk.outcome import Outcome, outcome_of
from journeys.models import CityState, ImportedCity, Milestone, PageImport
from members.models import City
from strongcities.editing.models import Proposal
from strongcities.staff import access

RESULTS_ON_A_PAGE = 25
CITY, MILESTONE = City._meta.label_lower, Milestone._meta.label_lower

Records = dict[tuple[str, int], models.Model]


@dataclass(frozen=True)
class ResultLine:
    """One city: what was made, written over, proposed, and what could not be."""

    row: ImportedCity
    outcome: Outcome
    records: Records
    waiting: dict[int, Proposal]

    @property
    def city(self) -> City | None:
        return self.records.get((CITY, self.outcome.city))

    @property
    def drafts(self) -> list[Milestone]:
        return self.there((MILESTONE, pk) for pk in self.outcome.drafts[:ROWS_OF_A_CITY])

    @property
    def more(self) -> int:
        return len(self.outcome.drafts[ROWS_OF_A_CITY:])

    @property
    def cities_changed(self) -> list[City]:
        return self.there((CITY, pk) for kind, pk, *_ in self.outcome.changed if kind == CITY)

    @property
    def milestones_changed(self) -> list[Milestone]:
        changed = (pk for kind, pk, *_ in self.outcome.changed if kind == MILESTONE)
        return self.there((MILESTONE, pk) for pk in changed)

    @property
    def proposals(self) -> list[Proposal]:
        return [self.waiting[pk] for pk in self.outcome.proposed if pk in self.waiting]

    def there(self, named: Iterable[tuple[str, int]]) -> list:
        return [self.records[name] for name in named if name in self.records]


def result_of(page: PageImport, request) -> dict | None:
    rows = page.cities.filter(state__in=(CityState.TAKEN, CityState.UNDONE)).defer("text")
    if not rows.exists():
        return None
    shown = Paginator(rows, RESULTS_ON_A_PAGE).get_page(request.GET.get("result"))
    outcomes = [(row, outcome_of(row)) for row in shown.object_list]
    records = seen_records([outcome for _row, outcome in outcomes], request.user)
    waiting = Proposal.objects.in_bulk([pk for _row, o in outcomes for pk in o.proposed])
    lines = [ResultLine(row, outcome, records, waiting) for row, outcome in outcomes]
    return {"pages": shown, "lines": lines}


def seen_records(outcomes: list[Outcome], user) -> Records:
    """Those of the records that are still there, and that the user still sees."""
    cities = {outcome.city for outcome in outcomes}
    milestones = {pk for outcome in outcomes for pk in outcome.drafts[:ROWS_OF_A_CITY]}
    for outcome in outcomes:
        for kind, pk, *_ in outcome.changed:
            (cities if kind == CITY else milestones).add(pk)
    found = {}
    for model, pks in ((City, cities), (Milestone, milestones)):
        stored = access.visible(user, model._base_manager.filter(pk__in=pks))
        found |= {(model._meta.label_lower, record.pk): record for record in stored}
    return found
