from itertools import groupby

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count

from journeys.models import Event, JourneysPage, Milestone
from members.models import City
from strongcities.pagecache.version import current
from tests.factories import make_region
from tools.sample_network import make_sample_network

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MODELS = [m for app in ("members", "journeys") for m in apps.get_app_config(app).get_models()]
TIMES = ("changed_at", "first_published_at", "public_since")


def snapshot() -> list[dict]:
    rows = [row for model in MODELS for row in model.objects.order_by("pk").values()]
    return [{name: value for name, value in row.items() if name not in TIMES} for row in rows]


def contents() -> list[tuple]:
    """What the milestones and their links say, without numbers of rows."""
    links = ("theme_links__theme__name", "event_links__event__name", "links_on__leads_to__uuid")
    fields = ("uuid", "city__code", "city__intro", "position", "title", "date", "body", *links)
    return sorted(Milestone.objects.values_list(*fields), key=str)


@pytest.mark.postgresql
def test_network_has_ten_milestones_a_city_and_a_few_large_summits():
    make_sample_network(60, seed=1)

    assert City.objects.published().count() == 60
    assert set(City.objects.annotate(n=Count("milestones")).values_list("n", flat=True)) == {10}
    sizes = list(Event.objects.shared().values_list("city_count", flat=True))
    assert sizes[0] > 20
    assert sizes[len(sizes) // 2] < 10
    assert all("made up" in city.intro for city in City.objects.all())
    assert "made up" in JourneysPage.objects.get().intro


def test_network_is_as_an_editor_could_have_saved_it():
    make_sample_network(3, seed=1)
    before = snapshot()

    for model in MODELS:
        for record in model.objects.all():
            record.full_clean()
            record.save()

    assert snapshot() == before
    for _city, told in groupby(Milestone.objects.as_told(), key=lambda one: one.city_id):
        assert [one.position for one in told] == list(range(1, 11))


def test_same_seed_makes_the_same_network_and_another_seed_another():
    found = []
    for seed in (1, 1, 2):
        make_sample_network(4, seed)
        found.append(contents())
        for model in (Milestone, *reversed(MODELS)):
            model.objects.all().delete()

    assert found[0] == found[1] != found[2]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_network_is_a_new_version_of_the_public_pages():
    before = current()

    make_sample_network(2, seed=1)

    assert current() != before


# The command


def make(cities: int, **options) -> None:
    call_command("make_sample_network", cities=cities, **options)


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
