"""What a page says of its other forms in its head."""

import pytest
from justhtml import JustHTML

from tests.journeys.stories import make_told_portal

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = "https://journeys.example"
ATOM, ICS = "application/atom+xml", "text/calendar"
FILES = ["text/csv", "application/json"]
OEMBED = ["application/json+oembed", "text/xml+oembed"]


@pytest.fixture(autouse=True)
def _portal(settings):
    settings.PUBLIC_ADDRESS = OURS
    make_told_portal()


def alternates(client, address: str) -> list[tuple[str, str]]:
    head = JustHTML(client.get(address).content.decode(), sanitize=False)
    links = head.query("link[rel=alternate]")
    assert all(link.attrs["title"] for link in links)
    return [(link.attrs["type"], link.attrs["href"]) for link in links]


TYPES = {
    "/": [ATOM, *FILES, *OEMBED],
    "/about/": [ATOM, *FILES],
    "/journeys/": [ATOM, *FILES, ICS],
    "/journeys/rabat/": [ATOM, *FILES, ICS, *OEMBED],
    "/journeys/rabat/tea/": [ATOM, *FILES, *OEMBED],
    "/cities/": [*FILES, "application/geo+json"],
    "/regions/": FILES,
    "/themes/": FILES,
    "/initiatives/": FILES,
    "/initiatives/pact/": FILES,
    "/regions/mena/": [ATOM, *FILES],
    "/events/": [*FILES, ICS],
    "/events/summit/": [ATOM, *FILES, ICS, *OEMBED],
    "/themes/youth/": [ATOM, *FILES],
}


def test_each_form_that_a_page_names_is_there(client):
    found = {page: alternates(client, page) for page in TYPES}

    assert {page: [kind for kind, _address in forms] for page, forms in found.items()} == TYPES
    for kind, address in {form for forms in found.values() for form in forms}:
        response = client.get(address.removeprefix(OURS))
        assert response.status_code == 200, address
        sent = {OEMBED[0]: "application/json", OEMBED[1]: "text/xml"}.get(kind, kind)
        assert response.headers["Content-Type"].startswith(sent)


def test_filtered_list_names_its_own_forms_and_one_that_is_wrong_none(client):
    query = "theme=water&q=%22%3E%3Cb%3E"

    forms = alternates(client, f"/journeys/?{query}&order=latest&page=2")

    assert [address for _kind, address in forms] == [
        f"/journeys.{suffix}?{query}" for suffix in ("atom", "csv", "json", "ics")
    ]
    assert alternates(client, "/journeys/?year=soon") == []
