"""Whatever the public can ask for is kept ready, with the headers that it was made with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strongcities.for_programs import ADDRESSES
from strongcities.pagecache import version
from tests.editing.test_leaks import OF_RECORDS, routes
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
)
from tests.strongcities.pagecache.test_wsgi import Site
from tests.versions import read

pytestmark = pytest.mark.django_db

NEVER_KEPT = {  # somebody's own, told by the process itself, a file already, or led elsewhere
    *("preview/<str:token>/", "report/", "healthz", "readyz"),
    *("pictures/<picture:name>", "data/archive.zip", "id/<uuid:uuid>/"),
}


@pytest.fixture
def addresses(settings) -> dict[str, str]:
    """One address of each public route, of records that are public."""
    settings.SECURITY_CONTACT = "mailto:us@example.org"
    date = {"date": "2024-05"}
    city = make_city(slug="shown-city", latitude="1", longitude="2")
    records = {"city": city, "region": city.region, "theme": make_theme(slug="shown")}
    records["milestone"] = milestone = make_milestone(city=city, slug="shown", **date)
    records["event"] = make_event(slug="shown", **date)
    records["initiative"] = make_initiative(slug="shown")
    link_theme(milestone, records["theme"])
    link_event(milestone, records["event"])
    link_initiative(milestone, records["initiative"])
    named = {kind: record.slug for kind, record in records.items()}
    named |= {f"{kind}_uuid": record.uuid for kind, record in records.items()}
    return {route: OF_RECORDS.get(route, [f"/{route}"])[0].format(**named) for route in routes()}


def test_each_public_address_is_made_once_and_then_sent_as_it_was_without_a_query(
    django, addresses, monkeypatch
):
    monkeypatch.setattr(version, "SECONDS", 600)
    monkeypatch.setattr("journeys.pages.card.PAUSE", 0)
    site, kept = Site(django, "url"), set()
    read()

    for route, address in addresses.items():
        made = site.get(address).headers
        with CaptureQueriesContext(connection) as queries:
            known = site.get(address, HTTP_IF_NONE_MATCH=made.get("etag", "")).status
            again = site.get(address)
        if (again.status, again.environ.get("portal.page")) == ("200 OK", "kept"):
            assert (known, again.headers, len(queries)) == ("304 Not Modified", made, 0), route
            assert made["vary"] == "Accept-Encoding", route
            is_open, is_card = bool(ADDRESSES.match(address)), address.endswith(".png")
            shown_by = "cross-origin" if is_open or is_card else "same-origin"
            assert ("access-control-allow-origin" in made) == is_open, route
            assert made["cross-origin-resource-policy"] == shown_by, route
            kept.add(route)

    assert set(addresses) - kept == NEVER_KEPT
