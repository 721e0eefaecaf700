"""Each kind of page: WCAG 2.2 AA by axe-core, light and dark, narrow and wide; a quiet console."""

import pytest

from tests.browser.axe import faults_of
from tests.browser.tour import TOUR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("part", range(4))
def test_no_page_breaks_a_rule_scrolls_sideways_or_complains(open_page, seed, part):
    page = open_page("/about/")
    origin = page.url.removesuffix("/about/")
    broken = {}

    for address in TOUR[part::4]:
        page.goto(origin + address)
        broken[address] = faults_of(page)

    assert {address: faults for address, faults in broken.items() if faults} == {}


def test_every_control_of_the_map_is_reached_by_keyboard_and_shows_it(open_page, seed):
    page = open_page("/", width=1280)
    expected = page.locator(".map__drawing a").count()
    reached, shown = set(), set()

    for _press in range(expected + 40):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            """() => {
              const a = document.activeElement;
              const all = [...document.querySelectorAll('.map__drawing a')];
              if (!all.includes(a)) return null;
              const hit = a.querySelector('.map__hit, .map__plate, .map__banner');
              return [all.indexOf(a), getComputedStyle(hit).stroke !== 'none'];
            }"""
        )
        if inside:
            reached.add(inside[0])
            if inside[1]:
                shown.add(inside[0])

    assert expected > 36
    assert reached == shown == set(range(expected))


def test_page_turns_right_to_left_without_scrolling_sideways(open_page, seed):
    page = open_page("/journeys/masaka-city/", width=390)

    page.evaluate("document.documentElement.dir = 'rtl'")

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    line = page.locator(".timeline__stop").first.bounding_box()
    title = page.locator(".milestone__title").first.bounding_box()
    assert title["x"] + title["width"] < line["x"] + line["width"]


def test_lines_of_an_event_are_told_in_the_colours_that_a_reader_forces(open_page, seed):
    page = open_page("/events/fourth-global-summit/", forced_colors="active")
    colour = "e => { const s = getComputedStyle(e); return [s.fill, s.color] }"

    for words in page.locator(".event-drawing__title, .event-drawing__date").all():
        fill, around = words.evaluate(colour)
        assert fill == around


def test_reader_forces_the_colours_of_what_is_told_below_a_coloured_bar(open_page, seed):
    page = open_page("/events/fourth-global-summit/", forced_colors="active")
    colour = "e => getComputedStyle(e).color"

    links = {link.evaluate(colour) for link in page.locator("main a[href]").all()}

    assert len(links) == 1
