"""What search engines find."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from journeys.models import Milestone
from journeys.pages import sitemap
from members.models import City
from strongcities.pagecache.models import PublicChange
from tests import versions
from tests.factories import (
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_network,
    make_theme,
)

pytestmark = pytest.mark.django_db

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
MARCH, MAY = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 5, 4, 12, tzinfo=UTC)


def read(client, address: str) -> dict[str, str]:
    """The addresses of a sitemap or an index, each with its date, if any."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(answer.content)
    found = [*tree.findall("s:url", SPACE), *tree.findall("s:sitemap", SPACE)]
    return {
        one.findtext("s:loc", None, SPACE): one.findtext("s:lastmod", "", SPACE) for one in found
    }


def test_sitemap_names_every_public_page_and_when_it_changed(client, settings):
    settings.PUBLIC_ADDRESS = "https://j.example"
    milestone = make_milestone(city=make_city(slug="الرباط"))
    link_theme(milestone, make_theme(slug="youth"))
    make_theme(slug="untold")
    make_event(slug="draft", status="draft")
    Milestone.objects.update(changed_at=MAY, public_since=MARCH)
    City.objects.update(changed_at=MARCH, public_since=MARCH)

    found = read(client, "/sitemap.xml")

    city = f"https://j.example{milestone.city.get_absolute_url()}"
    assert found[city] == "2026-05-04T12:00:00+00:00"
    assert found[f"https://j.example{milestone.get_absolute_url()}"] == found[city]
    region = milestone.city.region.get_absolute_url()
    assert found["https://j.example/themes/youth/"] == found[city]
    assert found[f"https://j.example{region}"] == found[city]
    assert found["https://j.example/themes/untold/"] == ""
    assert found["https://j.example/privacy/"] == found["https://j.example/api/"] == ""
    assert not [address for address in found if "draft" in address]


def test_pages_drawn_of_many_changed_when_any_did(client):
    PublicChange.objects.all().delete()
    PublicChange.objects.create()
    PublicChange.objects.update(at=MAY)
    versions.read()

    found = read(client, "/sitemap.xml")

    for page in ("/", "/journeys/", "/events/", "/about/", "/data/"):
        assert found[f"http://testserver{page}"] == "2026-05-04T12:00:00+00:00"


def test_many_pages_are_told_in_files_that_an_index_names(client, monkeypatch):
    monkeypatch.setattr(sitemap, "PER_FILE", 3)
    cities = make_network(5)

    index = read(client, "/sitemap.xml")
    files = {name: read(client, name.removeprefix("http://testserver")) for name in index}

    assert "http://testserver/sitemap-milestone-7.xml" in index
    assert all(len(pages) <= 3 for name, pages in files.items() if "page" not in name)
    told = {address for pages in files.values() for address in pages}
    assert {f"http://testserver{city.get_absolute_url()}" for city in cities} < told
    assert client.get("/sitemap-milestone-8.xml").status_code == 404
    assert client.get("/sitemap-nothing-1.xml").status_code == 404


def test_robots_and_browsers_are_told_where_to_look(client):
    robots = client.get("/robots.txt").content.decode()
    search = client.get("/opensearch.xml")
    page = client.get("/about/").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert 'template="http://testserver/search/?q={searchTerms}"' in search.content.decode()
    assert search.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert 'href="/opensearch.xml"' in page
