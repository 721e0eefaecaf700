"""The milestones in memory are in the same orders, and counted the same, as in the database."""

import pytest
from django.http import QueryDict

from journeys.filters import MilestoneFilterSet
from journeys.models import Milestone
from journeys.pages.facets import Facets
from journeys.pages.milestone_index import read_index
from tests.factories import make_city, make_milestone

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


@pytest.fixture
def milestones():
    for name in ("Zagreb", "Århus", "aden"):
        city = make_city(name=name)
        for date in DATES:
            make_milestone(city=city, date=date, body="Words")
    make_milestone(status="draft")


@pytest.mark.parametrize("order", ["told", "date", "latest"])
@pytest.mark.parametrize("query", QUERIES)
def test_list_from_memory_is_the_list_of_the_database(milestones, query, order):
    address = QueryDict(f"{query}&order={order}")
    filterset = MilestoneFilterSet(address, queryset=Milestone.objects.published())

    facets = Facets(filterset)

    expected = list(filterset.qs.values_list("pk", flat=True))
    assert facets.index.in_order(facets.found, order) == expected


def test_index_of_nothing_has_no_milestones():
    index = read_index()

    assert index.in_order(index.everything, "date") == []
    assert index.by_city(index.everything) == []


def test_index_is_read_in_two_queries(milestones, django_assert_num_queries):
    with django_assert_num_queries(2):
        read_index()
