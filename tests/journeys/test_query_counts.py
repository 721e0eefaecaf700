"""A page takes as many queries with a thousand cities as with a few."""

import pytest
from django.urls import reverse

from journeys.files.columns import TABLES
from strongcities.pagecache import version
from tests.factories import make_network
from tests.versions import forget_notes, read

pytestmark = pytest.mark.django_db

PAGES = {  # with nothing kept: two of each that counts milestones are asked once a version
    "home": 20,  # none of them once all is kept
    "about": 3,
    "journeys:journey_list": 5,
    "journeys:city_list": 3,
    "journeys:region_list": 5,
    "journeys:theme_list": 4,
    "journeys:event_list": 4,
    "journeys:initiative_list": 5,
}
FORMS = [
    *("/journeys.atom", "/events.ics", "/journeys.ics", "/embed/map/", "/journeys.csv"),
    *("/search/?q=place", "/search/?q=youth+may"),
    *(f"/sitemap-{kind}-1.xml" for kind in ("city", "milestone", "event", "region", "theme")),
    *(f"/{name}.csv" for name in TABLES if name != "milestones"),
    *(f"/api/v1/{name}/" for name in TABLES),
]


def test_pages_take_the_same_queries_at_two_sizes(count_queries):
    before = make_network(5)[0]
    few = {name: count_queries(where) for name, where in addresses(before).items()}

    after = make_network(35)[30]  # the map draws all of them
    many = {name: count_queries(where) for name, where in addresses(after).items()}

    assert few == many
    budgets = PAGES | {"milestone": 9, "event": 11, "initiative": 6, "theme": 7, "region": 12}
    assert {page: many[page] for page, most in budgets.items() if many[page] > most} == {}


def addresses(city) -> dict[str, str]:
    """The lists, and a page of each kind as the network of a city has them."""
    milestone = city.milestones.get(position=3)
    records = {
        "milestone": milestone,
        "event": milestone.event_links.get().event,
        "initiative": milestone.initiative_links.get().initiative,
        "theme": milestone.theme_links.get().theme,
        "region": city.region,
    }
    lists = {page: reverse(page) for page in PAGES}
    return lists | {name: record.get_absolute_url() for name, record in records.items()}


def test_forms_take_the_same_queries_at_two_sizes(count_queries, monkeypatch):
    monkeypatch.setattr(version, "SECONDS", float("inf"))
    few, many = (count_kept(count_queries, forms_of(make_network(size)[0])) for size in (5, 35))

    assert few == many
    assert max(many) <= 10


def forms_of(city) -> list[str]:
    event = city.milestones.get(position=3).event_links.get().event
    other = city.region.cities.exclude(pk=city.pk).first()
    return (
        FORMS
        + [f"/compare/?city={city.slug}&city={other.slug}"]
        + [f"/embed{one.get_absolute_url()}" for one in (city, event)]
    )


@pytest.mark.postgresql
def test_filtered_list_and_journey_take_at_most_six_queries_with_a_thousand_cities(
    count_queries, monkeypatch
):
    monkeypatch.setattr(version, "SECONDS", float("inf"))
    cities = make_network(5)
    milestone = cities[0].milestones.get(position=3)
    filtered = reverse("journeys:journey_list") + (
        f"?region={cities[0].region.slug}&theme={milestone.theme_links.get().theme.slug}"
        f"&year=2022&year=2023&kind=workshop&q=youth+words&city={cities[0].slug}"
        f"&city={cities[1].slug}&event={milestone.event_links.get().event.slug}"
        f"&initiative={milestone.initiative_links.get().initiative.slug}&order=latest"
    )
    few = count_kept(count_queries, [filtered, cities[0].get_absolute_url()])

    city = make_network(1000)[500]
    many = count_kept(count_queries, [filtered, city.get_absolute_url()])

    assert few == many
    assert max(many) <= 6


def count_kept(count_queries, addresses: list[str]) -> list[int]:
    """The queries of pages when what is read once a version is kept."""
    forget_notes()
    read()
    return [[count_queries(address) for _each in range(2)][1] for address in addresses]
