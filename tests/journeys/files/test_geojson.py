"""Cities are GeoJSON as RFC 7946 has it."""

import json

import pytest

from tests.factories import make_city
from tests.journeys.files.reading import body, rows_of
from tests.partials import ARABIC

pytestmark = pytest.mark.django_db


def problems(collection: dict) -> list[str]:
    """What RFC 7946 forbids, for points."""
    found = [] if collection.get("type") == "FeatureCollection" else ["no collection"]
    if {"crs", "coordinates", "geometry", "properties"} & set(collection):
        found.append("foreign members of a collection (section 7.1)")
    for feature in collection["features"]:
        if not {"type", "geometry", "properties"} <= set(feature):
            found.append("a feature without what it needs (3.2)")
        if "id" in feature["properties"] or not isinstance(feature.get("id"), str | int):
            found.append("its identifier is not beside the properties (3.2)")
        point = feature["geometry"]
        if point is not None:
            longitude, latitude = point["coordinates"]
            if point["type"] != "Point" or not (abs(longitude) <= 180 and abs(latitude) <= 90):
                found.append("no point on the globe (3.1.1)")
    return found


def test_cities_are_points_longitude_first_and_those_without_have_no_geometry(client):
    rabat = make_city(name=f"Rabat {ARABIC} </b>", latitude="34.0209", longitude="-6.8416")
    make_city(name="Somewhere")

    response = client.get("/cities.geojson")
    read = json.loads(body(response))

    assert response.headers["Content-Type"] == "application/geo+json"
    assert problems(read) == []
    located, other = read["features"]
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
