import gc
import weakref

import pytest
from django.db.models.signals import post_init

from journeys.files import tables
from journeys.files.columns import TABLES
from journeys.models import Milestone
from members.models import City
from tests.factories import make_milestone, make_network

pytestmark = pytest.mark.django_db


def test_milestones_are_read_a_few_at_a_time_and_not_kept(monkeypatch):
    make_network(30)
    monkeypatch.setattr(tables, "AT_ONCE", 10)
    alive, most = weakref.WeakSet(), 0
    post_init.connect(lambda instance, **rest: alive.add(instance), Milestone, weak=False,
                      dispatch_uid=1)  # fmt: skip
    try:
        for number, _row in enumerate(TABLES["milestones"].rows(TABLES["milestones"].keys())):
            if number % 40 == 39:
                gc.collect()
                most = max(most, len(alive))
    finally:
        post_init.disconnect(sender=Milestone, dispatch_uid=1)

    assert number == 119
    assert most <= 20


def test_what_was_withdrawn_meanwhile_is_left_out():
    gone, here = make_milestone(), make_milestone()
    table = TABLES["milestones"]
    keys = table.keys()
    City.objects.filter(pk=gone.city.pk).update(status="draft")

    assert [row["uuid"] for row in table.records(keys)] == [str(here.uuid)]
    assert len(keys) == 2
