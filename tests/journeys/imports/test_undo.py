import pytest

from journeys.imports.read import parse
from journeys.imports.undo import undo
from journeys.imports.write import Choice, write_chosen
from journeys.imports.written import as_stored, written_from
from journeys.models import Milestone, MilestoneLink
from tests import factories
from tests.editing.staff import make_editor
from tests.journeys.pages import make_city, make_page

pytestmark = pytest.mark.django_db


def everything(plan) -> dict[int, Choice]:
    every = frozenset(range(100))
    return {city.number: Choice(every) for city in plan.cities}


def taken(user, *cities) -> list:
    """What was written of a page, as it comes from the database."""
    _plan, written = write_chosen(parse(make_page(*cities)), "Imported.", user, everything)
    return written_from(as_stored(written))


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
