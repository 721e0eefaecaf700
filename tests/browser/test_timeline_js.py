"""TimelineJS3, from its package, reads our timelines on a page of another site."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from journeys.models import Source
from tests.browser.conftest import PATIENCE
from tests.factories import link_event, make_city, make_event, make_milestone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PACKAGE = "@knight-lab/timelinejs"
VERSION = "3.9.11"
PAGE = """<!doctype html><meta charset="utf-8"><div id="timeline" style="height: 600px"></div>
<script src="timeline.js"></script>
<script>timeline = new TL.Timeline("timeline", "{source}", {{hash_bookmark: true}})</script>"""
HOSTILE = '<img src=x onerror="hacked=1"> </script><script>hacked=1</script> "=1" مدينة 🏙️'


@pytest.fixture(scope="session")
def script(tmp_path_factory) -> Path:
    """The script of the package; where there is no npm, it is skipped unless it is required."""
    if shutil.which("npm") is None:
        message = "no npm on this machine, which fetches TimelineJS3"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    folder = tmp_path_factory.mktemp("npm")
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    subprocess.run(["npm", "install", *options, f"{PACKAGE}@{VERSION}"], check=True, timeout=120)
    return folder / "node_modules" / PACKAGE / "dist" / "js" / "timeline.js"


@pytest.fixture
def read(open_page, live_server, script, elsewhere, tmp_path):
    """A function: our address as a page of another site shows it by TimelineJS3."""
    shutil.copy(script, tmp_path)

    def read_(address: str):
        (tmp_path / "index.html").write_text(PAGE.format(source=live_server.url + address))
        page = open_page("/healthz")
        page.goto(elsewhere)
        page.wait_for_selector(".tl-timemarker", state="attached", timeout=PATIENCE)
        return page

    return read_


def test_journey_is_read_with_its_dates_and_words(read):
    city = make_city(name="Rabat", slug="rabat")
    for date in ("2023-09-19/2023-09-21", "2023/2023-12", "2024?", "2024-22", "2024-10/.."):
        make_milestone(city=city, date=date, date_as_printed=f"Printed {date}")
    make_milestone(city=city, date="", date_as_printed="No day at all")

    page = read("/journeys/rabat.timeline.json")

    spans = page.evaluate(
        "timeline.config.events.map(one => [one.start_date.data, one.end_date?.data]"
        ".map(d => d && [d.year, d.month, d.day].filter(Boolean).map(Number)))"
    )
    assert sorted(spans, key=str) == [
        [[2023, 1], [2023, 12]],
        [[2023, 9, 19], [2023, 9, 21]],
        [[2024, 10], None],
        [[2024, 6, 1], [2024, 8, 31]],
        [[2024], None],
    ]
    assert page.locator(".tl-slide").count() == 6
    assert page.locator(".tl-headline-date", has_text="Printed 2024?").count() == 1


def test_hostile_words_are_read_as_words_and_cities_are_groups(read):
    event = make_event(name="Summit")
    for name in ("Rabat", "Masaka"):
        milestone = make_milestone(title=HOSTILE, body=HOSTILE, city=make_city(name=name))
        link_event(milestone, event)
        Source.objects.create(milestone=milestone, title=HOSTILE, url="https://example.org/")

    page = read("/events/summit.timeline.json")

    assert page.evaluate("window.hacked") is None
    assert page.locator(".tl-slide .tl-headline", has_text=HOSTILE).count() == 2
    assert set(page.locator(".tl-timegroup").all_inner_texts()) >= {"Rabat", "Masaka"}
