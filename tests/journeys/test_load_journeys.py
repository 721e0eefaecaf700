import io
import json
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, transaction

from journeys.models import JourneysPage, Milestone, Theme
from members.models import City, Region
from tests.factories import (
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_region,
    make_theme,
)

MODELS = [m for app in ("members", "journeys") for m in apps.get_app_config(app).get_models()]


def snapshot() -> list[dict]:
    return [row for model in MODELS for row in model.objects.order_by("pk").values()]


def test_loading_twice_or_from_a_dump_by_natural_keys_adds_nothing(seed, tmp_path):
    before, dump = snapshot(), tmp_path / "dump.json"
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}

    call_command("loaddata", "members", "journeys", verbosity=0)
    twice = snapshot()
    call_command("dumpdata", "members", "journeys", output=dump, **natural)
    call_command("loaddata", dump, verbosity=0)

    assert twice == snapshot() == before


def test_load_journeys_fills_an_empty_portal_once(db):
    out = io.StringIO()

    call_command("load_journeys", stdout=out)
    Milestone.objects.filter(city__slug="rabat", position=1).update(title="An editor's title")
    call_command("load_journeys", stdout=out)

    assert Milestone.objects.count() == 36
    assert Milestone.objects.filter(title="An editor's title").exists()
    assert out.getvalue() == "loaded the journeys of fixtures/\n"


def seed_row(model, **wanted) -> dict:
    """The fields of a record of the fixtures."""
    rows = [
        row
        for name in ("members", "journeys")
        for row in json.loads((settings.BASE_DIR / "fixtures" / f"{name}.json").read_text("utf-8"))
    ]
    return next(
        row["fields"]
        for row in rows
        if row["model"] == model._meta.label_lower and wanted.items() <= row["fields"].items()
    )


STRANGERS = {
    "region's address": lambda: make_region(slug="mena"),
    "region's name": lambda: make_region(name=seed_row(Region, slug="mena")["name"]),
    "region but for its identifier": lambda: make_region(
        **seed_row(Region, slug="mena") | {"uuid": uuid4()}
    ),
    "theme's identifier": lambda: make_theme(uuid=seed_row(Theme, slug="youth-engagement")["uuid"]),
    "city's code": lambda: make_city(code=seed_row(City, slug="rabat")["code"]),
    "city's identifier": lambda: make_city(uuid=seed_row(City, slug="rabat")["uuid"]),
    "event's address": lambda: make_event(slug="fourth-global-summit"),
    "initiative's address": lambda: make_initiative(slug="city-spotlight"),
    "milestone's identifier": lambda: make_milestone(
        uuid=seed_row(Milestone, city=["rabat"], position=1)["uuid"]
    ),
    "page": lambda: JourneysPage.objects.create(title="Our own words", intro="Ours."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("make", STRANGERS.values(), ids=STRANGERS)
def test_loading_where_a_stranger_has_the_seeds_name_is_refused(make):
    make()
    before = snapshot()

    with pytest.raises(IntegrityError, match="Could not load"), transaction.atomic():
        call_command("loaddata", "members", "journeys", verbosity=0)

    assert snapshot() == before


def test_milestone_of_ones_own_in_a_city_of_the_seed_is_not_loaded_over(seed):
    milestone = Milestone.objects.get(city__slug="rabat", position=1)
    milestone.delete()
    make_milestone(city=milestone.city, slug=milestone.slug, position=1)
    before = snapshot()

    with pytest.raises(IntegrityError, match="Could not load"), transaction.atomic():
        call_command("loaddata", "members", "journeys", verbosity=0)

    assert snapshot() == before


def test_strangers_of_the_same_name_elsewhere_stay_beside_the_seed(db):
    strangers = [
        make_city(name="Rabat", slug="rabat-2"),
        make_event(name="Fourth Global Summit", slug="a-summit"),
        make_initiative(name="City Spotlight", slug="a-spotlight"),
        make_milestone(slug=seed_row(Milestone, city=["rabat"], position=1)["slug"]),
    ]
    before = snapshot()

    call_command("loaddata", "members", "journeys", verbosity=0)

    after = snapshot()
    assert all(row in after for row in before)
    assert City.objects.count() == 5 + 2
    assert [type(each).objects.filter(pk=each.pk).exists() for each in strangers] == [True] * 4


def test_load_journeys_leaves_a_portal_with_any_record_alone(db, capsys):
    make_region(slug="mena")

    call_command("load_journeys")

    assert Region.objects.count() == 1
    assert not Milestone.objects.exists()
    assert capsys.readouterr().out == ""


def test_every_record_is_what_an_editor_could_have_saved(seed):
    before = snapshot()

    for model in MODELS:
        for record in model.objects.all():
            record.full_clean()
            record.save()

    without_time = [{**row, "changed_at": None} for row in before]
    assert [{**row, "changed_at": None} for row in snapshot()] == without_time
    for record in Milestone.objects.select_related("city"):
        assert record.slug == record.free_slug()
