"""Cities are GeoJSON as RFC 7946 has it."""

import json

import pytest

from tests.factories import make_city
from tests.journeys.files.reading import body, rows_of
from tests.partials import ARABIC

pytestmark = pytest.mark.django_db


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
