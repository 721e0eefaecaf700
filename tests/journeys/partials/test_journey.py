"""The partials of a journey's page, around its stops."""

from datetime import UTC, datetime

import pytest

from journeys.pages.changes import Changes
from journeys.pages.timeline import Stop, timeline_of
from members.models import City
from tests.factories import (
    link_event,
    link_initiative,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)
from tests.journeys.stories import make_told_city, make_told_milestone, stop_of
from tests.partials import ARABIC, Shown, empty, full, page, typed

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 5, 14, 12, tzinfo=UTC)


def make_interchange() -> Stop:
    """A stop at an event where a second city was too."""
    event = make_event()
    milestone = make_milestone(city=make_city(name="Rabat", slug="rabat"))
    link_event(milestone, event)
    link_event(make_milestone(city=make_city(name=typed("Masaka"), slug="masaka")), event)
    return stop_of(milestone)


def journey_page(city: City, **context) -> Shown:
    changes = Changes(NOON, NOON, [])
    city = City.objects.for_page().get(pk=city.pk)
    address = "https://journeys.example/"
    known = {"city": city, "timeline": timeline_of(city), "changes": changes, "address": address}
    return page("journeys/journey_detail.html", **known | context)


def test_crossings_name_the_other_cities_and_where_they_met():
    event = make_event(name=typed("Summit"), slug="summit")
    pact = make_initiative(name=typed("Pact"), slug="pact")
    rabat = make_city()
    masaka = make_city(name=typed("Masaka"), slug="masaka", code="MSK")
    for city in (rabat, masaka):
        milestone = make_milestone(city=city)
        link_event(milestone, event)
        link_initiative(milestone, pact)

    section = full("journeys/_crossings.html", crossings=timeline_of(rabat).crossings)

    assert section.all(".line-code") == ["MSK"]
    assert section.links == [
        (typed("Masaka"), "/journeys/masaka/"),
        (typed("Summit"), "/events/summit/"),
        (typed("Pact"), "/initiatives/pact/"),
    ]


def test_crossing_at_one_event_names_no_other():
    stop = make_interchange()
    crossings = timeline_of(stop.milestone.city).crossings

    section = empty("journeys/_crossings.html", crossings=crossings)

    assert len(section.links) == 2


def test_interchange_draws_a_line_and_a_dot_for_each_city():
    stop = make_interchange()

    mark = full("journeys/_mark.html", stop=stop)

    assert mark.names.count("path") == 1
    assert mark.names.count("circle") == 2
    assert mark.text == "Stop 1, interchange"


def test_journey_facts_tell_all_that_is_known():
    city = make_told_city()

    facts = full("journeys/_journey_facts.html", city=city, stop_total=7)

    assert dict(zip(facts.all("dt"), facts.all("dd"), strict=True)) == {
        "Country": "Morocco",
        "State or province": typed("Rabat-Salé"),
        "Regional hub": city.region.name,
        "Mayor": typed("Ms Amin"),
        "First engagement": "2021, uncertain",
        "Member since": "March 2022",
        "Milestones": "7",
    }
    assert facts.links == [(city.region.name, city.region.get_absolute_url())]
    assert facts.attributes("img", "alt") == [typed("A square")]
    assert facts.all("p.note") == [
        f"First engagement: {typed('From a report.')}",
        f"Member since: {typed('From a letter.')}",
    ]


def test_journey_facts_leave_out_what_is_not_known():
    city = make_city(first_engagement_note="Of no date.", joined_note="Of no date.")

    facts = empty("journeys/_journey_facts.html", city=city, stop_total=0)

    assert facts.all("dt") == ["Regional hub"]
    assert not {"img", "p"} & set(facts.names)


def test_journey_head_shows_where_the_city_is_and_what_it_says():
    city = make_told_city(region=make_region(hub_name=typed("MENA Hub")))

    head = full("journeys/_journey_head.html", city=city, stop_total=2)

    assert head.all("h1") == [typed("Rabat")]
    assert head.all("nav li") == ["Home", "Journeys", typed("Rabat")]
    assert head.all(".eyebrow") == [typed("MENA Hub")]
    assert head.attributes(".head__locator", "src") == [city.locator_url]
    assert head.attributes(".head__locator", "alt") == [f"Locator map: {typed('Rabat')}"]
    assert head.all(".lede p") == [f"{typed('On the coast')}.", f"{ARABIC}."]


def test_journey_head_of_a_bare_city_is_its_name_and_hub():
    city = make_city(name="Rabat")

    head = empty("journeys/_journey_head.html", city=city, stop_total=1)

    assert head.all("h1") == ["Rabat"]
    assert "img" not in head.names
    assert head.all(".lede") == []


def test_journey_side_leads_to_themes_comparison_and_mail():
    theme = make_theme(name=typed("Youth"), slug="youth")
    city = make_city(name=typed("Rabat"), slug="rabat")

    side = full(
        "journeys/_journey_side.html",
        themes=[theme],
        city=city,
        address="https://journeys.example/journeys/rabat/",
    )

    assert side.links == [
        (typed("Youth"), "/themes/youth/"),
        ("Compare with other journeys", "/compare/?city=rabat"),
        (
            "Email this journey",
            "mailto:?subject=Rabat%20%3Cb%3E%26%22%3A%20a%20member%20journey%20of%20the%20Strong"
            "%20Cities%20Network&body=https%3A%2F%2Fjourneys.example%2Fjourneys%2Frabat%2F",
        ),
        ("Permanent link", "https://journeys.example/journeys/rabat/"),
    ]


def test_journey_side_without_themes_has_no_heading_for_them():
    side = empty(
        "journeys/_journey_side.html", themes=[], city=make_city(), address="https://a.example/"
    )

    assert side.all("h2") == ["Share and compare", "On paper"]


@pytest.mark.parametrize(
    ("kind", "classes"), [("joined", "mark mark--joined"), ("workshop", "mark")]
)
def test_mark_is_solid_where_the_city_joined(kind, classes):
    stop = Stop(make_milestone(kind=kind), 4)

    mark = empty("journeys/_mark.html", stop=stop)

    assert "svg" not in mark.names
    assert mark.text == "Stop 4"
    assert mark.attributes(".mark", "class") == [classes]


@pytest.mark.parametrize(("order", "here"), [("told", "As told"), ("date", "By date, as read")])
def test_order_says_which_it_is(order, here):
    city = make_city()
    for number in (1, 2):
        make_milestone(city=city, slug=f"stop-{number}")

    nav = journey_page(city, order=order).part("nav.journey__list")

    assert nav.links == [("As told", "?order=told"), ("By date, as read", "?order=date")]
    assert nav.all("a[aria-current]") == [here]


def test_order_of_one_stop_is_not_offered():
    city = make_milestone().city

    assert journey_page(city, order="told").part("nav.journey__list").names == []


def test_places_are_named_as_the_texts_print_them():
    milestone = make_told_milestone(city=make_city())

    section = journey_page(milestone.city).part("section[aria-labelledby=places]")

    assert section.all("li") == [typed("Oslo"), ARABIC]


def test_journey_without_other_places_has_no_heading_for_them():
    found = journey_page(make_milestone(places="").city)

    assert found.part("section[aria-labelledby=places]").names == []


def test_stops_lead_down_the_page():
    city = make_city()
    make_told_milestone(city=city)
    make_milestone(city=city, title="Joined", slug="joined", kind="joined")

    nav = full("journeys/_stops.html", stops=timeline_of(city).stops)

    assert nav.all("h2") == ["2 stops"]
    assert nav.links == [
        (f"{typed('May 2023')} {typed('Tea')}", "#tea"),
        ("May 2023 Joined", "#joined"),
    ]
    assert nav.all(".stops__item--joined") == ["May 2023 Joined"]


def test_stops_without_short_titles_are_cut_at_a_word():
    milestone = make_milestone(title="A dialogue on the prevention of hate", slug="dialogue")

    nav = empty("journeys/_stops.html", stops=[Stop(milestone, 1)])

    assert nav.all("h2") == ["1 stop"]
    assert nav.links == [("May 2023 A dialogue on the…", "#dialogue")]


def test_neighbour_says_what_it_is_and_leads_there():
    neighbour = full(
        "journeys/_neighbour.html", label="Next city", name=typed("Oslo"), url="/o/", rel="next"
    )

    assert neighbour.links == [(f"Next city {typed('Oslo')}", "/o/")]
    assert neighbour.attributes("a", "rel") == ["next"]


def test_neighbour_before_stands_at_the_start():
    neighbour = empty(
        "journeys/_neighbour.html", label="Previous city", name="Oslo", url="/o/", rel="prev"
    )

    assert neighbour.attributes("a", "class") == ["neighbours__link plain"]


def test_neighbour_cities_go_round():
    make_city(name=typed("Athens"), slug="athens")
    make_city(name="Masaka", slug="masaka")
    make_city(name="Rabat", slug="rabat")
    city = City.objects.for_page().get(slug="rabat")

    nav = journey_page(city).part(".neighbours")

    assert nav.links == [
        ("Previous city Masaka", "/journeys/masaka/"),
        (f"Next city {typed('Athens')}", "/journeys/athens/"),
    ]


def test_neighbour_cities_of_two_are_the_same_one():
    make_city(name="Athens", slug="athens")
    make_city(name="Rabat", slug="rabat")

    nav = journey_page(City.objects.for_page().get(slug="rabat")).part(".neighbours")

    assert [address for _words, address in nav.links] == ["/journeys/athens/"] * 2
