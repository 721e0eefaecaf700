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
from journeys.pages.milestone_words import milestone_words
from journeys.pages.places import set_of
from strongcities.folding import terms
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
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


@pytest.fixture
def told():
    hub = make_region(name="Upper Hub")
    city = make_city(name="Łódź", other_names="Litzmann", intro="By a harbour.", region=hub)
    milestone = make_milestone(city=city, title="We co-host it", body="A youth’s word. 青年的城市")
    link_event(milestone, make_event(name="Second Summit"))
    link_event(milestone, make_event(name="Hidden meeting", status="draft"))
    link_initiative(milestone, make_initiative(name="Pact of Rabat"))
    link_theme(milestone, make_theme(name="Remembering"))
    make_milestone(city=make_city(name="Rabat"), title="A youth council", body="Second of two.")
    make_milestone(status="draft", body="Of youth.")


FOUND = {
    "second": 2,
    "youth second": 2,
    "rabat": 2,
    "of": 2,
    "o": 0,
    "cohost": 1,
    "co-host": 1,
    "host": 1,
    "upper lodz": 1,
    "litzmann harbours": 1,
    "remember": 1,
    "hidden": 0,
    "城市": 1,
    "co-hidden": 0,
}


def test_words_find_in_memory_what_they_find_in_the_database(told):
    for words, number in FOUND.items():
        found = milestone_words().found(terms(words))

        in_database = Milestone.objects.published().with_words(terms(words))
        pks = in_database.values_list("pk", flat=True)
        assert found == set_of(read_index().pks, pks)
        assert found.bit_count() == number, words


def test_index_of_nothing_has_no_milestones():
    index = read_index()

    assert list(index.in_order(index.everything, "date")) == []
    assert index.by_city(index.everything) == []


def test_index_is_read_in_two_queries(milestones, django_assert_num_queries):
    with django_assert_num_queries(2):
        read_index()
