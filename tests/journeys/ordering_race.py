"""Many publishers order one city's milestones at once, and others put new ones among them."""

from functools import partial

from journeys.models import Milestone
from tests.admin_forms import address_of, page_of, send
from tests.editing.staff import make_superuser
from tests.editing.two_editors import browser_of
from tests.factories import make_city, make_milestone
from tests.races import at_once

MOVERS, INSERTERS, BEFORE = 3, 3, 4


def race() -> dict:
    """First all save an order that they opened at once; then orders and new ones together."""
    city = make_city()
    pks = [make_milestone(city=city).pk for _number in range(BEFORE)]
    movers = [browser_of(make_superuser()) for _number in range(MOVERS)]
    orders = at_once(*(partial(order, client, city, pks) for client in movers))
    inserting = [partial(insert, browser_of(make_superuser()), city) for _n in range(INSERTERS)]
    ordering = [partial(order_as_it_is, client, city) for client in movers]
    inserted = at_once(*inserting, *ordering)[:INSERTERS]
    positions = sorted(city.milestones.values_list("position", flat=True))
    return {"orders": orders, "inserted": inserted, "positions": positions}


def order(client, city, pks: list[int]) -> int:
    """Turn round the order that was seen; returns the answer's status."""
    places = {f"place:{pk}": place for place, pk in enumerate(reversed(pks), 1)}
    form = {"seen": " ".join(map(str, pks)), **places}
    return client.post(address_of(city, "order"), form).status_code


def order_as_it_is(client, city) -> int:
    pks = city.milestones.order_by("position", "pk").values_list("pk", flat=True)
    return order(client, city, list(pks))


def insert(client, city) -> int:
    """Add a draft as the second of the story."""
    new = {"title": "New", "body": "Words.", "date_as_printed": "May 2023", "date": "2023-05"}
    address = f"{page_of(Milestone, 'add')}?city={city.pk}&position=2"
    return send(client, address, **new).status_code
