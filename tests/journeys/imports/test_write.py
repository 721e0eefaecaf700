"""What taking a page asks of the database, and what it and its undoing leave as it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.imports.read import parse
from journeys.imports.undo import undo
from journeys.imports.write import write_chosen
from journeys.imports.written import SENTENCES, as_stored, worded, written_from
from journeys.models import Milestone, MilestoneLink, PageImport
from members.models import City
from strongcities.editing.models import Proposal
from tests import factories
from tests.editing.staff import make_editor
from tests.journeys.imports.by_browser import address_of, bring, browser_of, plan_form
from tests.journeys.pages import City as CityOfPage
from tests.journeys.pages import make_city, make_page

pytestmark = pytest.mark.django_db
MOST_QUERIES_A_MILESTONE = 5


@pytest.fixture
def editor(db):
    return browser_of(make_editor(username="ed"))


def reworded(city: CityOfPage) -> CityOfPage:
    milestones = [[title, f"Other words. {body}"] for title, body in city.milestones]
    return make_city(city.name, dates=city.dates, milestones=milestones)


def everything(plan) -> None:
    for city in plan.cities:
        city.chosen = frozenset(range(100))


def taken(user, *cities: CityOfPage) -> list:
    """What was written of a page, as it comes from the database."""
    _plan, written = write_chosen(parse(make_page(*cities)), "Imported.", user, everything)
    return written_from(as_stored(written))


def queries_of(cities: list[CityOfPage], user) -> int:
    with CaptureQueriesContext(connection) as queries:
        taken(user, *cities)
    return len(queries)


def queries_a_milestone(user, change) -> float:
    """Of twenty cities of three milestones more: what does not grow with the page is left out."""
    few, many = ([make_city(f"Place {n}", count=3) for n in range(size)] for size in (3, 23))
    for cities in (few, many):
        change(cities)
    fewer = queries_of([reworded(city) for city in few], user)
    return (queries_of([reworded(city) for city in many], user) - fewer) / 60


@pytest.mark.parametrize("stored_as", [None, "draft", "published"])
def test_page_is_taken_in_few_queries(stored_as):
    """What is new is written, drafts are written over, changes of what is published proposed."""
    user, region = make_editor(), factories.make_region()

    def change(cities):
        if stored_as:
            queries_of(cities, user)
            City.objects.update(region=region, status=stored_as)
            Milestone.objects.update(status=stored_as)

    assert queries_a_milestone(user, change) <= MOST_QUERIES_A_MILESTONE / (1 if stored_as else 2)
    reworded_now = Milestone.objects.filter(body__startswith="Other words.").count()
    proposed = Proposal.objects.count()
    assert (reworded_now, proposed) == ((0, 69) if stored_as == "published" else (69, 0))


def test_database_looks_at_its_rows_once_they_are_taken(django_capture_on_commit_callbacks):
    editor = make_editor()

    with (
        CaptureQueriesContext(connection) as asked,
        django_capture_on_commit_callbacks(execute=True),
    ):
        taken(editor, make_city("Elsewhere"))

    assert asked.captured_queries[-1]["sql"].startswith("ANALYZE")


def test_words_on_which_a_quote_rests_by_now_are_kept():
    user = make_editor()
    taken(user, make_city())
    Milestone.objects.filter(position=1).update(body="Mine.")
    written = taken(user, make_city())
    other = factories.make_milestone(title="Earlier")
    later = Milestone.objects.get(title="Step 1 of Northgate")
    MilestoneLink.objects.create(
        milestone=other, leads_to=later, relation="inspired", quote="Text 1"
    )

    undo(written, user, "Import undone.")

    later.refresh_from_db()
    assert later.body.startswith("Text 1")
    kept = "Step 1 of Northgate: another milestone's link quotes the words as they are."
    assert [each.not_undone for each in written] == [[kept]]


def test_more_boxes_than_django_takes_fields_come_as_one_field(editor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 40
    cities = [make_city(f"Place {n}", count=10) for n in range(4)]
    page = bring(editor, *cities)
    form = plan_form(editor, page)
    chosen = [box for box in form.pop("choice") if box != "3.3"]
    assert len(chosen) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    form |= {"choices": " ".join(chosen), "_take": "1"}
    response = editor.post(address_of(page), form, follow=True)

    assert response.status_code == 200
    assert Milestone.objects.count() == 39
    assert not Milestone.objects.filter(title="Step 3 of Place 2").exists()


def test_what_was_ticked_stays_ticked_where_nothing_is_taken(editor):
    page = bring(editor, make_city(), make_city("Southgate"))
    form = plan_form(editor, page) | {"choice": ["1", "1.2"], "states": ""}

    shown = editor.post(address_of(page), form | {"_take": "1"})

    assert PageImport.objects.get().state == "ready"
    for box, is_ticked in {"1": True, "1.1": False, "1.2": True, "2": False}.items():
        tag = shown.content.decode().split(f'name="choice" value="{box}"')[1].split(">")[0]
        assert ("checked" in tag) is is_ticked, box


def test_sentences_are_worded_when_they_are_read(monkeypatch):
    params = {"record": "A", "city": "B", "quote": "C", "words": "D"}
    params |= {"where": "journeys.milestone", "state": "declined"}

    for code in SENTENCES:
        assert "%" not in worded(code, params)
    monkeypatch.setattr("journeys.imports.written.gettext", lambda text: "%(record)s !")
    assert worded("edited", params) == "A !"
