from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from members.models import City, LineColour, Region
from tests.factories import make_city, make_milestone, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def errors(record) -> dict:
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return refused.value.message_dict


# Region


def test_published_city_needs_a_region_in_the_form():
    city = make_city(status="draft", region=None)
    city.status = "published"

    assert errors(city)["region"] == ["Choose a region before publishing."]


def test_published_city_needs_a_region_in_the_database():
    city = make_city(status="draft", region=None)

    with pytest.raises(IntegrityError, match="published_has_region"), transaction.atomic():
        City.objects.filter(pk=city.pk).update(status="published")


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_city_that_is_not_public_needs_no_region(status):
    make_city(status=status, region=None).full_clean()


def test_region_with_cities_is_not_deleted():
    region = make_region()
    make_city(region=region)

    with pytest.raises(ProtectedError):
        region.delete()


def test_region_colour_is_one_of_the_designs():
    region = make_region()
    region.full_clean()

    region.colour = "puce"

    assert "colour" in errors(region)
    assert len(LineColour.values) == 8


def test_regions_stand_in_their_order():
    last, first = make_region(order=2, name="A"), make_region(order=1, name="B")

    assert list(Region.objects.all()) == [first, last]


# Coordinates


@pytest.mark.parametrize("given", ["latitude", "longitude"])
def test_one_coordinate_alone_is_refused_in_the_form(given):
    city = make_city()
    setattr(city, given, Decimal("12.5"))

    assert errors(city)["__all__"] == ["Give both latitude and longitude, or neither."]


@pytest.mark.parametrize("given", ["latitude", "longitude"])
def test_one_coordinate_alone_is_refused_by_the_database(given):
    make_city()

    with pytest.raises(IntegrityError, match="coordinates_in_pairs"), transaction.atomic():
        City.objects.update(**{given: Decimal("12.5")})


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("34.0209", "-6.8417"), ("-90", "180"), ("0", "0")]
)
def test_both_coordinates_pass(latitude, longitude):
    city = make_city(latitude=Decimal(latitude), longitude=Decimal(longitude))

    city.full_clean()


@pytest.mark.parametrize(
    ("latitude", "longitude", "wrong"), [("90.1", "0", "latitude"), ("0", "-180.1", "longitude")]
)
def test_coordinates_off_the_globe_are_refused(latitude, longitude, wrong):
    city = make_city(latitude=Decimal(latitude), longitude=Decimal(longitude))

    assert list(errors(city)) == [wrong]


# Code


@pytest.mark.parametrize("code", ["rab", "RA", "RABA", "R-B", "RAB\n", "ÉLA"])
def test_code_that_is_not_three_capitals_is_refused(code):
    city = make_city()
    city.code = code

    assert "code" in errors(city)


def test_code_is_unique():
    make_city(code="RAB")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_city(code="RAB")


# Dates and words


@pytest.mark.parametrize("fact", ["first_engagement", "joined"])
def test_dates_of_a_city_are_edtf(fact):
    city = make_city(**{fact: "2023-04?"})
    city.full_clean()

    setattr(city, fact, "April 2023")

    assert list(errors(city)) == [fact]


def test_save_folds_every_name():
    city = make_city(name="Athènes (Ohio)", short_name="Athènes", other_names="Αθήνα\nAthens")

    assert city.search_text == "athenes ohio athenes αθηνα athens"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"country": "XK"}, "Kosovo"),
        ({"country": "US", "subdivision": "Ohio"}, "Ohio, United States of America"),
        ({"subdivision": "Ohio"}, "Ohio"),
        ({}, ""),
    ],
)
def test_place_is_what_is_known(fields, place):
    assert make_city(**fields).place == place


def test_natural_keys_find_city_and_region():
    city = make_city()

    assert City.objects.get_by_natural_key(*city.natural_key()) == city
    assert Region.objects.get_by_natural_key(*city.region.natural_key()) == city.region


def test_city_with_milestones_is_not_deleted():
    milestone = make_milestone()

    with pytest.raises(ProtectedError):
        milestone.city.delete()


def test_cities_stand_by_name():
    second, first = make_city(name="Mardan"), make_city(name="Athens")

    assert list(City.objects.by_name()) == [first, second]


QUOTES = ["mayor_quote", "first_engagement_quote", "joined_quote"]


@pytest.mark.parametrize("fact", QUOTES)
def test_words_for_a_fact_stand_in_the_introduction(fact):
    make_city(intro="It joined in May.", **{fact: "joined in May"}).full_clean()


@pytest.mark.parametrize("fact", QUOTES)
def test_words_for_a_fact_that_stand_nowhere_are_refused(fact):
    city = make_city(intro="It joined in May.", **{fact: "joined in June"})

    assert errors(city)[fact] == [
        "These words stand neither in the introduction nor in a milestone."
    ]


def test_words_for_a_fact_about_a_new_city_are_looked_for_too():
    city = City(name="New", short_name="New", code="NEW", intro="", joined_quote="joined in May")

    assert "joined_quote" in errors(city)
