"""Many publishers order one city's milestones at once, and others put new ones among them.

`python -m tests.journeys.ordering_race sqlite:////a/file` does it in that database.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from django.db import connection

MOVERS, INSERTERS, BEFORE = 10, 10, 8


def race() -> dict:
    """First all save an order that they opened at once; then orders and new ones together."""
    from tests.factories import make_city, make_milestone

    city = make_city()
    pks = [make_milestone(city=city).pk for _number in range(BEFORE)]
    clients = [signed_in(number) for number in range(MOVERS + INSERTERS)]
    movers, inserters = clients[:MOVERS], clients[MOVERS:]
    with ThreadPoolExecutor(MOVERS) as threads:
        orders = list(threads.map(lambda client: order(client, city, pks), movers))
    with ThreadPoolExecutor(MOVERS + INSERTERS) as threads:
        inserted = [threads.submit(insert, client, city) for client in inserters]
        for client in movers:
            threads.submit(order_as_it_is, client, city)
    positions = sorted(city.milestones.values_list("position", flat=True))
    return {
        "orders": orders,
        "inserted": [one.result() for one in inserted],
        "positions": positions,
    }


def signed_in(number: int):
    from django.test import Client

    from tests.editing.staff import make_superuser

    client = Client()
    client.force_login(make_superuser(username=f"mover-{number}"))
    return client


def order(client, city, pks: list[int]) -> int:
    """Turn round the order that was seen; returns the answer's status."""
    from django.urls import reverse

    places = {f"place:{pk}": place for place, pk in enumerate(reversed(pks), 1)}
    form = {"seen": " ".join(map(str, pks)), **places}
    with closing(connection):
        address = reverse("admin:members_city_order", args=[city.pk])
        return client.post(address, form).status_code


def order_as_it_is(client, city) -> int:
    with closing(connection):
        pks = list(city.milestones.order_by("position", "pk").values_list("pk", flat=True))
    return order(client, city, pks)


def insert(client, city) -> int:
    """Add a draft as the second of the story."""
    from django.urls import reverse

    from tests.admin_forms import fields_of

    new = {"title": "New", "body": "Words.", "date_as_printed": "May 2023", "date": "2023-05"}
    with closing(connection):
        address = f"{reverse('admin:journeys_milestone_add')}?city={city.pk}&position=2"
        form = fields_of(client, address) | new | {"_save": "Save"}
        return client.post(address, form).status_code


if __name__ == "__main__":
    os.environ |= {"TEST_DATABASE_URL": sys.argv[1], "DJANGO_SETTINGS_MODULE": "tests.settings"}
    import django
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"]["timeout"] = 300  # for slow machines
    django.setup()
    print(json.dumps(race()))
