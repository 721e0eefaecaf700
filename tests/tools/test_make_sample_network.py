import pytest
from django.core.management import CommandError, call_command

from members.models import City
from tests.factories import make_region

pytestmark = pytest.mark.django_db


def make(cities: int, **options) -> None:
    call_command("make_sample_network", cities=cities, **options)


def test_command_says_what_it_made(capsys):
    make(2)

    assert capsys.readouterr().out == "made 2 cities that do not exist, of 10 milestones each\n"
    assert City.objects.count() == 2


def test_network_is_made_beside_other_records_only_when_told_and_once():
    make_region()

    with pytest.raises(CommandError, match="records here already"):
        make(2)
    assert not City.objects.exists()
    make(2, beside=True)
    with pytest.raises(CommandError, match="another --seed"):
        make(2, beside=True)
    make(2, beside=True, seed=2)
    assert City.objects.count() == 4


@pytest.mark.parametrize("cities", [0, -1, 14_977])
def test_network_has_bounds(cities):
    with pytest.raises(CommandError, match="1 to 14976"):
        make(cities)
