"""The journeys map of more cities, or more stops, than have room: each form keeps to the rules."""

import pytest

from journeys.models import Milestone
from members.models import LineColour
from tests.browser.axe import faults_of
from tests.factories import make_city, make_milestone, make_network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORMS = [(12, "compact"), (40, "overview"), (80, "overview")]
NARROWEST = 1216  # pixels of a window that shows the map and not the strip

# Targets are what takes the pointer. One smaller than 24 pixels has a circle of 24 around its
# middle that touches no other target and no other such circle (WCAG 2.5.8, which axe does not
# measure inside SVG).
CROWDED = """() => {
  const parts = '.map__hit, .map__banner, .map__plate';
  const targets = [...document.querySelectorAll('.map__sheet a')].map(link => {
    const { x, y, width, height } = link.querySelector(parts).getBoundingClientRect();
    const small = width < 24 || height < 24 || link.querySelector('.map__hit');
    const name = link.getAttribute('aria-label') || link.querySelector('title').textContent;
    return { name, small, x, y, width, height, cx: x + width / 2, cy: y + height / 2 };
  });
  const apart = (a, b) => {
    if (b.small) return Math.hypot(a.cx - b.cx, a.cy - b.cy) / 2;
    const dx = Math.max(b.x - a.cx, 0, a.cx - b.x - b.width);
    const dy = Math.max(b.y - a.cy, 0, a.cy - b.y - b.height);
    return Math.hypot(dx, dy);
  };
  const found = [];
  for (const a of targets.filter(target => target.small))
    for (const b of targets)
      if (a !== b && apart(a, b) < 11.99) found.push([a.name, b.name, apart(a, b)]);
  return { targets: targets.length, crowded: found };
}"""


def make_regions(cities: int) -> None:
    """So many cities under four regions; their stops are spread over ten years, not evenly."""
    for colour in LineColour.values[:4]:
        make_network(cities // 4, colour=colour)
    for number, milestone in enumerate(Milestone.objects.exclude(position=3)):
        year, month = 2015 + number * number % 11, 1 + number * 5 % 12
        milestone.date = f"{year}-{month:02}"
        milestone.save()


def links_without_name(page) -> list[str]:
    """Links that the browser's own tree of accessibility leaves nameless."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    links = [node for node in tree if node.get("role", {}).get("value") == "link"]
    assert links
    return [node["nodeId"] for node in links if not node.get("name", {}).get("value", "").strip()]


@pytest.mark.parametrize(("cities", "form"), FORMS)
def test_large_map_breaks_no_rule_of_access_and_is_not_crowded(open_page, cities, form):
    make_regions(cities)
    page = open_page("/")

    for width in (320, NARROWEST, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator(f".map__drawing--{form}").is_visible() == (width >= NARROWEST)
        assert links_without_name(page) == []
        if width >= NARROWEST:
            found = page.evaluate(CROWDED)
            assert found["targets"] >= 8
            assert found["crowded"] == []
    assert faults_of(page) == []
    if form == "overview":
        assert_names_are_not_cut(page, cities)
    else:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 673, "height": 1000})
        assert not page.locator(".map__sheet").is_visible()
        assert page.locator(".strip").first.is_visible()


def assert_names_are_not_cut(page, cities: int) -> None:
    heads = page.locator(".map__heads").bounding_box()
    names = page.locator(".map__heads .map__city").all()
    ends = {box["x"] + box["width"] for box in (name.bounding_box() for name in names)}
    assert len(names) == min(cities, 40)
    assert max(ends) <= heads["x"] + heads["width"]


def test_map_of_the_five_journeys_fits_its_page_and_is_not_crowded_or_is_a_strip(open_page, seed):
    page = open_page("/")
    sheet, strip = page.locator(".map__sheet"), page.locator(".strip").first

    for width in (NARROWEST, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(CROWDED)
        assert found["targets"] > 36
        assert found["crowded"] == []
        assert sheet.evaluate("map => map.scrollWidth <= map.clientWidth")
        assert (sheet.is_visible(), strip.is_visible()) == (True, False)

    page.set_viewport_size({"width": 390, "height": 800})
    assert (sheet.is_visible(), strip.is_visible()) == (False, True)


def test_stops_of_one_month_are_not_crowded(open_page):
    make_regions(12)
    Milestone.objects.exclude(position=3).update(
        date="2022-02", date_earliest="2022-02-01", date_latest="2022-02-28"
    )

    found = open_page("/", width=NARROWEST).evaluate(CROWDED)

    assert found["targets"] == 12 * 5 + 4
    assert found["crowded"] == []


def test_heads_of_lanes_stay_when_the_map_scrolls_and_hide_no_stop_in_focus(open_page):
    city = make_city(name="Rabat", slug="rabat")
    for number in range(72):
        make_milestone(
            city=city, slug=f"s{number}", date=f"{2019 + number // 12}-{number % 12 + 1:02}"
        )
    page = open_page("/")
    sheet, heads = page.locator(".map__sheet"), page.locator(".map__heads")
    before = heads.bounding_box()

    sheet.evaluate("sheet => { sheet.scrollLeft = 700 }")

    assert sheet.evaluate("sheet => sheet.scrollLeft") == 700
    assert heads.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    stops = page.locator(".map__drawing--wide g a")
    for number in (-1, 30, 15, 3):
        stops.nth(number).focus()
        assert stops.nth(number).bounding_box()["x"] >= before["x"] + before["width"]
