"""The partials of the words around the journeys."""

from datetime import date

import pytest

from journeys.models import JourneysPage
from tests.factories import link_theme, make_milestone, make_theme
from tests.partials import ARABIC, PARTIALS, Shown, empty, expects_nothing, full, typed, visited

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


@pytest.mark.parametrize("name", [p for p in PARTIALS if expects_nothing(p)])
def test_partial_that_expects_nothing_needs_nothing(name):
    shown = full(name)

    assert shown.names
    assert all(address.startswith("/") for _words, address in shown.links)


@pytest.mark.django_db
def test_home_and_about_say_the_words_of_the_page_and_on_which_terms(client, settings):
    settings.CONTENT_LICENCE = typed("CC BY 4.0, https://example.org/by")
    for day in ("2021-05", "2025"):
        make_milestone(date=day)
    WORDS.save()

    home, about = (visited(client, address) for address in ("/", "/about/"))
    band = Shown(client.get("/about/").text.partition("</main>")[2], "body").part(".call")

    assert home.all(".eyebrow")[:2] == [typed("Member Journeys"), typed("Mission")]
    assert home.all(".lede p") == [f"{typed('Cities learn')}.", f"{ARABIC}."]
    assert home.all(".hero .note") == [typed("Cites is printed.")]
    assert "2 cities, 2 milestones, 2021 to 2025" in home.text
    for call in (home.part(".card--call"), band):
        assert call.text.startswith(f"{typed('Is your city one?')} {typed('Join')} {ARABIC}.")
        assert call.links == [("Learn about membership", ADDRESS)]
    assert about.all(".note") == [f"Source: {typed('The page')} – read on 2 January 2026"]
    assert {(typed("The page"), ADDRESS), ("Report an error", "/report/?page=/about/")} < {
        *about.links
    }
    assert about.all("dd")[-2:] == ["Strong Cities Network", settings.CONTENT_LICENCE]
    assert ("https://example.org/by", "https://example.org/by") in about.links


@pytest.mark.django_db
@pytest.mark.parametrize("words", [{}, {"closing_heading": "Is it?", "source_title": "The page"}])
def test_words_that_are_not_known_leave_no_gap(client, settings, words):
    settings.CONTENT_LICENCE = ""
    JourneysPage.objects.create(title="Journeys", heading="Mission", intro="Cities.", **words)

    link_theme(make_milestone(date=""), make_theme())

    home, about = (visited(client, address) for address in ("/", "/about/"))

    assert home.all(".hero .quiet") == ["1 city, 1 milestone"]
    assert about.all("dd")[-1] == "Ask the Network"
    assert about.all(".note") == ["Source: The page"] * bool(words)
    assert home.all(".card--call") == ["Is it? Learn about membership"] * bool(words)
    of_network = ("Learn about membership", "https://strongcitiesnetwork.org/about-us/")
    assert home.part(".card--call").links == [of_network] * bool(words)


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


def test_page_that_has_no_form_of_its_own_leads_to_how_errors_are_reported():
    footer = empty("shared/_footer.html", report_address="")

    assert ("Report an error", "/about/#errors") in footer.links
    assert empty("shared/_about_errors.html", report_address="").links == []
