"""The partials of the directories of cities and regional hubs."""

import pytest

from journeys.pages.directories import city_cards, city_directory, region_directory
from journeys.pages.mini_timeline import with_mini_timelines
from members.models import City, Region
from tests.factories import make_city, make_milestone, make_region
from tests.partials import ARABIC, empty, full, page, typed

pytestmark = pytest.mark.django_db


def make_told_region() -> Region:
    """A hub of two cities in Morocco with three milestones, and one in no known country."""
    region = make_region(name=typed("MENA"), slug="mena", hub_name=typed("MENA Hub"), colour="mena")
    rabat = make_city(
        region=region,
        name=typed("Rabat"),
        slug="rabat",
        code="RAB",
        country="MA",
        intro=f"{typed('On the coast')} {ARABIC}. Second.",
        latitude="34.0209",
        longitude="-6.8416",
    )
    sale = make_city(region=region, name="Salé", slug="sale", code="SAL", country="MA")
    make_milestone(city=rabat, date="2021")
    make_milestone(city=rabat, date="2024-05")
    make_milestone(city=sale, date="2022")
    make_city(region=region, name="Elsewhere", slug="elsewhere", code="ELS")
    return region


def test_city_card_tells_of_the_journey():
    region = make_told_region()
    city = with_mini_timelines(city_cards(City.objects.all()).filter(slug="rabat"))[0]

    card = full("journeys/_city_card.html", city=city)

    assert card.links == [(typed("Rabat"), "/journeys/rabat/")]
    assert card.all("p")[1] == f"{region.hub_name} 2 milestones · 2021–2024"
    assert card.all("p")[0].startswith(f"{typed('On the coast')} {ARABIC}.")
    assert card.attributes("img", "src") == [city.locator_url]
    assert card.names.count("circle") == 2


@pytest.mark.parametrize(
    ("dates", "words"),
    [([], "0 milestones"), ([""], "1 milestone"), (["2023", "2023-05"], "2 milestones · 2023")],
)
def test_city_card_says_no_years_but_those_known(dates, words):
    city = make_city(name="Rabat", code="RAB")
    for date in dates:
        make_milestone(city=city, date=date)

    card = empty("journeys/_city_card.html", city=city_cards(City.objects.all())[0])

    assert card.text == f"RAB Rabat {city.region.hub_name} {words}"
    assert not {"img", "svg"} & set(card.names)


def test_cities_stand_by_region_and_country():
    make_told_region()

    section = page("journeys/city_list.html", cities=city_directory()).part("section.section")

    assert section.attributes(".line-code", "class") == ["line-code line--mena"] * 3
    assert section.all("h2") == [typed("MENA")]
    assert section.all("h3") == ["Morocco"]
    assert section.links == [
        (typed("MENA"), "/regions/mena/"),
        ("ELS Elsewhere0 milestones", "/journeys/elsewhere/"),
        (f"RAB {typed('Rabat')}2 milestones", "/journeys/rabat/"),
        ("SAL Salé1 milestone", "/journeys/sale/"),
    ]


def test_cities_of_no_known_country_have_no_heading_and_count_what_is_public():
    make_milestone(city=make_city(name="Rabat", code="RAB"), status="draft")

    section = page("journeys/city_list.html", cities=city_directory()).part("section.section")

    assert section.all("h3") == []
    assert section.all("li") == ["RAB Rabat0 milestones"]


def test_region_row_counts_journeys_and_milestones():
    make_told_region()

    rows = page("journeys/region_list.html", regions=region_directory()).part(".rows__item")

    assert rows.links == [(f"{typed('MENA')}3 journeys, 3 milestones", "/regions/mena/")]


def test_region_row_of_a_hub_without_journeys_counts_none():
    make_region(name="MENA")

    rows = page("journeys/region_list.html", regions=region_directory()).part(".rows__item")

    assert rows.text == "MENA0 journeys, 0 milestones"


def test_region_rows_lead_to_the_hubs():
    make_told_region()

    section = full("journeys/_region_rows.html", regions=region_directory())

    assert section.all("h2") == ["By regional hub"]
    assert section.links == [(f"{typed('MENA')}3 journeys", "/regions/mena/")]


def test_region_rows_without_hubs_have_no_heading():
    assert empty("journeys/_region_rows.html", regions=region_directory()).names == []
