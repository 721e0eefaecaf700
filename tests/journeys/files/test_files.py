import gc
import json
import weakref

import pytest
from django.db.models.signals import post_init

from journeys.files import tables
from journeys.files.columns import TABLES
from journeys.models import Milestone
from members.models import City
from tests.factories import make_city, make_milestone, make_network
from tests.journeys.files.reading import body, rows_of, titles
from tests.journeys.stories import make_meeting, make_told_portal
from tests.partials import ARABIC

pytestmark = pytest.mark.django_db
HOSTILE = [
    '=HYPERLINK("https://example.org","x")',
    "\u00a0@SUM(1+1)*cmd|' /C calc'!A0",
    '</script><b onclick="x()">&amp;',
    "line\none, two; “three”\r\n\r\nfour",
    "\u202eمدينة\u202c ঢাকা 🏙️",
]


@pytest.mark.parametrize(
    "page", ["/journeys/rabat", "/regions/mena", "/themes/youth", "/events/summit"]
)
def test_record_is_a_file_of_the_milestones_that_tell_of_it(client, page):
    make_meeting()
    there = ["Rabat late", "Rabat early"] if page == "/journeys/rabat" else ["Rabat late"]
    if page in ("/themes/youth", "/events/summit"):
        there = ["Masaka late", "Rabat late"]
    if page == "/regions/mena":
        there = ["Rabat early", "Rabat late"]

    told = json.loads(body(client.get(f"{page}.json")))

    assert told["slug"] == page.rpartition("/")[2]
    assert told["url"].endswith(f"{page}/")
    assert [one["title"] for one in told["milestones"]] == there
    assert titles(client, f"{page}.csv") == there


def test_each_table_is_a_file_of_its_columns(client):
    make_told_portal()

    for name, table in TABLES.items():
        address = "/journeys" if name == "milestones" else f"/{name}"
        as_csv, as_json = (rows_of(client.get(f"{address}.{form}")) for form in ("csv", "json"))
        assert as_csv, name
        assert {tuple(row) for row in as_csv + as_json} == {tuple(table.names)}
        assert [row["uuid"] for row in as_csv] == [row["uuid"] for row in as_json]


def test_links_keep_their_words_in_json_and_their_names_in_csv(client):
    make_meeting()
    (as_json,) = rows_of(client.get("/journeys.json?event=summit&city=rabat"))
    (as_csv,) = rows_of(client.get("/journeys.csv?event=summit&city=rabat"))

    event = {"event": "summit", "relation": "attended", "quote": "Rabat late"}
    assert as_json["events"] == [event]
    assert as_json["themes"] == [{"theme": "youth", "quote": "Rabat late"}]
    assert (as_csv["events"], as_csv["themes"]) == ("summit", "youth")


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_any_kind_arrives_whole_and_is_defused_for_spreadsheets_alone(client, words):
    make_milestone(title=words, body=words, date_note=words)

    (as_json,), (as_csv,) = (rows_of(client.get(f"/journeys.{form}")) for form in ("json", "csv"))

    mark = "'" if words.lstrip()[0] in "=@" else ""
    for name in ("title", "body", "date_note"):
        kept = Milestone.objects.values_list(name, flat=True).get()
        assert as_json[name] == kept
        assert as_csv[name] == mark + kept


def test_one_long_file_is_written_at_a_time(client, monkeypatch):
    monkeypatch.setattr("journeys.files.answers.AT_ONCE", 2)
    make_network(2)
    open_one = client.get("/journeys.csv")

    one_more = client.get("/journeys.json")
    short = client.get("/cities.csv")
    rows = rows_of(open_one)
    later = client.get("/journeys.json")

    assert (one_more.status_code, json.loads(one_more.content)["status"]) == (503, 503)
    assert int(one_more.headers["Retry-After"]) > 0
    assert short.status_code == 200
    assert len(rows) == len(rows_of(later)) == 8


# Memory


def test_milestones_are_read_a_few_at_a_time_and_not_kept(monkeypatch):
    make_network(30)
    monkeypatch.setattr(tables, "AT_ONCE", 10)
    alive, most = weakref.WeakSet(), 0
    post_init.connect(lambda instance, **rest: alive.add(instance), Milestone, weak=False,
                      dispatch_uid=1)  # fmt: skip
    try:
        for number, _row in enumerate(TABLES["milestones"].rows(TABLES["milestones"].keys())):
            if number % 40 == 39:
                gc.collect()
                most = max(most, len(alive))
    finally:
        post_init.disconnect(sender=Milestone, dispatch_uid=1)

    assert number == 119
    assert most <= 20


def test_what_was_withdrawn_meanwhile_is_left_out():
    gone, here = make_milestone(), make_milestone()
    table = TABLES["milestones"]
    keys = table.keys()
    City.objects.filter(pk=gone.city.pk).update(status="draft")

    assert [row["uuid"] for row in table.records(keys)] == [str(here.uuid)]
    assert len(keys) == 2


# GeoJSON, as RFC 7946 has it


def test_cities_are_points_longitude_first_and_those_without_have_no_geometry(client):
    rabat = make_city(name=f"Rabat {ARABIC} </b>", latitude="34.0209", longitude="-6.8416")
    make_city(name="Somewhere")

    response = client.get("/cities.geojson")
    read = json.loads(body(response))

    assert response.headers["Content-Type"] == "application/geo+json"
    assert (set(read), read["type"]) == ({"type", "features"}, "FeatureCollection")
    located, other = read["features"]
    assert set(located) == set(other) == {"type", "id", "geometry", "properties"}
    assert "id" not in located["properties"]  # it stands beside them (3.2)
    assert located["geometry"] == {"type": "Point", "coordinates": [-6.8416, 34.0209]}
    assert (located["id"], located["properties"]["name"]) == (str(rabat.uuid), rabat.name)
    assert other["geometry"] is None
    (row, *_rest) = rows_of(client.get("/cities.csv"))
    assert (row["latitude"], row["longitude"]) == ("34.0209", "-6.8416")


def test_no_city_is_an_empty_collection(client):
    assert json.loads(body(client.get("/cities.geojson"))) == {
        "type": "FeatureCollection",
        "features": [],
    }
