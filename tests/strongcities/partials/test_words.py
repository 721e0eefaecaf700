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
    intro_note=typed("Cites is printed."),
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


def test_call_is_the_words_and_the_way_to_membership_which_the_network_tells_of_itself():
    for call in (
        lambda **words: full("shared/_call.html", words=JourneysPage(**words)),
        lambda **words: full("shared/_call_card.html", words=JourneysPage(**words)),
    ):
        words = {"closing_heading": WORDS.closing_heading, "closing_text": WORDS.closing_text}
        whole = call(**words, closing_url=ADDRESS)
        assert whole.text.startswith(f"{typed('Is your city one?')} {typed('Join')} {ARABIC}.")
        assert whole.links == [("Learn about membership", ADDRESS)]
        about = "https://strongcitiesnetwork.org/about-us/"
        assert call(**words).links == [("Learn about membership", about)]
        assert call(closing_heading="Is it?", closing_url=ADDRESS).all("p") == []
    card = full("shared/_call_card.html", words=JourneysPage(closing_heading="Is it?"))
    assert card.text == "Is it? Learn about membership"


@pytest.mark.parametrize("words", [BARE, None])
def test_words_that_are_not_known_leave_no_gap(words):
    assert empty("shared/_call.html", words=words).names == []
    assert empty("shared/_call_card.html", words=words).names == []
    assert empty("shared/_about_ours.html", words=words).all(".note") == []


def test_about_ours_gives_the_source_with_its_address_or_without():
    section = full("shared/_about_ours.html", words=WORDS)
    on_paper = full("shared/_about_ours.html", words=JourneysPage(source_title="The page"))

    assert section.all(".note") == [f"Source: {typed('The page')} – read on 2 January 2026"]
    assert section.links == [(typed("The page"), ADDRESS)]
    assert on_paper.all(".note") == ["Source: The page"]


def test_hero_introduces_and_counts():
    days = {"first_day": date(2021, 5, 1), "last_day": date(2025, 1, 1)}
    hero = full("shared/_hero.html", words=WORDS, city_total=5, milestone_total=36, **days)

    assert hero.all(".eyebrow") == [typed("Member Journeys"), typed("Mission")]
    assert hero.all(".lede p") == [f"{typed('Cities learn')}.", f"{ARABIC}."]
    assert hero.all(".note") == [typed("Cites is printed.")]
    assert hero.all(".quiet") == ["5 cities, 36 milestones, 2021 to 2025"]
    day = date(2023, 5, 1)
    short = full("shared/_hero.html", city_total=1, milestone_total=1, first_day=day, last_day=day)
    assert short.all(".quiet") == ["1 city, 1 milestone, 2023"]


def test_hero_of_an_empty_portal_counts_none():
    hero = empty("shared/_hero.html", words=None, city_total=0, milestone_total=0, first_day=None)

    assert hero.text == "How cities learn from each other 0 cities, 0 milestones"


def test_what_went_wrong_says_what_does_not_go_on_or_nothing_of_the_reason():
    down = full("shared/_what_went_wrong.html", is_down=True, is_full=False).text
    no_room = full("shared/_what_went_wrong.html", is_down=True, is_full=True).text
    other = empty("shared/_what_went_wrong.html", is_down=False, is_full=False).text

    assert down.startswith("Our database does not answer just now")
    assert no_room.startswith("Nothing can be stored just now: our disk is full")
    assert other.startswith("The page could not be made.")


def test_what_was_typed_is_handed_back_as_text_with_the_names_of_files():
    words = [(typed("Title"), typed("Rabat")), ("Text", ARABIC)]
    back = full("shared/_handed_back.html", words=words, files=[typed("a.jpg")], is_cut=True)
    bare = empty("shared/_handed_back.html", words=words[:1], files=[], is_cut=False)

    assert back.all("label") == [typed("Title"), "Text"]
    assert back.all("textarea") == [typed("Rabat"), ARABIC]
    assert back.all("p")[1:] == [
        f"The file that you chose, {typed('a.jpg')}, is not here: it is still on your computer.",
        "There was more than this page can hold: the rest is not here.",
    ]
    assert len(bare.all("p")) == 1


def test_error_is_reported_where_the_page_says_or_as_the_page_about_these_pages_tells():
    told = full("shared/_footer.html", report_address=ADDRESS)
    untold = empty("shared/_footer.html", report_address="")
    about = full("shared/_about_errors.html", report_address=ADDRESS)

    assert ("Report an error", ADDRESS) in told.links
    assert ("Report an error", "/about/#errors") in untold.links
    assert about.links == [("Report an error", ADDRESS)]
    assert empty("shared/_about_errors.html", report_address="").links == []


def test_about_the_publisher_says_on_which_terms_or_whom_to_ask():
    terms = typed("CC BY 4.0, https://example.org/by")
    told = full("shared/_about_publisher.html", licence=terms)
    untold = empty("shared/_about_publisher.html", licence="")

    assert told.all("dd") == ["Strong Cities Network", terms]
    assert told.links[1] == ("https://example.org/by", "https://example.org/by")
    assert untold.all("dd") == ["Strong Cities Network", "Ask the Network"]
