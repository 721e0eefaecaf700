import json
import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.formats import date_format

from journeys.api.schema import LARGEST_SIZE
from journeys.files.columns import TABLES
from journeys.files.tables import AT_ONCE
from journeys.filters import MilestoneFilterSet
from journeys.templatetags.journeys import json_ld
from tests.factories import make_city, make_milestone, make_region, make_theme
from tests.journeys.files.reading import body
from tests.partials import ARABIC, typed, visited

pytestmark = pytest.mark.django_db


def page(client) -> str:
    return " ".join(client.get("/data/").content.decode().split())


def dataset(html: str) -> dict:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    (told,) = (one for one in json.loads(text)["@graph"] if one["@type"] == "Dataset")
    return told


def test_every_file_of_the_page_is_there_and_every_column_is_explained(client):
    region = make_region(slug="mena")
    make_theme(name=typed("Youth"), slug="youth")
    make_milestone(city=make_city(latitude="1", longitude="2", region=region))
    html = page(client)
    assert (typed("Youth"), "/themes/youth.atom") in visited(client, "/data/").links

    links = set(re.findall(r'href="(/[^"]+\.(?:csv|json|geojson|atom|ics))"', html))

    topics = {"/regions/mena.atom", "/themes/youth.atom"}
    assert {"/journeys.atom", "/events.ics", "/journeys.ics"} | topics < links
    assert len(links) == 19  # and its own address in OpenAPI
    for link in links:
        response = client.get(link)
        assert (response.status_code, bool(body(response))) == (200, True)
    for table in TABLES.values():
        for column in table.columns:
            assert f"<code>{column.name}</code></th><td>{column.meaning}" in html
            assert all(f"<code>{part.name}</code>: {part.meaning}" in html for part in column.parts)


def test_licence_is_claimed_only_where_it_is_set(client, settings):
    settings.CONTENT_LICENCE = ""
    unset = page(client)
    settings.CONTENT_LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    named = page(client)

    assert "Ask the Network" in unset
    assert dataset(unset)["license"] == f"{settings.PUBLIC_ADDRESS}/data/#licence"
    assert "CC BY 4.0" in named
    assert dataset(named)["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_search_engines_are_told_of_a_dataset_with_its_files(client, settings):
    make_milestone(date="2017-01", city=make_city(region=make_region(name="MENA")))
    make_milestone(date="2024-10/..")
    make_milestone(date="2023")

    told = dataset(page(client))

    assert (told["@type"], told["temporalCoverage"]) == ("Dataset", "2017-01-01/2023-12-31")
    assert {"@type": "Place", "name": "MENA"} in told["spatialCoverage"]
    addresses = [one["contentUrl"] for one in told["distribution"]]
    assert f"{settings.PUBLIC_ADDRESS}/cities.geojson" in addresses
    assert all(one.startswith(settings.PUBLIC_ADDRESS) for one in addresses)


def test_archive_is_offered_once_there_is_one(client, settings, tmp_path):
    settings.ARCHIVE = tmp_path / "archive.zip"
    before = page(client)
    settings.ARCHIVE.touch()

    assert "No archive has been written yet." in before
    assert 'href="/data/archive.zip"' not in before
    assert 'href="/data/archive.zip"' in page(client)


def test_page_says_how_to_cite_it_and_of_which_version(client, settings):
    html = page(client)

    version = dataset(html)["version"]
    assert f"version of {version}. {settings.PUBLIC_ADDRESS}/data/" in html
    assert f"{date_format(date.fromisoformat(version))}</" in html


@pytest.mark.parametrize(
    "text", ["</script><script>x()</script>", "<!--", "&amp;", "\u2028", ARABIC]
)
def test_no_text_ends_the_element_or_is_changed(text):
    element = str(json_ld([{"name": text}]))

    inside = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside)["@graph"] == [{"name": text}]
    assert not set("<>&\u2028") & set(inside)


GUIDE = (settings.BASE_DIR / "docs" / "partners.md").read_text(encoding="utf-8")


def test_guide_for_partners_has_every_column():
    for table in TABLES.values():
        listed = re.search(rf"\| `{table.name}` \| (.+) \|", GUIDE)[1]
        assert re.findall(r"`(\w+)`", listed) == table.names


def test_guide_for_partners_has_every_filter_limit_and_address_and_no_other():
    filters = GUIDE.split("## Filters")[1].split("(")[0]
    addresses = re.findall(r"`(/[^`?]+)[^`]*`", GUIDE)
    tables = {f"/api/v1/{name}/" for name in TABLES}

    assert re.findall(r"`(\w+)`", filters) == list(MilestoneFilterSet.base_filters)
    assert f"(at most {LARGEST_SIZE})" in GUIDE
    assert f"more than {AT_ONCE} rows are written one at a time" in GUIDE
    assert tables <= set(addresses)
    assert all(resolve(address) for address in addresses)
