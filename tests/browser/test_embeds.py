"""An embed in the page of another site, in a frame as WordPress writes it."""

import pytest

from tests.browser.axe import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As `wp_filter_oembed_result` leaves it of a site that it does not know.
FRAME = (
    '<!doctype html><iframe class="wp-embedded-content" sandbox="allow-scripts" '
    'security="restricted" src="{address}" width="600" height="500"></iframe>'
)


@pytest.fixture
def open_embed(open_page, live_server, elsewhere, tmp_path):
    """A function: a page of another site that holds an embed, and its frame."""

    def open_(address: str):
        (tmp_path / "index.html").write_text(FRAME.format(address=live_server.url + address))
        page = open_page("/about/")
        page.goto(elsewhere)
        return page, page.frame_locator("iframe")

    return open_


GROUND = "body => getComputedStyle(body).backgroundColor"


def test_embed_has_its_looks_and_leads_on_within_a_sandbox(open_embed, seed):
    page, frame = open_embed("/embed/journeys/rabat/")

    light = frame.locator("body").evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    dark = frame.locator("body").evaluate(GROUND)
    frame.get_by_role("link", name="Fourth Global Summit").click()
    frame.get_by_role("heading", name="Fourth Global Summit").wait_for()
    frame.get_by_role("link", name="City Learning at the Fourth Global Summit").click()
    frame.get_by_role("heading", name="Masaka City", exact=True).wait_for()

    assert (light, dark) == ("rgb(255, 255, 255)", "rgb(16, 20, 24)")
    assert page.said == []


def test_map_in_a_sandbox_leads_to_a_stop_on_its_journey(open_embed, seed):
    page, frame = open_embed("/embed/map/")

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


def test_link_that_has_the_focus_is_above_the_foot(open_page, seed):
    page = open_page("/embed/map/", width=390)
    foot = page.locator(".embed__foot").bounding_box()

    for _link in page.locator(".strip__link:visible").all():
        page.keyboard.press("Tab")
        focused = page.locator(":focus").bounding_box()
        assert focused["y"] + focused["height"] <= foot["y"]
