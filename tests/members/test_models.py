from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from members.models import City
from tests.factories import make_city, make_milestone

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def errors(record) -> dict:
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return refused.value.message_dict


# Region


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_published_city_needs_a_region_and_no_other(status):
    city = make_city(status=status, region=None)
    city.full_clean()

    city.status = "published"

    assert errors(city)["region"] == ["Choose a region before publishing."]
    with pytest.raises(IntegrityError, match="published_has_region"), transaction.atomic():
        City.objects.filter(pk=city.pk).update(status="published")


def test_region_with_cities_and_city_with_milestones_are_not_deleted():
    city = make_milestone().city

    for record in (city.region, city):
        with pytest.raises(ProtectedError):
            record.delete()


# Coordinates


@pytest.mark.parametrize("given", ["latitude", "longitude"])
def test_one_coordinate_alone_is_refused_in_the_form_and_by_the_database(given):
    city = make_city()
    setattr(city, given, Decimal("12.5"))

    assert errors(city)["__all__"] == ["Give both latitude and longitude, or neither."]
    with pytest.raises(IntegrityError, match="coordinates_in_pairs"), transaction.atomic():
        City.objects.update(**{given: Decimal("12.5")})


def test_coordinates_off_the_globe_are_refused():
    for latitude, longitude in [("34.0209", "-6.8417"), ("-90", "180"), ("0", "0")]:
        make_city(latitude=Decimal(latitude), longitude=Decimal(longitude)).full_clean()

    assert list(errors(make_city(latitude=Decimal("90.1"), longitude=0))) == ["latitude"]
    assert list(errors(make_city(latitude=0, longitude=Decimal("-180.1")))) == ["longitude"]


# Code


def test_code_is_three_capitals_and_unique():
    city = make_city(code="RAB")
    for code in ("rab", "RA", "RABA", "R-B", "RAB\n", "ÉLA"):
        city.code = code
        assert "code" in errors(city)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_city(code="RAB")


# Dates and words


@pytest.mark.parametrize("fact", ["first_engagement", "joined"])
def test_dates_of_a_city_are_edtf(fact):
    city = make_city(**{fact: "2023-04?"})
    city.full_clean()

    setattr(city, fact, "April 2023")

    assert list(errors(city)) == [fact]


def test_place_is_what_is_known_and_every_name_is_folded():
    for fields, place in [
        ({"country": "XK"}, "Kosovo"),
        ({"country": "US", "subdivision": "Ohio"}, "Ohio, United States of America"),
        ({"subdivision": "Ohio"}, "Ohio"),
        ({}, ""),
    ]:
        assert make_city(**fields).place == place
    city = make_city(name="Athènes (Ohio)", short_name="Athènes", other_names="Αθήνα", intro="By")
    assert city.search_names == " athen ohio athen αθηνα "
    assert city.search_text == " athen ohio athen αθηνα by "


@pytest.mark.parametrize("fact", ["mayor_quote", "first_engagement_quote", "joined_quote"])
def test_words_for_a_fact_stand_in_the_introduction_or_are_refused(fact):
    city = make_city(intro="It joined in May.", **{fact: "joined in May"})
    city.full_clean()

    setattr(city, fact, "joined in June")
    new = City(name="New", short_name="New", code="NEW", intro="", **{fact: "joined in May"})

    says = "These words stand neither in the introduction nor in a milestone."
    assert errors(city)[fact] == errors(new)[fact] == [says]
