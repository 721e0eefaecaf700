"""The milestones in memory are in the same orders, and counted the same, as in the database."""

from datetime import date
from itertools import product

import pytest
from django.db.models import Case, DateField, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict

from journeys.filters import MilestoneFilterSet
from journeys.models import Milestone
from journeys.pages.facets import Facets
from journeys.pages.milestone_index import read_index
from tests.factories import (
    make_city,
    make_milestone,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

DATES = ["2023-05", "2023", "", "../2022", "2024-01/..", "2021-03-04"]
QUERIES = [
    "",
    "year=2022",
    "year=2023&year=2021",
    "q=words",
    "kind=joined",
    "region=x",
    "year=1999",
]
GOING_ON = Case(When(date_earliest__isnull=False, then=Value(date.max)))
LAST_DAY = Coalesce("date_latest", GOING_ON, output_field=DateField())
LATEST = [LAST_DAY.desc(nulls_last=True), "position", "city__search_names", "pk"]
ORDERS = {
    "told": lambda found: found.as_told(),
    "date": lambda found: found.by_reading(),
    "latest": lambda found: found.order_by(*LATEST),
}


@pytest.fixture
def milestones():
    for name in ("Zagreb", "Århus", "aden"):
        city = make_city(name=name)
        for told in DATES:
            make_milestone(city=city, date=told, body="Words")
    make_milestone(status="draft")


def test_list_from_memory_is_the_list_of_the_database(milestones):
    for query, order in product(QUERIES, ORDERS):
        address = QueryDict(f"{query}&order={order}")
        filterset = MilestoneFilterSet(address, queryset=Milestone.objects.published())

        facets = Facets(filterset)

        expected = ORDERS[order](filterset.matching()).values_list("pk", flat=True)
        assert list(facets.index.in_order(facets.found, order)) == list(expected), address


def test_index_of_nothing_has_no_milestones():
    index = read_index()

    assert list(index.in_order(index.everything, "date")) == []
    assert index.by_city(index.everything) == []


def test_index_is_read_in_two_queries(milestones, django_assert_num_queries):
    with django_assert_num_queries(2):
        read_index()
