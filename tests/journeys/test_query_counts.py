"""A page takes as many queries with a thousand cities as with a few."""

import pytest
from django.urls import reverse

from tests.factories import make_network

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

PAGES = {
    "home": 18,
    "about": 4,
    "journeys:journey_list": 6,
    "journeys:city_list": 3,
    "journeys:region_list": 2,
    "journeys:theme_list": 2,
    "journeys:event_list": 3,
    "journeys:initiative_list": 3,
}


@pytest.mark.parametrize(("page", "most"), PAGES.items())
def test_list_takes_the_same_queries_at_two_sizes(count_queries, page, most):
    make_network(5)
    few = count_queries(reverse(page))

    make_network(35)  # the map draws all of them
    many = count_queries(reverse(page))

    assert few == many
    assert many <= most


def test_filtered_list_takes_at_most_seven_queries_with_a_thousand_cities(count_queries):
    cities = make_network(5)
    milestone = cities[0].milestones.get(position=3)
    query = (
        f"?region={cities[0].region.slug}&theme={milestone.theme_links.get().theme.slug}"
        f"&year=2022&year=2023&kind=workshop&q=youth+words&city={cities[0].slug}"
        f"&city={cities[1].slug}&event={milestone.event_links.get().event.slug}"
        f"&initiative={milestone.initiative_links.get().initiative.slug}&order=latest"
    )
    few = count_queries(reverse("journeys:journey_list") + query)

    make_network(1000)
    many = count_queries(reverse("journeys:journey_list") + query)

    assert few == many
    assert many <= 7


def test_journey_takes_at_most_eight_queries_with_a_thousand_cities(count_queries):
    city = make_network(5)[0]
    few = count_queries(city.get_absolute_url())

    city = make_network(1000)[500]
    many = count_queries(city.get_absolute_url())

    assert few == many
    assert many <= 8  # two of them once a version


@pytest.mark.parametrize("name", ["milestone", "event", "initiative", "theme", "region"])
def test_detail_page_takes_the_same_queries_at_two_sizes(count_queries, name):
    few = count_queries(address(name, make_network(5)[0]))

    many = count_queries(address(name, make_network(35)[30]))

    assert few == many


def address(name, city) -> str:
    milestone = city.milestones.get(position=3)
    return {
        "milestone": milestone,
        "event": milestone.event_links.get().event,
        "initiative": milestone.initiative_links.get().initiative,
        "theme": milestone.theme_links.get().theme,
        "region": city.region,
    }[name].get_absolute_url()
