"""What locks the same records at once locks them in one order: nobody waits in a circle."""

import re
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Milestone
from strongcities.editing import history, proposals
from strongcities.editing.contents import contents_of, fingerprint, state_of
from strongcities.editing.models import PreviewLink
from tests.admin_forms import address_of, edit, page_of
from tests.editing.staff import make_editor, make_publisher
from tests.editing.two_editors import browser_of
from tests.factories import make_city, make_milestone, stored
from tests.races import at_once

ROUNDS, MILESTONES = 12, 6
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one lock for all"
)


@pytest.fixture
def city():
    city = make_city(status="draft")
    for _number in range(MILESTONES):
        make_milestone(city=city, status="draft", date_note="As told.")
    return city


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def act(work) -> list[int]:
    """The statuses of many requests."""
    return [work(number).status_code for number in range(ROUNDS)]


def bring(client, city):
    pks = list(city.milestones.values_list("pk", flat=True))
    withdrawal = {"action": "withdraw", "withdrawn_reason": "It was another city."}
    deeds = [withdrawal, {"action": "send_for_review"}]
    ticked = {"_selected_action": pks, "post": "yes"}
    return lambda number: client.post(page_of(Milestone), ticked | deeds[number % 2])


def look(client, city, maker):
    address = PreviewLink.objects.create(record=city, maker=maker).address
    return lambda number: client.get(address)


def order(client, city):
    pks = [str(pk) for pk in city.milestones.order_by("position").values_list("pk", flat=True)]
    turned = {f"place:{pk}": len(pks) - at for at, pk in enumerate(pks)}
    turned["seen"] = " ".join(pks)
    return lambda number: client.post(address_of(city, "order"), turned)


def approve(client, milestone, editor):
    wanted = contents_of(milestone)

    def work(number):
        proposal = proposals.propose(editor, milestone, wanted | {"body": f"Version {number}."})
        client.post(address_of(proposal), {"_approve": "yes", "keep:body": "proposed"})
        return client.get(address_of(milestone))

    return work


def look_at_proposal(client, milestone, editor):
    proposal = proposals.propose(editor, milestone, contents_of(milestone) | {"body": "Proposed."})
    return lambda number: client.get(address_of(proposal, "preview"))


def save(client, milestone):
    return lambda number: edit(client, milestone, title=f"Title {number}")


@pytest.mark.postgresql
@ON_POSTGRESQL
def test_nobody_waits_in_a_circle(transactional_db, city):
    publisher, before = make_publisher(), deadlocks()
    public = make_milestone(city=make_city())
    works = [
        bring(browser_of(publisher), city),
        bring(browser_of(publisher), city),
        look(browser_of(publisher), city, publisher),
        look(browser_of(publisher), city, publisher),
        order(browser_of(publisher), city),
        approve(browser_of(publisher), public, make_editor()),
        look_at_proposal(browser_of(publisher), public, make_editor()),
        save(browser_of(publisher), public),
    ]

    found = at_once(*(partial(act, work) for work in works))
    statuses = {status for one in found for status in one}

    assert statuses <= {200, 302, 404, 409}
    assert deadlocks() == before


def approved(client, milestone, wanted):
    proposal = proposals.propose(make_editor(), milestone, wanted)
    return lambda: client.post(address_of(proposal), {"_approve": "yes"})


def looked_at(client, milestone, wanted):
    proposal = proposals.propose(make_editor(), milestone, wanted)
    return lambda: client.get(address_of(proposal, "preview"))


def gone_back(client, milestone, wanted):
    edit(client, milestone, city=wanted["city"])
    edit(client, milestone, city=str(milestone.city_id))
    moved = history.versions_of(milestone)[1]
    seen = fingerprint(state_of(stored(milestone)))
    return lambda: client.post(address_of(milestone, "go_back", moved.pk), {"seen": seen})


@pytest.mark.postgresql
@ON_POSTGRESQL
@pytest.mark.django_db
@pytest.mark.parametrize("way", [approved, looked_at, gone_back])
def test_where_a_milestone_moves_both_cities_are_held_before_it(client, publisher, way):
    milestone, city = make_milestone(), make_city()
    work = way(client, milestone, contents_of(milestone) | {"city": str(city.pk)})

    with CaptureQueriesContext(connection) as queries:
        work()

    locks_and_writes = "FOR NO KEY UPDATE|^UPDATE"
    first = next(one["sql"] for one in queries if re.search(locks_and_writes, one["sql"]))
    held = re.search(r'FROM "members_city" WHERE .* IN \((.*?)\)', first)
    assert held
    assert set(held[1].split(", ")) == {str(milestone.city_id), str(city.pk)}
