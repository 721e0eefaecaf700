"""The partials of the words around the journeys."""

from datetime import date

import pytest

from journeys.models import JourneysPage
from tests.partials import ARABIC, PARTIALS, empty, expects_nothing, full, typed

ADDRESS = "https://example.org/?a=1&b=2"
WORDS = JourneysPage(
    title=typed("Member Journeys"),
    heading=typed("Mission"),
    intro=f"{typed('Cities learn')}.\n\n{ARABIC}.",
    closing_heading=typed("Is your city one?"),
    closing_text=f"{typed('Join')} {ARABIC}.",
    closing_url=ADDRESS,
    source_title=typed("The page"),
    source_url=ADDRESS,
    read_on=date(2026, 1, 2),
)
BARE = JourneysPage(title="Member Journeys", heading="Mission", intro="Cities learn.")


@pytest.mark.parametrize("name", [p for p in PARTIALS if expects_nothing(p)])
def test_partial_that_expects_nothing_needs_nothing(name):
    shown = full(name)

    assert shown.names
    assert all(address.startswith("/") for _words, address in shown.links)


def test_call_is_the_words_and_the_way_to_membership():
    call = full("shared/_call.html", words=WORDS)

    assert call.all("h2") == [typed("Is your city one?")]
    assert call.all("p") == [f"{typed('Join')} {ARABIC}."]
    assert call.links == [("Learn about membership", ADDRESS)]


def test_call_without_an_address_has_no_button():
    words = JourneysPage(closing_heading="Is your city one?", closing_text="Join.")

    call = full("shared/_call.html", words=words)

    assert call.text == "Is your city one? Join."
    assert call.links == []


def test_call_without_a_text_is_heading_and_button():
    words = JourneysPage(closing_heading="Is your city one?", closing_url=ADDRESS)

    assert full("shared/_call.html", words=words).all("p") == []


@pytest.mark.parametrize("words", [BARE, None])
def test_call_without_words_is_none(words):
    assert empty("shared/_call.html", words=words).names == []


def test_call_card_is_the_words_and_the_way_to_membership():
    card = full("shared/_call_card.html", words=WORDS)

    assert card.all("h3") == [typed("Is your city one?")]
    assert card.all("p") == [f"{typed('Join')} {ARABIC}."]
    assert card.links == [("Learn about membership", ADDRESS)]


def test_call_card_may_be_its_heading_alone():
    card = full("shared/_call_card.html", words=JourneysPage(closing_heading="Is it?"))

    assert card.text == "Is it?"


@pytest.mark.parametrize("words", [BARE, None])
def test_call_card_without_words_is_none(words):
    assert empty("shared/_call_card.html", words=words).names == []


def test_about_ours_gives_the_source():
    section = full("shared/_about_ours.html", words=WORDS)

    assert section.all(".note") == [f"Source: {typed('The page')}, read on 2 January 2026."]
    assert section.links == [(typed("The page"), ADDRESS)]


def test_about_ours_gives_a_source_without_address_as_its_title():
    section = full("shared/_about_ours.html", words=JourneysPage(source_title="The page"))

    assert section.all(".note") == ["Source: The page."]


@pytest.mark.parametrize("words", [BARE, None])
def test_about_ours_of_no_known_source_says_none(words):
    assert empty("shared/_about_ours.html", words=words).all(".note") == []


def test_hero_introduces_and_counts():
    hero = full(
        "shared/_hero.html",
        words=WORDS,
        city_total=5,
        milestone_total=36,
        first_day=date(2021, 5, 1),
        last_day=date(2025, 1, 1),
    )

    assert hero.all(".eyebrow") == [typed("Member Journeys"), typed("Mission")]
    assert hero.all(".lede p") == [f"{typed('Cities learn')}.", f"{ARABIC}."]
    assert hero.all(".quiet") == ["5 cities, 36 milestones, 2021 to 2025"]


def test_hero_of_one_year_names_it_once():
    day = date(2023, 5, 1)

    hero = full("shared/_hero.html", city_total=1, milestone_total=1, first_day=day, last_day=day)

    assert hero.all(".quiet") == ["1 city, 1 milestone, 2023"]


def test_hero_of_an_empty_portal_counts_none():
    hero = empty("shared/_hero.html", words=None, city_total=0, milestone_total=0, first_day=None)

    assert hero.text == "How cities learn from each other 0 cities, 0 milestones"
