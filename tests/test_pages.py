"""What every page keeps to: valid HTML, light weight, few requests."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from justhtml import JustHTML

pytestmark = pytest.mark.django_db

PAGE_LIMIT = 50 * 1024
LIMITS = {"/": 20 * 1024, "/journeys/masaka-city/": 17 * 1024, "/journeys/rabat/": 17 * 1024}
CSS_LIMIT = 5400  # compressed
SIDES = "(left|right|top|bottom)"
PHYSICAL = re.compile(rf"[;{{\s]((margin|padding|border)-{SIDES}\b|{SIDES}:)")
LOPSIDED = re.compile(r"(margin|padding): [^\s;(]+ ([^\s;(]+) [^\s;(]+ (?!\2;)[^\s;(]+;")


def style_sheets(page: str, media: str) -> list[bytes]:
    """The style sheets as production serves them that hold up a first view of some width."""
    links = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"(?: media="([^"]+)")?', page)
    folder = Path(settings.BASE_DIR) / "static"
    return [
        (folder / link).read_bytes()
        for link, condition in links
        if not condition or media in condition
    ]


def texts(pages) -> dict[str, str]:
    return {address: response.content.decode() for address, response in pages.items()}


def test_html_has_no_error_one_h1_no_heading_left_out_and_leads_on_without_any_script(seed_pages):
    for address, page in texts(seed_pages).items():
        read = JustHTML(page, collect_errors=True, sanitize=False)
        assert read.errors == [], address
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), address
        assert read.query("main a[href]"), address
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


@pytest.mark.parametrize("media", ["min-width", "max-width"])
def test_page_is_light(seed_pages, media):
    for address, page in texts(seed_pages).items():
        sheets = style_sheets(page, media)

        weight = sum(len(gzip.compress(sheet)) for sheet in sheets)

        assert len(gzip.compress(page.encode())) + weight <= LIMITS.get(address, PAGE_LIMIT), (
            address
        )
        assert weight <= CSS_LIMIT, address
        assert len(sheets) <= 3, address


def test_page_is_marked_in_the_navigation_where_it_lies(seed_pages):
    is_marked = {
        address: bool(JustHTML(page, sanitize=False).query(".masthead__link[aria-current]"))
        for address, page in texts(seed_pages).items()
    }

    lies_nowhere = ("/", "/search/?q=youth", "/search/?q=masakka", "/no-such-page/")
    assert {address for address in is_marked if not is_marked[address]} <= {*lies_nowhere}


def test_style_sheets_use_logical_properties_and_no_force():
    for sheet in (Path(settings.BASE_DIR) / "static" / "css").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        assert not PHYSICAL.search(text), sheet.name
        assert not LOPSIDED.search(text), sheet.name
        assert "!important" not in text, sheet.name
        assert not re.search(r"(^|\})\s*#", text), sheet.name
        assert "url(http" not in text, sheet.name
