from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F
from reversion.models import Revision

from journeys.models import Milestone, Theme
from members.models import City
from strongcities.editing import history
from strongcities.editing.contents import state_of
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import worded
from tests.factories import stored
from tests.journeys.pages import make_city, make_page

pytestmark = pytest.mark.django_db


def test_load_journeys_begins_every_history_in_one_revision_and_a_line_of_the_log():
    call_command("load_journeys", stdout=StringIO())

    assert worded(Revision.objects.get().comment) == "Loaded from fixtures."
    assert AuditEntry.objects.get().who == "command"
    for record in (*Milestone.objects.all(), *Theme.objects.all(), *City.objects.all()):
        assert history.state_in(history.versions_of(record).get()) == state_of(record)


@pytest.fixture
def import_page(tmp_path):
    """A function: import a page, without a word."""

    def import_it(page: str, name: str = "page.txt", *options) -> None:
        file = tmp_path / name
        file.write_text(page)
        call_command("import_journeys", str(file), *options, stdout=StringIO())

    return import_it


def test_import_keeps_what_it_moved(import_page):
    city = make_city("Northgate", count=3)
    import_page(make_page(city))
    moved = Milestone.objects.get(position=2)
    Milestone.objects.filter(position=1).delete()
    Milestone.objects.update(position=F("position") - 1)

    import_page(make_page(city))

    positions = [history.said_in(version)["position"] for version in history.versions_of(moved)]
    assert positions == ["2", "2"]
    assert history.state_in(history.versions_of(moved).first()) == state_of(stored(moved))


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_import_that_writes_nothing_keeps_nothing(import_page, options):
    page = make_page(make_city())
    import_page(page, "page.txt", *options)
    kept, logged = Revision.objects.count(), AuditEntry.objects.count()

    import_page(page, "page.txt", *options)

    assert (Revision.objects.count(), AuditEntry.objects.count()) == (kept, logged)
