import csv
import io
import json

import pytest
from django.contrib.auth.models import Group, User

from journeys.models import Event, Milestone
from strongcities.editing.export import as_file, harmless
from strongcities.editing.models import Proposal
from strongcities.staff.models import AuditEntry
from tests.admin_forms import page_of
from tests.factories import make_city, make_event, make_milestone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("publisher")]


def file(client, model, kind: str, **filters) -> list[dict]:
    """The records in an exported file, as a program reads them."""
    response = client.get(page_of(model, "export", kind), filters)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return json.loads(text) if kind == "json" else list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_list_is_exported_as_filtered_and_searched_and_names_related_records(client, kind):
    make_event(name="Harbour talks", kind="dialogue")
    make_event(name="Mountain talks", kind="panel")
    make_milestone(city=make_city(name="Harbour"))

    for narrowed in ({"kind__exact": "dialogue"}, {"q": "harbour"}):
        records = file(client, Event, kind, **narrowed)
        assert [record["name"] for record in records] == ["Harbour talks"]
    (record,) = file(client, Milestone, kind)
    page = client.get(page_of(Event), {"q": "x"}).content.decode()

    assert record["city"] == "Harbour"
    assert f"{page_of(Event, 'export', kind)}?q=x" in page


@pytest.mark.parametrize("model", [User, Group, Proposal])
def test_lists_of_staff_and_proposals_are_exported_too(client, superuser, model):
    page = client.get(page_of(model)).content.decode()
    records = file(client, model, "json")

    assert f"{page_of(model)}export/csv/" in page
    assert all("password" not in record for record in records)


def test_export_leaves_a_line_in_the_log_which_is_exported_as_json(client, superuser):
    file(client, Event, "csv", q="harbour")

    (line,) = file(client, AuditEntry, "json", action="exported")

    assert line["who"] == superuser.username
    assert "q=harbour" in line["details"]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "  =1", "\n=1", "\u00a0=1", "\u200b=1",
     "\ufeff+1", "＝1+1", "＋1", "－1", "＠x", "\u3000＝1", "−1+1", "-5 = x", "\u202e=1"],
)  # fmt: skip
def test_cell_that_a_spreadsheet_would_run_is_defused(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "a=b", "-6.8416", "-5", "1", "“=”", "مدينة", "– told"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_file_is_named_in_any_script():
    response = as_file("csv", "الرباط", ["name"], [])

    said = "attachment; filename*=utf-8''%D8%A7%D9%84%D8%B1%D8%A8%D8%A7%D8%B7.csv"
    assert response["Content-Disposition"] == said
