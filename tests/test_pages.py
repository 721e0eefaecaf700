"""What every page keeps to: valid HTML, light weight, few requests."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from justhtml import JustHTML

from strongcities.storage import without_blanks
from tests.browser.tour import TOUR

pytestmark = pytest.mark.django_db

PAGE_LIMIT = 50 * 1024
LIMITS = {"/": 20 * 1024, "/journeys/masaka-city/": 14 * 1024, "/journeys/rabat/": 14 * 1024}
CSS_LIMIT = 14 * 1024
SIDES = "(left|right|top|bottom)"
PHYSICAL = re.compile(rf"[;{{\s]((margin|padding|border)-{SIDES}\b|{SIDES}:)")


def style_sheets(page: str, media: str) -> list[bytes]:
    """The style sheets as production serves them that hold up a first view of some width."""
    links = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"(?: media="([^"]+)")?', page)
    folder = Path(settings.BASE_DIR) / "static"
    return [
        without_blanks((folder / link).read_text()).encode()
        for link, condition in links
        if not condition or media in condition
    ]


@pytest.mark.parametrize("address", [*TOUR, "/no-such-page/"])
def test_html_has_no_error(client, seed, address):
    page = client.get(address).content.decode()

    assert JustHTML(page, collect_errors=True).errors == []
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("media", ["min-width", "max-width"])
@pytest.mark.parametrize("address", [*TOUR, "/journeys/rabat/"])
def test_page_is_light(client, seed, address, media):
    response = client.get(address)
    sheets = style_sheets(response.content.decode(), media)

    weight = len(gzip.compress(response.content)) + sum(len(gzip.compress(s)) for s in sheets)

    assert weight <= LIMITS.get(address, PAGE_LIMIT)
    assert sum(map(len, sheets)) <= CSS_LIMIT
    assert len(sheets) <= 3


@pytest.mark.parametrize("address", TOUR)
def test_page_has_one_h1_and_skips_no_heading(client, seed, address):
    page = client.get(address).content.decode()

    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_style_sheets_use_logical_properties_and_no_force():
    for sheet in (Path(settings.BASE_DIR) / "static" / "css").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        assert not PHYSICAL.search(text), sheet.name
        assert "!important" not in text, sheet.name
        assert not re.search(r"(^|\})\s*#", text), sheet.name
        assert "url(http" not in text, sheet.name
