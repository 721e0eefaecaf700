"""R04: a city in Arabic on an English page, an English one on a page in Arabic."""

import pytest

from tests.factories import make_city, make_milestone
from tests.pseudo import speak

pytestmark = [
    pytest.mark.browser,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=True),
]

DIRECTION = "element => getComputedStyle(element).direction"
# Where the last sign of a text stands, from 0 at its left end to 1 at its right end.
LAST_SIGN = """element => {
  const text = element.lastChild, sign = document.createRange(), all = document.createRange();
  sign.setStart(text, text.data.trimEnd().length - 1);
  sign.setEnd(text, text.data.trimEnd().length);
  all.selectNodeContents(element);
  const [one, box] = [sign, all].map(range => range.getBoundingClientRect());
  return (one.left - box.left) / (box.width - one.width);
}"""


@pytest.fixture
def tangier():
    city = make_city(
        name="طنجة الجديدة",
        slug="tangier",
        intro="مدينة ساحلية (على البحر) انضمت إلى الشبكة في 2023!",
    )
    body = 'شارك في الورشة 40 شابا.\n\nقالت العمدة: "نتعلم معا!" (Strong Cities)'
    return make_milestone(city=city, title="ورشة عمل: الشباب!", body=body).city


def test_arabic_city_stands_right_on_an_english_page(open_page, tangier):
    page = open_page(tangier.get_absolute_url())

    for selector in ("h1", ".head__intro p", ".milestone__title", ".timeline .prose p >> nth=0"):
        assert page.locator(selector).evaluate(DIRECTION) == "rtl", selector
    assert page.locator(".head__intro p").evaluate(LAST_SIGN) < 0.1
    assert page.locator(".milestone__title a").evaluate(LAST_SIGN) < 0.1
    assert page.locator(".stops__link bdi").evaluate(LAST_SIGN) < 0.1
    assert page.locator("footer p").evaluate(DIRECTION) == "ltr"


def test_english_city_stands_right_on_a_page_in_arabic(open_page, settings):
    city = make_city(name="Rabat", intro="It joined (in 2023)!")
    make_milestone(city=city, title="A workshop for all!", body="They met.")
    speak(settings)
    page = open_page(city.get_absolute_url())

    assert page.locator(".footer p").evaluate(DIRECTION) == "rtl"
    for selector in ("h1", ".head__intro p", ".milestone__title", ".timeline .prose p"):
        assert page.locator(selector).evaluate(DIRECTION) == "ltr", selector
    assert page.locator(".head__intro p").evaluate(LAST_SIGN) > 0.9
    assert page.locator(".milestone__title a").evaluate(LAST_SIGN) > 0.9
    assert page.locator(".stops__link bdi").evaluate(LAST_SIGN) > 0.9


def test_signs_stand_right_on_the_map_in_either_direction(open_page, tangier, settings):
    make_milestone(city=make_city(name="Rabat!", slug="rabat"))
    names = ".map__name"

    page = open_page("/")
    ends = [name.evaluate(LAST_SIGN) for name in page.locator(names).all()]
    speak(settings)
    page = open_page("/")
    others = [name.evaluate(LAST_SIGN) for name in page.locator(names).all()]

    assert sorted(map(round, ends)) == sorted(map(round, others)) == [0, 1]
    assert page.locator(names).first.evaluate("e => e.getBBox().x") > 0
