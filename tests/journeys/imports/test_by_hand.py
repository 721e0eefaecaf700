"""What an editor adds to a plan: the reading of a date, which stored milestone one is."""

import pytest

from journeys.models import Milestone
from tests.editing.staff import make_editor
from tests.editing.two_editors import browser_of
from tests.factories import make_city as make_stored_city
from tests.factories import make_milestone
from tests.journeys.imports.by_browser import address_of, bring, take_ticked
from tests.journeys.pages import make_city, prose

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return browser_of(make_editor(username="ed"))


def make_moved() -> Milestone:
    """A stored draft of which the page says other words at another place and time."""
    city = make_stored_city(name="Northgate", intro=prose("Intro"))
    return make_milestone(
        city=city,
        position=7,
        status="draft",
        title="A youth hub opens",
        date_as_printed="2020",
        date="2020",
        body="Not the words of the page.",
    )


MOVED = make_city(dates=["2021"], milestones=[["A Youth Hub Opened", prose("One")]])


def test_editor_types_the_reading_of_a_date_that_is_not_read(editor):
    page = bring(editor, make_city(dates=["Sometime in 2022", "2023"]))
    assert 'name="reading-1.1"' in editor.get(address_of(page)).content.decode()

    take_ticked(editor, page, **{"reading-1.1": "c. May 2022"})

    milestone = Milestone.objects.get(position=1)
    assert (milestone.date_as_printed, milestone.date) == ("Sometime in 2022", "2022-05~")


def test_reading_that_is_none_is_said_and_nothing_is_taken(editor):
    page = bring(editor, make_city(dates=["Sometime in 2022", "2023"]))

    answer = take_ticked(editor, page, **{"reading-1.1": "some day"}).content.decode()

    assert "Step 1 of Northgate: “some day” cannot be read as a date" in answer
    assert 'value="some day"' in answer
    assert not Milestone.objects.exists()


def test_likeness_proposes_the_stored_milestone_that_a_new_one_is(editor):
    stored = make_moved()
    page = bring(editor, MOVED)

    untouched = take_ticked(editor, page).content.decode()
    assert "Nothing is ticked" in untouched
    assert Milestone.objects.get().body == "Not the words of the page."

    take_ticked(editor, page, tick=["1.1"])

    told = Milestone.objects.get()
    assert told.pk == stored.pk
    assert (told.title, told.date, told.body) == ("A Youth Hub Opened", "2021", prose("One"))


@pytest.mark.parametrize("key", ["", "999999", "x", "-1"])
def test_editor_may_say_that_it_is_new_and_so_says_a_match_with_nothing(editor, key):
    stored = make_moved()
    page = bring(editor, MOVED)

    take_ticked(editor, page, untick=[f"1.1={stored.pk}"], tick=[f"1.1={key}", "1.1"])

    assert Milestone.objects.count() == 2
    stored.refresh_from_db()
    assert stored.title == "A youth hub opens"


def test_what_is_not_alike_is_proposed_as_new(editor):
    make_moved()
    city = make_city(dates=["2021"], milestones=[["Police Meet Schools", prose("Two")]])
    page = bring(editor, city)

    take_ticked(editor, page)

    assert Milestone.objects.count() == 2
