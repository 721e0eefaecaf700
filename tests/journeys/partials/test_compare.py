"""The partials of the comparison of journeys."""

import pytest

from journeys.pages.compare import Comparison, compare_page
from tests.factories import link_event, make_city, make_event, make_milestone, make_region
from tests.partials import ARABIC, empty, full, typed

pytestmark = pytest.mark.django_db


def make_pair() -> tuple:
    """Two cities that were at one event; the first tells of one stop more."""
    region = make_region(name=typed("Africa"))
    rabat = make_city(name=typed("Rabat"), slug="rabat", code="RAB", region=region)
    masaka = make_city(name="Masaka", slug="masaka", code="MSK")
    event = make_event(name=typed("Summit"), slug="summit", date="2023-09-19/2023-09-21")
    for city in (rabat, masaka):
        there = make_milestone(city=city, title=typed("There"), slug="there", date="2023-09")
        link_event(there, event)
    make_milestone(city=rabat, title=ARABIC, date="2023-05?")
    return rabat, masaka


def compare(*cities) -> Comparison:
    return compare_page([city.slug for city in cities])["comparison"]


def test_compare_date_says_what_the_row_does_not():
    for date, printed, words in (
        ("2023-06", typed("May 2023"), f"{typed('May 2023')} (read as June 2023)"),
        ("2023-05?", "May 2023", "date in doubt"),
        ("", "Some time", "Some time"),
    ):
        milestone = make_milestone(date=date, date_as_printed=printed)
        assert full("journeys/_compare_date.html", milestone=milestone).text == words
    said = make_milestone(date="2023-05", date_as_printed="May 2023")
    assert empty("journeys/_compare_date.html", milestone=said).names == []


def test_compare_form_offers_the_cities_by_region():
    rabat, masaka = make_pair()
    page = compare_page(["rabat"])

    form = full("journeys/_compare_form.html", **page, open=None)

    assert form.attributes("form", "action") == ["/compare/"]
    assert form.all("p.quiet") == ["Choose 2 to 4 cities."]
    assert form.all("legend") == [typed("Africa")]
    assert form.all("label") == [masaka.name, rabat.name]
    assert form.attributes("input", "value") == ["masaka", "rabat"]
    assert form.attributes("input[checked]", "value") == ["rabat"]
    assert form.attributes("details", "open") == [""]


def test_compare_form_of_many_cities_searches_them_by_name(monkeypatch):
    monkeypatch.setattr("journeys.pages.compare.CITIES_OFFERED", 1)
    rabat, masaka = make_pair()

    page = compare_page(["masaka"], "RAB")
    form = full("journeys/_compare_form.html", **page, open=None)
    assert form.all("label") == ["Search for a city by name", masaka.name, rabat.name]
    assert form.attributes("input[checked]", "value") == ["masaka"]
    assert page["problem"] == ""

    form = empty("journeys/_compare_form.html", **compare_page([], "nowhere"), open=None)
    assert form.all("[role=status]") == ["No city that could be added has this name."]
    assert form.all("button") == ["Search"]


def test_compare_form_is_closed_above_a_comparison_and_nothing_of_an_empty_portal():
    assert empty("journeys/_compare_form.html", **compare_page([]), open=None).names == []
    page = compare_page([city.slug for city in make_pair()])

    form = full("journeys/_compare_form.html", **page, open=page["comparison"])

    assert form.attributes("details", "open") == [None]
    assert form.attributes("input[checked]", "value") == ["masaka", "rabat"]


def test_compare_table_has_a_row_for_each_period_that_shared_events_span():
    rabat, masaka = make_pair()

    table = full("journeys/_compare_table.html", comparison=compare(rabat, masaka))

    assert table.all("thead th") == ["Period", f"RAB {typed('Rabat')}", "MSK Masaka"]
    assert table.all("tbody th") == ["May 2023", "September 2023"]
    assert table.all("tbody td:not([colspan])") == [f"{ARABIC} date in doubt", ""]
    row = table.part("td[colspan]")
    assert table.attributes("td[colspan]", "colspan") == ["2"]
    assert row.all("p") == [f"{typed('Summit')} · 19–21 September 2023"]
    assert row.links == [
        (typed("Summit"), "/events/summit/"),
        (typed("There"), "/journeys/masaka/there/"),
        (typed("There"), "/journeys/rabat/there/"),
    ]


def test_compare_table_without_dates_or_milestones_says_none():
    cities = [make_city(), make_city()]
    bare = empty("journeys/_compare_table.html", comparison=compare(*cities))
    event = make_event(name="Summit")
    for city in cities:
        link_event(make_milestone(city=city, date="", date_as_printed="Soon"), event)

    table = full("journeys/_compare_table.html", comparison=compare(*cities))

    assert bare.all("tbody tr") == []
    assert table.all("tbody th") == ["Without a date"]
    assert table.part("td[colspan]").all("p") == ["Summit"]
