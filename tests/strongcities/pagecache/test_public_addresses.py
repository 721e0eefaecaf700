"""Whatever the public can ask for is kept ready, with the headers that it was made with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strongcities.for_programs import ADDRESSES
from strongcities.pagecache import version
from tests.editing.test_leaks import known, routes
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

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

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
    return {route: known(route)[0].format(**named) for route in routes()}


def assert_protected(address: str, headers: dict[str, str]) -> None:
    """Nothing of another site runs or frames it, and only what is meant for them is read there."""
    for_programs, is_embed = ADDRESSES.match(address), address.startswith("/embed/")
    is_open = bool(for_programs and for_programs["open"])
    shared = "cross-origin" if address.endswith(".png") else "same-origin"  # cards alone
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy, address
    assert "unsafe" not in policy, address
    assert ("frame-ancestors *" in policy) == is_embed, address
    assert headers.get("x-frame-options") == (None if is_embed else "DENY"), address
    assert headers["x-content-type-options"] == "nosniff", address
    assert headers["referrer-policy"] in ("same-origin", "no-referrer"), address
    assert "camera=()" in headers["permissions-policy"], address
    assert headers["cross-origin-resource-policy"] == shared, address
    assert headers.get("access-control-allow-origin") == ("*" if is_open else None), address


def test_each_public_address_is_protected_made_once_and_then_sent_as_it_was_without_a_query(
    django, addresses, monkeypatch
):
    monkeypatch.setattr(version, "SECONDS", 600)
    monkeypatch.setattr("journeys.pages.card.PAUSE", 0)
    site, kept = Site(django, "url"), set()
    read()

    for route, address in addresses.items():
        made, body = site.get(address).headers, site.body
        assert_protected(address, made)
        with CaptureQueriesContext(connection) as queries:
            known = site.get(address, HTTP_IF_NONE_MATCH=made.get("etag", "")).status
            again = site.get(address)
        if (again.status, again.environ.get("portal.page")) == ("200 OK", "kept"):
            assert (known, again.headers, len(queries)) == ("304 Not Modified", made, 0), route
            assert again.body == body, route
            assert made["vary"] == "Accept-Encoding", route
            kept.add(route)

    assert set(addresses) - kept == NEVER_KEPT
