import pytest

from journeys.imports.compare import PROPOSE, WRITE, compare, match_cities
from journeys.imports.read import parse
from journeys.imports.read.records import CityText
from journeys.models import Milestone
from members.models import City
from tests import factories
from tests.editing.staff import make_administrator, make_editor
from tests.journeys.pages import make_city, make_page

pytestmark = pytest.mark.django_db


def plan_of(*names: str, user=None):
    return compare(parse(make_page(*(make_city(name, count=1) for name in names))), user)


def store(*names: str, **fields) -> None:
    for name in names:
        city = factories.make_city(name=name, intro="Ours.", **fields)
        title = f"Step 1 of {name}"
        factories.make_milestone(city=city, title=title, body="Ours.", status=city.status)


def test_new_city_is_promised_a_code_of_its_own():
    store("Norwich", code="NOR", status="draft")

    codes = [city.code for city in plan_of("Northgate", "Nordgate").cities]

    assert len({"NOR", *codes}) == 3


def test_what_may_become_of_a_difference_depends_on_who_asks():
    store("Northgate", status="draft")
    store("Southgate", status="published", region=factories.make_region())

    def ways(user):
        plan = plan_of("Northgate", "Southgate", user=user)
        return [(change.position, change.way) for city in plan.cities for change in city.changes]

    assert ways(make_editor()) == [(0, WRITE), (1, WRITE), (0, PROPOSE), (1, PROPOSE)]
    assert ways(make_administrator()) == ways(None) == [(0, ""), (1, ""), (0, ""), (1, "")]


@pytest.mark.parametrize("slug", ["dakovica", "đakovica"])
def test_city_is_found_by_its_address_of_whatever_rules(slug):
    stored = City(pk=1, name="Gjakova", slug=slug)
    heading = CityText("Đakovica", "Đakovica", "", (), 1)

    assert match_cities([heading], [stored]) == {"Đakovica": stored}


def test_state_of_a_city_differs_once_what_is_stored_does():
    store("Northgate", status="draft")
    seen = {"none", plan_of("Northgate").cities[0].state}

    for change in (
        lambda: City.objects.update(intro="Other."),
        lambda: Milestone.objects.update(title="Other."),
        lambda: Milestone.objects.update(status="in_review"),
        lambda: City.objects.update(name="Gate of the North", slug="northgate"),
        lambda: Milestone.objects.all().delete(),
    ):
        change()
        state = plan_of("Northgate").cities[0].state
        assert state not in seen
        seen.add(state)
