import pytest
from django.urls import reverse

from tests.factories import (
    link_event,
    make_city,
    make_event,
    make_milestone,
    make_network,
    make_region,
)
from tests.partials import ARABIC, Shown, typed, visited

pytestmark = pytest.mark.django_db

COMPARE = reverse("journeys:compare")


def table(client, *cities):
    response = client.get(COMPARE, {"city": [city.slug for city in cities]})
    return response.context["comparison"]


def page_of(client, *slugs: str, q: str = "") -> Shown:
    return visited(client, f"{COMPARE}?{'&'.join(f'city={slug}' for slug in slugs)}&q={q}")


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
    form = page_of(client, cities[0].slug, q="nowhere")
    assert form.all("[role=status]") == ["No city that could be added has this name."]
    assert form.attributes("input[checked]", "value") == [cities[0].slug]


def test_form_offers_the_cities_by_region_and_closes_above_a_comparison(client):
    region = make_region(name=typed("Africa"))
    for name in (typed("Rabat"), "Masaka"):
        make_city(name=name, slug=name[:6].lower().strip(), region=region)

    none, one, two = (page_of(client, *slugs) for slugs in ([], ["rabat"], ["rabat", "masaka"]))

    assert one.part("form").text.startswith(f"Choose 2 to 4 cities. {typed('Africa')} Masaka")
    assert one.all("label") == ["Masaka", typed("Rabat")]
    for page, is_open, chosen in [
        (none, "", []),
        (one, "", ["rabat"]),
        (two, None, ["masaka", "rabat"]),
    ]:
        assert page.attributes(".compare__choice", "open") == [is_open]
        assert page.attributes("input[checked]", "value") == chosen


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
    event = make_event(name=typed("Summit"), slug="summit", date="2023-09-19/2023-09-21")
    cities = [make_city(name=typed(code), slug=code, code=code * 3) for code in "ABC"]
    told = [
        make_milestone(city=c, title=typed("There"), slug="there", date="2023-09") for c in cities
    ]
    make_milestone(city=cities[0], title=ARABIC, date="2023-05?")
    for milestone, relation in zip(told, ["attended", "attended", "mentioned"], strict=True):
        link_event(milestone, event, relation)

    page = page_of(client, "A", "B")

    assert page.all("thead th") == ["Period", f"AAA {typed('A')}", f"BBB {typed('B')}"]
    assert page.all("tbody th") == ["May 2023", "September 2023"]
    assert page.all("tbody td:not([colspan])") == [f"{ARABIC} date in doubt", ""]
    assert page.attributes("td[colspan]", "colspan") == ["2"]
    assert page.part("td[colspan]").all("p") == [f"{typed('Summit')} · 19–21 September 2023"]
    assert page.part("td[colspan]").links == [
        (typed("Summit"), "/events/summit/"),
        (typed("There"), "/journeys/A/there/"),
        (typed("There"), "/journeys/B/there/"),
    ]
    assert not any(period.shared for period in table(client, cities[0], cities[2]).periods)


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


def test_dates_of_every_sort_find_a_row_and_say_what_it_does_not(client):
    one, two = make_city(), make_city()
    dates = ["2023-05?", "2021-21", "202X", "2023/..", "../2019", "2023-XX", "2022-11/2023-02", ""]
    for date in dates:
        make_milestone(city=one, date=date, date_as_printed=typed("Some time"))
    event = make_event(name="Summit")
    for city in (one, two):
        link_event(make_milestone(city=city, date="", date_as_printed="Soon"), event)

    periods, page = table(client, one, two).periods, page_of(client, one.slug, two.slug)

    assert sum(len(period.cells[0]) for period in periods if period.cells) == len(dates)
    assert periods[-1].label == "Without a date"
    said = page.all("tbody .compare__cell .quiet")
    assert {f"{typed('Some time')} (read as spring 2021)", typed("Some time")} < set(said)
    assert page.part("td[colspan]").all("p") == ["Summit"]
