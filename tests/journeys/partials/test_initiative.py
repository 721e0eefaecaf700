"""The partials of initiatives, and of what cities share on other pages."""

import pytest

from journeys.pages.event import Entry
from journeys.pages.initiative import initiative_page
from journeys.pages.involvements import Passage
from journeys.pages.mini_timeline import with_mini_timelines
from journeys.pages.shared_by import with_cities
from members.models import City
from tests.factories import (
    link_event,
    link_initiative,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
)
from tests.journeys.stories import EVENT, make_told_event, make_told_milestone
from tests.partials import ARABIC, empty, full, typed

pytestmark = pytest.mark.django_db


def test_initiative_head_tells_all_that_is_known():
    initiative = make_initiative(
        name=typed("Pact"),
        description=typed("Cities promise."),
        launched_at=make_event(**EVENT),
        run_by=make_city(name=typed("Rabat"), slug="rabat"),
        other_names=f"{typed('Promise')}\n{ARABIC}",
    )

    head = full("journeys/_initiative_head.html", initiative=initiative)

    assert head.all("h1") == [typed("Pact")]
    assert head.all(".lede") == [typed("Cities promise.")]
    assert dict(zip(head.all("dt"), head.all("dd"), strict=True)) == {
        "Kind": "Pilot",
        "Launched at": typed("Summit"),
        "Launched": "10–12 December 2024",
        "Run by": typed("Rabat"),
        "Also named": f"{typed('Promise')}; {ARABIC}",
    }
    assert head.links[2:] == [
        (typed("Summit"), "/events/summit/"),
        (typed("Rabat"), "/journeys/rabat/"),
    ]


@pytest.mark.parametrize("is_linked", [False, True])
def test_initiative_head_of_no_known_or_public_origin_is_its_kind(is_linked):
    linked = {"launched_at": make_event(status="draft"), "run_by": make_city(status="draft")}
    initiative = make_initiative(**linked if is_linked else {})

    head = empty("journeys/_initiative_head.html", initiative=initiative)

    assert head.all("dl") == ["Kind Pilot"]
    assert head.all(".lede") == []


def test_record_rows_name_the_cities():
    event = make_told_event()

    section = full(
        "journeys/_record_rows.html", heading=typed("Sessions"), records=with_cities([event])
    )

    assert section.all("h2") == [typed("Sessions")]
    assert section.links == [
        (f"{typed('Summit')}Masaka, {typed('Rabat')}", "/events/summit/"),
    ]


def test_record_rows_give_dates_where_asked():
    section = full(
        "journeys/_record_rows.html", heading="Series", records=[make_event(**EVENT)], dated=True
    )

    assert section.all(".rows__more") == ["10–12 December 2024"]


@pytest.mark.parametrize("dated", [False, True])
def test_record_rows_without_cities_or_date_are_names(dated):
    records = with_cities([make_event(name="Tea")])

    section = empty("journeys/_record_rows.html", heading="Here", records=records, dated=dated)

    assert section.all("a") == ["Tea"]
    assert section.all(".rows__more") == []


def test_voice_quotes_what_the_journey_says_of_it():
    pact = make_initiative()
    milestone = make_told_milestone(city=make_city(name=typed("Rabat"), slug="rabat"))
    link_initiative(milestone, pact)
    entry = initiative_page(pact, None)["passages"][0]

    article = full("journeys/_voice.html", entry=entry, milestone=milestone, city=milestone.city)

    assert article.all("h4") == [typed("Tea with the mayor")]
    assert article.all("h4 + p") == [f"{typed('May 2023')} · endorsed"]
    assert article.all("blockquote") == [typed("Tea with the mayor")]
    assert article.links == [
        (typed("Rabat"), "/journeys/rabat/"),
        (f"See this stop on the journey: {typed('Tea with the mayor')}", "/journeys/rabat/#tea"),
    ]


def test_voice_without_words_has_no_box_for_them():
    milestone = make_milestone()
    entry = Entry(milestone, [Passage("endorsed", "")])

    article = empty("journeys/_voice.html", entry=entry, milestone=milestone, city=milestone.city)

    assert article.all("h4 + p") == ["May 2023 · endorsed"]
    assert "blockquote" not in article.names


def test_voice_city_shows_its_line_and_a_note():
    region = make_region(name=typed("MENA"))
    make_milestone(city=make_city(name=typed("Rabat"), slug="rabat", region=region))
    city = with_mini_timelines(City.objects.all())[0]

    band = full("journeys/_voice_city.html", city=city, note=typed("1 of 2 stops"))

    assert band.links == [(typed("Rabat"), "/journeys/rabat/")]
    assert band.all("p") == [typed("MENA"), typed("1 of 2 stops")]
    assert band.names.count("svg") == 1


def test_voice_city_without_strip_or_note_is_name_and_region():
    city = make_city(name="Rabat", code="RAB")

    band = empty("journeys/_voice_city.html", city=city)

    assert band.text == f"RAB Rabat {city.region.name}"
    assert "svg" not in band.names


def test_meet_names_place_date_and_cities():
    event = with_cities([make_told_event()])[0]

    topic = full("journeys/_meet.html", record=event, where=event.place, when=event.date_in_words)

    assert topic.links == [(typed("Summit"), "/events/summit/")]
    assert topic.all("p.quiet") == [f"{typed('Tampa')} 10–12 December 2024"]
    assert topic.attributes(".line-code span[title]", "title") == ["Masaka", typed("Rabat")]


def test_meet_of_an_event_of_no_known_place_or_date():
    event = make_event(name="Tea")
    for _city in range(2):
        link_event(make_milestone(), event)
    with_cities([event])

    topic = empty("journeys/_meet.html", record=event, where="", when="")

    assert topic.all("p.quiet") == []


def test_meets_give_events_and_initiatives():
    event, pact = make_event(), make_initiative(name=typed("Pact"))
    for _city in range(2):
        milestone = make_milestone()
        link_event(milestone, event)
        link_initiative(milestone, pact)

    section = full(
        "journeys/_meets.html", events=with_cities([event]), initiatives=with_cities([pact])
    )

    assert section.all("h3") == [event.name, typed("Pact")]


def test_meets_may_be_initiatives_alone():
    pact = make_initiative(name="Pact", kind="declaration")
    for _city in range(2):
        link_initiative(make_milestone(), pact)

    section = empty("journeys/_meets.html", events=[], initiatives=with_cities([pact]))

    assert section.all("h3") == ["Pact"]
    assert section.all("p.quiet") == ["Declaration"]
