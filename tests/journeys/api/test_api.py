import json

import pytest

from journeys.api.schema import LARGEST_SIZE
from journeys.files.columns import TABLES
from tests.factories import make_city, make_milestone
from tests.journeys.stories import make_told_portal

pytestmark = pytest.mark.django_db


def read(client, address: str) -> dict:
    response = client.get(address)
    assert response.status_code == 200, response.content
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json()


def test_each_record_is_told_in_the_list_and_by_its_identifier_alike(client):
    make_told_portal()

    for name, table in TABLES.items():
        told = read(client, f"/api/v1/{name}/")["results"]
        assert told, name
        for one in told:
            assert list(one) == table.names
            assert read(client, f"/api/v1/{name}/{one['uuid']}/") == one


def test_pages_lead_to_each_other_and_keep_the_filters(client, settings):
    city = make_city(slug="rabat")
    for _ in range(5):
        make_milestone(city=city, kind="visit")
    make_milestone()
    address, seen, before = "/api/v1/milestones/?kind=visit&per_page=2", [], []

    while address:
        told = read(client, address)
        seen += [one["uuid"] for one in told["results"]]
        before.append(told["previous"])
        address = told["next"] and told["next"].removeprefix(settings.PUBLIC_ADDRESS)

    assert (len(seen), len(set(seen)), told["count"]) == (5, 5, 5)
    own = f"{settings.PUBLIC_ADDRESS}/api/v1/milestones/?kind=visit&page="
    assert before == [None, f"{own}1&per_page=2", f"{own}2&per_page=2"]


@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("theme=no-such&order=x", 400, ["theme", "order"]),
        ("page=0", 400, ["page"]),
        (f"per_page={LARGEST_SIZE + 1}", 400, ["per_page"]),
        ("page=99", 404, None),
    ],
)
def test_what_is_wrong_with_an_address_is_named(client, query, status, named):
    response = client.get(f"/api/v1/milestones/?{query}")

    said = response.json()
    assert (response.status_code, said["status"]) == (status, status)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (list(said["filters"]) if named else said.get("filters")) == named
    assert said["detail"]


def test_description_for_people_names_every_address_and_filter(client):
    page = client.get("/api/").content.decode().replace("<wbr>", "")
    document = json.loads(client.get("/api/v1/openapi.json").content)

    for path, operations in document["paths"].items():
        assert f"GET {path}<" in page
        for parameter in operations["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
