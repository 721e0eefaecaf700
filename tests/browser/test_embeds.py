"""An embed in the page of another site, in a frame as WordPress writes it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.axe import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As `wp_filter_oembed_result` leaves it of a site that it does not know.
FRAME = (
    '<!doctype html><iframe class="wp-embedded-content" sandbox="allow-scripts" '
    'security="restricted" src="{address}" width="600" height="500"></iframe>'
)


@pytest.fixture
def elsewhere(live_server):
    """A function: the address of a page of another site that holds an embed."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(FRAME.format(address=live_server.url + self.path).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield lambda address: f"http://127.0.0.1:{server.server_port}{address}"
    server.shutdown()
    server.server_close()


GROUND = "body => getComputedStyle(body).backgroundColor"


def test_embed_has_its_looks_and_leads_on_within_a_sandbox(open_page, seed, elsewhere):
    page = open_page("/about/")
    page.goto(elsewhere("/embed/journeys/rabat/"))
    frame = page.frame_locator("iframe")

    light = frame.locator("body").evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    dark = frame.locator("body").evaluate(GROUND)
    frame.get_by_role("link", name="Fourth Global Summit").click()
    frame.get_by_role("heading", name="Fourth Global Summit").wait_for()
    frame.get_by_role("link", name="City Learning at the Fourth Global Summit").click()
    frame.get_by_role("heading", name="Masaka City", exact=True).wait_for()

    assert (light, dark) == ("rgb(255, 255, 255)", "rgb(16, 20, 24)")
    assert page.said == []


def test_map_in_a_sandbox_leads_to_a_stop_on_its_journey(open_page, seed, elsewhere):
    page = open_page("/about/")
    page.goto(elsewhere("/embed/map/"))
    frame = page.frame_locator("iframe")

    frame.locator(".strip__link:visible").first.click()

    frame.locator(".embed__stop:target").wait_for()
    assert "/journeys/" in frame.locator(".embed__foot a").inner_text()
    assert page.said == []


def test_no_embed_breaks_a_rule_of_access_or_scrolls_sideways(open_page, seed):
    page = open_page("/embed/map/")
    origin = page.url.removesuffix("/embed/map/")

    for address in ("map/", "journeys/rabat/", "events/fourth-global-summit/"):
        page.goto(f"{origin}/embed/{address}")
        assert faults_of(page) == []
