import pytest
from django.urls import reverse

from tests.factories import link_event, make_city, make_event, make_milestone, make_network
from tests.partials import Shown

pytestmark = pytest.mark.django_db

COMPARE = reverse("journeys:compare")


def table(client, *cities):
    response = client.get(COMPARE, {"city": [city.slug for city in cities]})
    return response.context["comparison"]


def test_compare_offers_every_public_city_to_choose_and_tells_a_wrong_choice_in_words(client):
    for name in ["Alba", "Brno", "Cork", "Dax", "Ely"]:
        make_city(name=name)
    make_city(name="Draft town", status="draft")

    page = client.get(COMPARE).content.decode()

    assert "Alba" in page
    assert "Draft town" not in page
    assert "<table" not in page
    for slugs, words in [
        (["alba"], "Choose one more city"),
        (["alba", "nowhere"], "no journey here"),
        (["alba", "draft-town"], "no journey here"),
        (["alba", "brno", "cork", "dax", "ely"], "at most 4"),
        (["alba", "\x00"], "no journey here"),
    ]:
        response = client.get(COMPARE, {"city": slugs})
        assert words in response.content.decode()
        assert response.context["comparison"] is None


def test_compare_offers_many_cities_by_name_only(client):
    cities = make_network(51)

    page = client.get(COMPARE).content.decode()
    assert "Search for a city by name" in page
    assert cities[0].name not in page

    found = client.get(COMPARE, {"q": "0007 place", "city": [c.slug for c in cities[:2]]})
    assert [city.name for city in found.context["choices"]] == [
        "Place 0000",
        "Place 0001",
        "Place 0007",
    ]
    assert found.context["comparison"].cities == cities[:2]


def test_compare_puts_milestones_in_rows_of_time_and_columns_of_cities(client):
    one, two = make_city(name="One"), make_city(name="Two")
    early = make_milestone(city=two, date="2017")
    late = make_milestone(city=one, date="2023-05")
    same = make_milestone(city=two, date="2023-05-14")

    periods = table(client, one, two).periods

    assert [(p.label, p.cells) for p in periods] == [
        ("2017", [[], [early]]),
        ("May 2023", [[late], [same]]),
    ]


def test_shared_event_spans_the_columns_and_is_told_once_but_not_where_it_is_mentioned(client):
    event = make_event(name="Summit", date="2023-09-19/2023-09-21")
    here = make_milestone(city=make_city(name="A"), date="2023-09")
    there = make_milestone(city=make_city(name="B"), date="2023-09-19/2023-09-21")
    speaks = make_milestone(city=make_city(name="C"), date="2023-09")
    for milestone in (here, there):
        link_event(milestone, event)
    link_event(speaks, event, "mentioned")

    (period,) = table(client, here.city, there.city).periods

    assert (period.label, period.cells) == ("September 2023", [])
    assert period.shared[0].milestones == [here, there]
    assert not any(p.shared for p in table(client, here.city, speaks.city).periods)


def test_shared_event_runs_only_across_the_cities_that_took_part(client):
    event = make_event(date="2023-09")
    there = [make_milestone(city=make_city(name=name), date="2023-09") for name in "ABD"]
    beside = make_milestone(city=make_city(name="C"), date="2023-09")
    for milestone in there:
        link_event(milestone, event)
    cities = [there[0].city, there[1].city, beside.city, there[2].city]

    (period,) = table(client, *cities).periods
    page = Shown(client.get(COMPARE, {"city": [city.slug for city in cities]}).text, "div")

    assert [span.milestones for span in period.shared[0].spans] == [there[:2], [], there[2:]]
    assert period.cells == [[], [], [beside], []]
    assert page.attributes("tbody tr:first-child td", "colspan") == ["2", "1", "1"]


def test_dates_of_every_sort_find_a_row(client):
    one, two = make_city(), make_city()
    dates = ["2023-05?", "2021-21", "202X", "2023/..", "../2019", "2023-XX", "2022-11/2023-02", ""]
    for date in dates:
        make_milestone(city=one, date=date)

    periods = table(client, one, two).periods

    assert sum(len(period.cells[0]) for period in periods) == len(dates)
    assert periods[-1].label == "Without a date"


def test_compare_takes_the_same_queries_at_two_sizes(count_queries):
    def address(cities):
        return f"{COMPARE}?city={cities[0].slug}&city={cities[1].slug}"

    few = count_queries(address(make_network(3)))

    assert count_queries(address(make_network(60))) == few
