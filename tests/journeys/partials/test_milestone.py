"""The partials of a milestone's own page."""

from datetime import date

import pytest

from journeys.models import Source
from journeys.pages.milestone import milestone_page
from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
)
from tests.journeys.stories import link_steps, make_told_milestone
from tests.partials import ARABIC, empty, full, typed

pytestmark = pytest.mark.django_db

QUOTE = f"{typed('They drank tea')} {ARABIC}"


def make_pair_that_meets() -> dict:
    """The page of a milestone at an event and in an initiative, each with a second city."""
    here = make_milestone(city=make_city(name=typed("Rabat"), slug="rabat"), title=QUOTE)
    masaka = make_city(name=typed("Masaka"), slug="masaka", code="MSK")
    there = make_milestone(city=masaka, slug="there")
    event = make_event(name=typed("Summit"), slug="summit", place="Tampa", date="2023-05")
    pact = make_initiative(name=typed("Pact"), slug="pact", kind="declaration")
    for milestone in (here, there):
        link_event(milestone, event)
        link_initiative(milestone, pact)
    return milestone_page(here)


def test_milestone_facts_give_both_dates_where_they_differ():
    facts = full("journeys/_milestone_facts.html", milestone=make_told_milestone())

    assert facts.all("dt") == ["Date as printed", "Read as", "Kind"]
    assert facts.all("dd") == [typed("May 2023"), "June 2023, uncertain", "Workshop or dialogue"]


@pytest.mark.parametrize("date", ["2023-05", ""])
def test_milestone_facts_of_a_plain_date_are_the_date(date):
    facts = empty("journeys/_milestone_facts.html", milestone=make_milestone(date=date))

    assert facts.text == "Date as printed May 2023"


def test_milestone_head_says_where_on_the_journey_it_is():
    milestone = make_told_milestone(city=make_city(name=typed("Rabat"), slug="rabat", code="RAB"))

    head = full(
        "journeys/_milestone_head.html", milestone=milestone, city=milestone.city, number=2, total=5
    )

    assert head.all("h1") == [typed("Tea with the mayor")]
    assert head.all("p") == [f"RAB {typed('Rabat')} · Stop 2 of 5"]
    assert head.links == [
        ("Home", "/"),
        ("Journeys", "/journeys/"),
        (typed("Rabat"), "/journeys/rabat/"),
    ]


@pytest.mark.parametrize(
    ("length", "classes"), [(36, "head__title"), (37, "head__title head__title--long")]
)
def test_milestone_head_sets_long_titles_smaller(length, classes):
    milestone = make_milestone(title="T" * length)

    head = empty(
        "journeys/_milestone_head.html", milestone=milestone, city=milestone.city, number=1, total=1
    )

    assert head.attributes("h1", "class") == [classes]


def test_milestone_text_is_whole_with_note_picture_and_ways_on():
    milestone = make_told_milestone(city=make_city(slug="rabat"))

    text = full("journeys/_milestone_text.html", milestone=milestone, city=milestone.city)

    assert text.all(".prose p") == [f"{typed('They drank tea')}.", f"{ARABIC}."]
    assert text.all(".note") == [f"Read as June 2023, uncertain. {typed('It rained in May.')}"]
    assert text.attributes("img", "alt") == [typed("A square")]
    assert text.links == [
        (f"Read more about {typed('Tea with the mayor')}", "https://example.org/?tea=1&cake=2"),
        ("See this stop on the journey", "/journeys/rabat/#tea"),
    ]


def test_milestone_text_alone_leads_to_the_journey():
    milestone = make_milestone(body="They drank tea.", read_more=True)

    text = empty("journeys/_milestone_text.html", milestone=milestone, city=milestone.city)

    assert text.text == "They drank tea. See this stop on the journey"
    assert "img" not in text.names


def test_neighbour_stops_lead_back_and_on():
    before, after = make_milestone(title=typed("Before")), make_milestone(title="After")

    nav = full("journeys/_neighbour_stops.html", previous=before, next=after)

    assert nav.links == [
        (f"Previous stop {typed('Before')}", before.get_absolute_url()),
        ("Next stop After", after.get_absolute_url()),
    ]


@pytest.mark.parametrize(("side", "words"), [("previous", "Previous stop"), ("next", "Next stop")])
def test_neighbour_stops_at_an_end_are_one(side, words):
    nav = empty("journeys/_neighbour_stops.html", **{side: make_milestone(title="Tea")})

    assert nav.text == f"{words} Tea"


def test_sources_say_what_was_read_and_when():
    milestone = make_milestone()
    address = "https://example.org/?a=1&b=2"
    Source.objects.create(
        milestone=milestone, title=typed("Report"), url=address, read_on=date(2026, 1, 2)
    )

    section = full("journeys/_sources.html", sources=milestone.sources.all())

    assert section.all("li") == [f"{typed('Report')} – read on 2 January 2026"]
    assert section.links == [(typed("Report"), address)]


def test_source_on_paper_is_its_title():
    sources = [Source(title=typed("Report"))]

    section = full("journeys/_sources.html", sources=sources)

    assert section.all("li") == [typed("Report")]
    assert section.links == []


def test_no_source_has_no_heading():
    assert empty("journeys/_sources.html", sources=[]).names == []


def test_why_involved_quotes_the_words_and_names_the_others():
    page = make_pair_that_meets()
    involvement = page["events"][0]

    entry = full(
        "journeys/_why_involved.html",
        involvement=involvement,
        record=involvement.record,
        city=page["city"],
    )

    assert entry.all("p") == ["Tampa, May 2023", f"{typed('Rabat')} attended:"]
    assert entry.all("blockquote") == [QUOTE]
    assert entry.all(".evidence__others li") == [f"MSK {typed('Masaka')} was here too"]
    assert entry.links == [
        (typed("Summit"), "/events/summit/"),
        (typed("Masaka"), "/journeys/masaka/#there"),
    ]


def test_why_involved_of_an_event_of_no_known_place_or_date():
    milestone = make_milestone(title="Tea", city=make_city(name="Rabat"))
    link_event(milestone, make_event(name="Walk"), "mentioned")
    involvement = milestone_page(milestone)["events"][0]

    entry = empty(
        "journeys/_why_involved.html",
        involvement=involvement,
        record=involvement.record,
        city=milestone.city,
    )

    assert entry.text == "Walk Rabat mentions it: Tea"


def test_events_and_initiatives_give_events_first():
    page = make_pair_that_meets()

    section = full(
        "journeys/_events_and_initiatives.html",
        events=page["events"],
        initiatives=page["initiatives"],
        city=page["city"],
    )

    assert section.all("h3") == [typed("Summit"), typed("Pact")]


def test_events_and_initiatives_may_be_initiatives_alone():
    page = make_pair_that_meets()

    section = empty(
        "journeys/_events_and_initiatives.html",
        events=[],
        initiatives=page["initiatives"],
        city=page["city"],
    )

    assert section.all("h3") == [typed("Pact")]


def make_steps() -> dict:
    """The page of a milestone with one before, which quotes its words, and one after."""
    city = make_city(slug="rabat")
    before, here, after = (
        make_milestone(city=city, title=typed(slug), slug=slug) for slug in ("one", "two", "three")
    )
    link_steps(before, here, QUOTE)
    link_steps(here, after, QUOTE)
    return milestone_page(here)


def test_why_step_quotes_the_words():
    entry = full("journeys/_why_step.html", step=make_steps()["came_from"][0])

    assert entry.all("h3") == [f"Inspired by {typed('one')}"]
    assert entry.all("blockquote") == [QUOTE]
    assert entry.links == [(typed("one"), "/journeys/rabat/one/")]


def test_why_step_without_a_quote_has_no_box_for_it():
    step = make_steps()["led_to"][0]
    step.quote = ""

    assert empty("journeys/_why_step.html", step=step).text == f"Inspired {typed('three')}"


def test_why_steps_tell_what_came_before_and_after():
    page = make_steps()

    section = full("journeys/_why_steps.html", came_from=page["came_from"], led_to=page["led_to"])

    assert section.all("h3") == [f"Inspired by {typed('one')}", f"Inspired {typed('three')}"]


def test_why_steps_of_a_first_stop_tell_what_came_after():
    section = empty("journeys/_why_steps.html", came_from=[], led_to=make_steps()["led_to"])

    assert section.all("h3") == [f"Inspired {typed('three')}"]


def test_why_themes_quote_the_words():
    milestone = make_milestone()
    link_theme(milestone, make_theme(name=typed("Youth"), slug="youth"), QUOTE)

    section = full("journeys/_why_themes.html", links=milestone.theme_links.all())

    assert section.links == [(typed("Youth"), "/themes/youth/")]
    assert section.all("blockquote") == [QUOTE]


def test_theme_without_a_quote_has_no_box_for_it():
    link = link_theme(make_milestone(), make_theme(name="Youth"))
    link.quote = ""

    section = full("journeys/_why_themes.html", links=[link])

    assert section.all("li") == ["Youth"]


def test_no_theme_needs_no_reason():
    links = make_milestone().theme_links.all()

    assert empty("journeys/_why_themes.html", links=links).names == []
