"""From page to page: a short fade for those who do not mind motion, and no harm from haste."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Runs in each page before its own: how it came into view, once that is over.
WATCH = """window.revealed = new Promise(resolve => addEventListener('pagereveal', async event => {
  const transition = event.viewTransition;
  if (!transition) return resolve({ ran: false });
  await transition.ready;
  const effects = document.getAnimations().map(animation => animation.effect);
  const parts = effects.map(effect => effect.pseudoElement);
  const durations = effects.map(effect => effect.getTiming().duration);
  await transition.finished;
  resolve({ ran: true, parts, durations });
}));"""


def follow(page, address: str) -> None:
    page.locator(f".masthead a[href='{address}']").click()
    page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_page_fades_into_the_next_and_quickly_but_for_those_who_want_less_motion(
    open_page, seed, motion
):
    page = open_page("/", reduced_motion=motion)
    page.context.add_init_script(WATCH)

    follow(page, "/cities/")

    revealed = page.evaluate("window.revealed")
    assert revealed["ran"] == (motion == "no-preference")
    assert set(revealed.get("durations", [120])) == {120}
    assert all(part.endswith("(root)") for part in revealed.get("parts", []))
    assert page.said == []


def test_clicks_in_quick_succession_do_no_harm(open_page, seed):
    page = open_page("/", reduced_motion="no-preference")

    for address in ["/events/", "/themes/", "/about/", "/cities/"] * 4:
        page.locator(f".masthead a[href='{address}']").click(no_wait_after=True)

    page.wait_for_url("**/cities/")
    follow(page, "/journeys/")
    assert page.locator("h1").inner_text() == "Journeys"
    assert page.said == []
