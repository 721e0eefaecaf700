"""Queries whose SQL is kept: they find what Django would find, whatever they are asked for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Milestone
from strongcities.prepared import MOST, Prepared
from tests.factories import make_city, make_milestone

pytestmark = pytest.mark.django_db


@Prepared
def public_of(slug: str, keys: list[int]) -> QuerySet:
    told = Milestone.objects.published().filter(city__slug=slug, pk__in=keys)
    return told.select_related("city").order_by("pk")


def test_it_finds_what_it_is_asked_for_each_time():
    stops = [make_milestone(city=make_city(slug=slug)) for slug in ("oslo", "oslo-2")]
    keys = [stop.pk for stop in stops]

    with CaptureQueriesContext(connection) as asked:
        found = [public_of(stop.city.slug, keys) for stop in stops]
        cities = [one.city for (one,) in found]

    assert cities == [stop.city for stop in stops]
    assert len(asked) == 2
    assert public_of("oslo", keys[1:]) == []


def test_its_time_is_the_time_of_asking(monkeypatch):
    soon = timezone.now() + timedelta(hours=1)
    stop = make_milestone(goes_live_at=soon)
    asked = (stop.city.slug, [stop.pk])
    before = public_of(*asked)

    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(minutes=1))

    assert before == []
    assert public_of(*asked) == [stop]


@pytest.mark.parametrize("keys", [[], list(range(MOST + 1))])
def test_no_list_and_a_long_one_are_asked_for_unkept(keys):
    stop = make_milestone()

    assert public_of(stop.city.slug, [*keys, stop.pk] if keys else []) == ([stop] if keys else [])
    assert all(MOST >= shape[1] > 0 for shape in public_of.built)


def test_a_query_that_makes_another_value_of_one_given_is_refused():
    starting = Prepared(lambda start: Milestone.objects.filter(title__startswith=start))

    with pytest.raises(ValueError, match="as it is given"):
        starting("Oslo")
