import pytest
from django.urls import reverse

from tests.factories import make_city, make_milestone, make_region

pytestmark = pytest.mark.django_db


def test_city_list_goes_by_region_then_country_then_name(client):
    second, first = make_region(name="B", order=2), make_region(name="A", order=1)
    cities = [
        make_city(name="Zeta", region=second, country="KE"),
        make_city(name="Beta", region=first, country="MA"),
        make_city(name="Alpha", region=first, country="MA"),
        make_city(name="Omega", region=first, country="DZ"),
    ]
    make_city(name="Draft", region=first, status="draft")

    response = client.get(reverse("members:city_list"))

    shown = [city.name for city in response.context["cities"]]
    assert shown == ["Omega", "Alpha", "Beta", "Zeta"]
    assert len(shown) == len(cities)


def test_city_list_names_kosovo_and_a_city_without_country(client):
    make_city(name="Hani i Elezit", country="XK")
    make_city(name="Nowhere", country="")

    page = client.get(reverse("members:city_list")).content.decode()

    assert "Kosovo" in page
    assert "Nowhere" in page


def test_region_list_counts_public_cities_and_milestones(client):
    city = make_city()
    make_milestone(city=city)
    make_milestone(city=city, status="draft")
    make_city(status="draft")

    (region,) = client.get(reverse("members:region_list")).context["regions"]

    assert (region.city_count, region.milestone_count) == (1, 1)
