from urllib.parse import urlencode

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    link_event,
    link_initiative,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)
from tests.partials import visited

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

LIST = reverse("journeys:journey_list")


def found(client, query) -> list:
    return list(client.get(LIST, query).context["page"])


def options(client, query, name) -> dict[str, int]:
    panel = client.get(LIST, query).context["facets"].panel
    group = next(group for group in panel if group.name == name)
    return {option.value: option.count for option in group.options}


@pytest.fixture
def pair():
    """Two milestones that differ in everything that can be filtered."""
    first = make_milestone(
        city=make_city(name="Alba", region=make_region(name="North")),
        title="Élan of the young",
        date="2023-05",
        kind="summit",
    )
    second = make_milestone(
        city=make_city(name="Brno", region=make_region(name="South")),
        body="Councils meet.",
        date="2024-06",
        kind="visit",
    )
    link_theme(first, make_theme(name="Youth"))
    link_theme(second, make_theme(name="Women"))
    link_event(first, make_event(name="Summit"))
    link_event(second, make_event(name="Visit"))
    link_initiative(first, make_initiative(name="Pact"))
    link_initiative(second, make_initiative(name="Club"))
    return first, second


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("region", "north", "south"),
        ("theme", "youth", "women"),
        ("year", "2023", "2024"),
        ("kind", "summit", "visit"),
        ("city", "alba", "brno"),
        ("event", "summit", "visit"),
        ("initiative", "pact", "club"),
        ("q", "elan YOUNG", "brno"),
    ],
)
def test_filter_keeps_what_has_one_of_its_values(client, pair, name, value, other):
    first, second = pair

    assert found(client, {name: value}) == [first]
    assert found(client, {name: other}) == [second]
    assert name == "q" or found(client, {name: [value, other]}) == [first, second]


def test_different_filters_are_and_and_nothing_typed_is_no_filter(client, pair):
    assert found(client, {"region": "north", "kind": "visit"}) == []
    assert found(client, {"region": "north", "kind": "summit"}) == [pair[0]]
    assert found(client, {"theme": ["youth", "nonsense"]}) == []
    assert found(client, {"q": " – "}) == list(pair)
    make_milestone(city=make_city(name="Hidden", status="draft"))
    assert "There is no “hidden”" in client.get(LIST, {"city": "hidden"}).content.decode()


def test_odd_pages_and_malformed_query_strings_show_a_page(client, pair):
    for page in ("0", "-1", "x", "99999999999999999999", "", "1e9", "٢"):
        assert found(client, {"page": page}) == list(pair), page
    for query in ("theme=%FF%FE", "year=%00", "&&&=", "theme[]=x", "q=%ED%A0%80"):
        assert client.get(f"{LIST}?{query}").status_code == 200, query


@pytest.mark.parametrize("name", ["region", "theme", "year", "kind", "city", "event", "initiative"])
def test_unknown_value_gives_an_empty_list_and_a_message(client, pair, name):
    for odd in ("nonsense", "\x00", "<b>", "' OR 1=1", "9" * 400, "-1", "٢٠٢٣"):
        assert is_refused(client, {name: odd}), odd


def test_words_too_long_and_an_unknown_order_give_an_empty_list_and_a_message(client, pair):
    for query in ({"q": "x" * 50_000}, {"order": "nonsense"}, {"q": "a\x00b"}):
        assert is_refused(client, query), query


def is_refused(client, query: dict[str, str]) -> bool:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return bool(not response.context["page"] and response.context["facets"].problems)


def test_year_finds_every_date_that_touches_it(client):
    month = make_milestone(date="2023-05")
    span = make_milestone(date="2022-11/2024-02")
    going_on = make_milestone(date="2021/..")
    make_milestone(date="2024-01")
    make_milestone(date="../2022")
    make_milestone(date="", date_as_printed="Some time")

    assert set(found(client, {"year": "2023"})) == {month, span, going_on}


def test_words_are_found_in_title_body_and_city_whatever_their_accents(client):
    milestone = make_milestone(
        city=make_city(name="Kraków"), title="City-to-city", body="Café meetings"
    )

    for words in ["krakow", "KRAKÓW cafe", "city to city", "“meetings”"]:
        assert found(client, {"q": words}) == [milestone], words
    assert found(client, {"q": "krakow tea"}) == []


@pytest.mark.parametrize(
    "words",
    [
        "Pakistan",
        "eza",
        "Akello",
        "lakeside",
        "Second Summit",
        "New York",
        "Prevention",
        "eza Summit",
    ],
)
def test_milestone_is_found_by_what_is_told_around_it(client, words):
    region = make_region(abbreviation="EZA")
    city = make_city(region=region, country="PK", mayor="Florence Akello", intro="By the lakeside.")
    milestone = make_milestone(city=city)
    link_event(milestone, make_event(name="Second Summit"))
    link_initiative(milestone, make_initiative(other_names="New York Declaration"))
    link_theme(milestone, make_theme(name="Preventions"))
    make_milestone(city=make_city(region=make_region()))

    assert found(client, {"q": words}) == [milestone]


@pytest.mark.parametrize(
    ("order", "places"), [("date", [1, 0]), ("latest", [0, 1]), ("told", [0, 1])]
)
def test_order_is_by_reading_latest_or_as_told(client, order, places):
    city = make_city()
    told = [make_milestone(city=city, date="2024-01"), make_milestone(city=city, date="2023-01")]

    assert found(client, {"order": order}) == [told[place] for place in places]


def test_counts_ignore_their_own_group_follow_the_words_and_hide_empty_groups(client, pair):
    assert options(client, {"theme": "youth"}, "theme") == {"youth": 1, "women": 1}
    assert options(client, {"theme": "youth"}, "region") == {"north": 1, "south": 0}
    assert options(client, {"theme": "youth"}, "year") == {"2024": 0, "2023": 1}
    assert options(client, {"theme": "youth"}, "kind")["visit"] == 0
    assert options(client, {"q": "councils"}, "theme") == {"youth": 0, "women": 1}
    panel = client.get(LIST, {"q": "harbour", "year": "2023"}).context["facets"].panel
    assert [group.name for group in panel] == ["year"]


@pytest.mark.one_database  # both are counted in memory
def test_each_count_is_what_choosing_it_shows(client, seed):
    query = {"q": "youth", "year": ["2023", "2024"]}
    panel = client.get(LIST, query).context["facets"].panel

    for group in panel:
        for option in group.options:
            chosen = query | {group.name: option.value}
            assert client.get(LIST, chosen).context["found"].milestones == option.count, option


def test_heading_counts_milestones_and_cities_and_chips_remove_one_value_each(client, pair):
    make_milestone(city=pair[0].city)

    response = client.get(LIST, {"theme": ["youth", "women"], "q": "elan", "page": "3"})

    chips = {chip.label: chip.url for chip in response.context["facets"].chips}
    assert chips == {
        "“elan”": "?theme=youth&theme=women",
        "Youth": "?q=elan&theme=women",
        "Women": "?q=elan&theme=youth",
    }
    assert "3 milestones in 2 cities" in client.get(LIST).content.decode()
    assert "1 milestone in 1 city" in client.get(LIST, {"city": "brno"}).content.decode()


def test_panel_checks_what_is_chosen_keeps_the_rest_and_each_chip_says_what_it_removes(
    client, pair
):
    page = visited(client, f"{LIST}?event=summit&order=told&theme=youth&q=elan&city=%22%3E%3Cb%3Ex")
    panel, chips = page.part(".find__form"), dict(page.part(".chips").links)

    assert panel.attributes("input[type=search], input[checked]", "value") == ["elan", "youth"]
    hidden = [panel.attributes("input[type=hidden]", part) for part in ("name", "value")]
    assert hidden == [["city", "event", "order"], ['"><b>x', "summit", "told"]]
    assert {"Remove the search words: elan", "Remove the filter Theme: Youth"} < set(chips)
    assert "Women0 milestones" in panel.all(".filter__option--none")


def test_list_leads_to_its_other_orders_and_that_of_an_empty_portal_is_the_search_alone(client):
    empty = visited(client, LIST)
    for _number in range(2):
        make_milestone(body="Tea.")

    page = visited(client, f"{LIST}?q=tea&page=2")

    assert empty.all("button") == ["Search"]
    assert "No milestones found No milestone is published yet." in " ".join(empty.text.split())
    assert "Or start from a city" not in empty.text
    head = page.part(".find__head")
    assert [address for _words, address in head.links] == [
        f"?q=tea&order={order}" for order in ("date", "latest", "told")
    ]
    assert head.all("a[aria-current]") == ["By date"]
    assert visited(client, LIST).all("input[type=hidden], input[checked]") == []


def test_pages_hold_twenty_and_keep_the_filters(client):
    city = make_city(name="Alba")
    for _number in range(21):
        make_milestone(city=city)

    first = client.get(LIST, {"city": "alba"})
    last = client.get(LIST, {"city": "alba", "page": "2"})

    assert len(first.context["page"]) == 20
    assert "?city=alba&amp;page=2" in first.content.decode()
    assert len(last.context["page"]) == 1
    for response, way, other in ((first, "next", "prev"), (last, "prev", "next")):
        assert f'rel="{way}"' in response.content.decode()
        assert f'rel="{other}"' not in response.content.decode()


NAMES = ["region", "theme", "year", "kind", "city", "event", "initiative", "q", "order", "page"]
VALUES = st.one_of(
    st.sampled_from(["north", "youth", "2023", "summit", "alba", "pact", "0", "10000", "date"]),
    st.text(max_size=40),
    st.integers().map(str),
)


@given(query=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_string_breaks_the_list_or_is_ignored(client, pair, query):
    response = client.get(f"{LIST}?{urlencode(query)}")

    assert response.status_code == 200
    if response.context["facets"].problems:
        assert list(response.context["page"]) == []


def test_thousands_of_values_are_refused_in_words_and_grow_into_no_longer_page(client, pair):
    many = "&".join(f"theme=t{number}" for number in range(600))
    long = "&".join(f"{name}={'x' * 60}{n}" for name in NAMES[:8] for n in range(100))

    refused, shown = (client.get(f"{LIST}?{query}") for query in (many, long))

    assert refused.status_code == shown.status_code == 200
    assert "at most 30" in refused.content.decode()
    assert len(shown.content) < 20 * len(long)
