import pytest

from strongcities.editing.checks import findings
from tests.factories import make_city, make_milestone

pytestmark = pytest.mark.django_db

READY = {
    "intro": "A short introduction.",
    "latitude": "34.0209",
    "longitude": "-6.8416",
    "coordinates_source": "An atlas",
}


def codes(**fields) -> set[str]:
    city = make_city(**READY | fields)
    make_milestone(city=city)
    return {one.code for one in findings(city)}


def test_what_is_missing_is_named():
    make_city(name="Harbour")
    for fields, found in [
        ({}, set()),
        ({"intro": " "}, {"no-intro"}),
        ({"intro": "A word and " * 30 + "an end. More."}, {"intro-long"}),
        ({"latitude": None, "longitude": None}, {"no-place"}),
        ({"coordinates_source": ""}, {"no-place-source"}),
        ({"status": "draft", "region": None}, {"no-region"}),
        ({"name": "harbour"}, {"name-twice"}),
    ]:
        assert codes(**fields) == found


def test_long_introduction_says_how_long():
    city = make_city(intro="x" * 250)

    said = " ".join(one.sentence for one in findings(city))

    assert "250 characters: cards cut it at 200" in said
