"""A browser whose letters are twice as large, on a phone and on a desk."""

import pytest

from members.models import City
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.tour import TOUR

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True),
]

# Words that go over two lines, and columns of text with room for fewer than ten letters.
FAULTS = """() => {
  const found = [], range = document.createRange();
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; text = nodes.nextNode();) {
    const parent = text.parentElement, style = getComputedStyle(parent);
    if (!parent.checkVisibility() || parent.closest('.visually-hidden, svg')) continue;
    for (const word of text.data.matchAll(/[\\p{L}\\p{M}\\d’]+/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0);
      if (boxes.some(box => box.top > boxes[0].bottom)) found.push(`broken: ${word[0]}`);
    }
    let block = parent;
    while (!block.clientWidth) block = block.parentElement;
    if (text.data.trim().length > 20 && block.clientWidth < 5 * parseFloat(style.fontSize))
      found.push(`narrow: ${text.data.trim()}`);
  }
  return found;
}"""


OVER = """direction => {
  document.documentElement.dir = direction;
  return document.documentElement.scrollWidth - innerWidth;
}"""


@pytest.fixture(scope="module")
def large_letters(browser):
    flags = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
    yield chromium
    chromium.close()


@pytest.fixture
def large(large_letters, live_server):
    """A function: a page of a browser with a font of 200 %, at some width."""
    yield lambda width: large_letters.new_page(viewport={"width": width, "height": 844})
    for context in large_letters.contexts:
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_word_breaks_and_no_column_is_narrow(large, live_server, seed, width):
    page, faults = large(width), {}

    for address in TOUR:
        page.goto(live_server.url + address)
        faults[address] = page.evaluate(FAULTS)
        for direction in ("ltr", "rtl"):
            over = page.evaluate(OVER, direction)
            faults[address] += [f"{direction} too wide by {over}"] if over > 0 else []

    assert {address: found for address, found in faults.items() if found} == {}


def test_long_address_or_name_makes_no_page_too_wide(large, live_server, seed, settings):
    settings.PUBLIC_ADDRESS = "https://member-journeys.strongcitiesnetwork.example"
    City.objects.update(name="New Belinomouth")
    page, over = large(390), {}

    for address in (
        "/data/",
        "/",
        "/journeys/",
        "/journeys/rabat/",
        "/events/fourth-global-summit/",
    ):
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        over[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert max(over.values()) <= 0, over


def test_comparison_of_four_breaks_no_word_on_a_phone(open_page, seed):
    cities = "city=rabat&city=masaka-city&city=athens-ohio&city=mardan"
    page = open_page(f"/compare/?{cities}", width=390)

    for direction in ("ltr", "rtl"):
        page.evaluate(OVER, direction)
        said = page.locator(".compare__caption").bounding_box()
        assert page.evaluate(FAULTS) == []
        assert said["x"] >= 0
        assert said["x"] + said["width"] <= 390


def test_filters_are_applied_and_the_list_of_stops_found_from_anywhere(large, live_server, seed):
    page = large(390)

    page.goto(f"{live_server.url}/journeys/")
    page.locator(".filter__summary").click()
    assert is_in_view(page, ".filter > .button")
    page.goto(f"{live_server.url}/journeys/masaka-city/")
    page.locator(".milestone__title").nth(4).scroll_into_view_if_needed()
    assert is_in_view(page, ".timeline__up")
    page.locator(".timeline__up").click()
    assert is_in_view(page, "#stops")


def is_in_view(page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= 844
