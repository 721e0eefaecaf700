import io

from django.core.management import call_command

from journeys.models import (
    Event,
    Initiative,
    Milestone,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    MilestoneTheme,
    Source,
    Theme,
)
from members.models import City, Region
from strongcities.dates import derived_columns

MODELS = [
    Region,
    City,
    Theme,
    Event,
    Initiative,
    Milestone,
    MilestoneTheme,
    MilestoneEvent,
    MilestoneInitiative,
    MilestoneLink,
    Source,
]


def snapshot() -> list[dict]:
    return [row for model in MODELS for row in model.objects.order_by("pk").values()]


def test_loading_twice_adds_nothing(seed):
    before = snapshot()

    call_command("loaddata", "members", "journeys", verbosity=0)

    assert snapshot() == before


def test_load_journeys_fills_an_empty_portal_once(db):
    out = io.StringIO()

    call_command("load_journeys", stdout=out)
    Milestone.objects.filter(city__slug="rabat", position=1).update(title="An editor's title")
    call_command("load_journeys", stdout=out)

    assert Milestone.objects.count() == 36
    assert Milestone.objects.filter(title="An editor's title").exists()
    assert out.getvalue() == "loaded the journeys of fixtures/\n"


def test_derived_columns_are_those_of_save(seed):
    for record in [*Milestone.objects.all(), *Event.objects.all()]:
        columns = derived_columns(record.date)
        assert {name: getattr(record, name) for name in columns} == columns, record


def test_words_to_search_are_those_of_save(seed):
    for record in City.objects.all():
        assert record.search_text == record.folded_names()
    for record in Milestone.objects.all():
        assert record.search_text == record.folded_words()


def test_saving_every_record_changes_nothing_but_its_time(seed):
    before = snapshot()

    for model in MODELS:
        for record in model.objects.all():
            record.save()

    without_time = [{**row, "changed_at": None} for row in before]
    assert [{**row, "changed_at": None} for row in snapshot()] == without_time


def test_milestone_slugs_are_those_of_save(seed):
    for record in Milestone.objects.select_related("city"):
        assert record.slug == record.free_slug()


def test_every_record_is_what_an_editor_could_have_entered(seed):
    for model in MODELS:
        for record in model.objects.all():
            record.full_clean()
