import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse

from journeys.models import Event, Milestone
from members.models import City
from strongcities.editing.reports import REPORTS
from strongcities.staff.models import AuditEntry
from tests.admin_forms import address_of
from tests.editing.staff import make_editor, make_hub_editor
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_network,
    make_region,
    make_theme,
)

pytestmark = pytest.mark.django_db


def address(slug: str) -> str:
    return reverse("admin:report", args=[slug])


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def read(client, slug: str, **filters) -> list[tuple]:
    """The lines of a report as its page shows them."""
    return [line.cells for line in client.get(address(slug), filters).context["page"]]


def test_every_report_of_the_seed_opens_and_says_what_it_is(client, editor, seed):
    for slug in REPORTS:
        page = client.get(address(slug)).content.decode()
        assert str(REPORTS[slug].title) in page
        assert "Export as CSV" in page

    lines = read(client, "doubtful-dates")
    why = {(city, title): reasons for title, city, _printed, _reading, reasons in lines}
    assert "read as before" in why["Masaka City", "City-City Learning: Mombasa and Masaka"]
    assert "contested" in why["Rabat", "A Voice for City-Led Action and Women"]
    assert "in doubt" in why["Rabat", "International Steering Committee Co-Chair"]
    assert {city for city, _title in why} == {"Hani i Elezit", "Mardan", "Masaka City", "Rabat"}
    assert len(read(client, "read-more")) == 20


def test_every_report_takes_the_same_queries_at_two_sizes(editor, count_queries):
    make_network(2)
    make_all_due()
    for slug in REPORTS:
        count_queries(address(slug))
    few = [count_queries(address(slug)) for slug in REPORTS]

    make_network(20)
    make_all_due()

    assert [count_queries(address(slug)) for slug in REPORTS] == few


def make_all_due():
    for kind in (City, Event, Milestone):
        kind.objects.update(review_by=date(2024, 1, 1))


# What each finds


def test_coverage_puts_gaps_first(client, editor):
    empty = make_region(name="Nowhere yet")
    city = make_city(name="Harbour", region=make_region())
    told, untold = make_theme(name="Told"), make_theme(name="Untold")
    link_theme(make_milestone(city=city, date="2021"), told)
    link_theme(make_milestone(city=city, date="2023"), told)

    lines = read(client, "coverage")

    assert lines[0] == (empty.name, "region", "a journey", 0)
    assert ("Harbour", "theme", untold.name, 0) in lines
    assert ("Harbour", "year", "2022", 0) in lines
    assert lines[-1] == ("Harbour", "theme", "Told", 2)


def test_milestones_not_read_without_a_source_or_on_their_own_are_found(client, editor):
    when = make_milestone(title="When?", date_as_printed="Some day", date="")
    then = make_milestone(title="Then")
    then.sources.create(title="A page")
    link_event(then, make_event())
    make_milestone(status="withdrawn", withdrawn_reason="Wrong.")

    doubtful = read(client, "doubtful-dates")

    assert [(cells[0], cells[-1]) for cells in doubtful] == [("When?", "not read")]
    assert f'href="{address_of(when)}"' in client.get(address("doubtful-dates")).content.decode()
    for slug in ("unsourced", "unlinked"):
        assert [cells[0] for cells in read(client, slug)] == ["When?"]


# Filters, access, files


def test_report_is_narrowed_to_a_region_or_a_city_or_shows_nothing(client, editor):
    here, there = make_region(name="Here"), make_region(name="There")
    one = make_milestone(city=make_city(region=here))
    other = make_milestone(city=make_city(region=there))

    by_region = read(client, "unsourced", region=here.slug)
    by_city = read(client, "unsourced", city=other.city.pk)
    odd = client.get(address("unsourced"), {"region": "atlantis"})

    assert [cells[0] for cells in by_region] == [one.title]
    assert [cells[0] for cells in by_city] == [other.title]
    assert list(odd.context["page"]) == []
    assert "Select a valid choice" in odd.content.decode()


def test_report_does_not_list_all_cities_to_choose_from(client, editor):
    chosen, other = make_city(name="Harbour"), make_city(name="Elsewhere")

    page = client.get(address("read-more"), {"city": chosen.pk}).content.decode()

    assert f'value="{chosen.pk}" selected>Harbour<' in page
    assert other.name not in page


def test_hub_editor_reads_of_their_own_region_only(client):
    own, other = make_region(), make_region()
    ours = make_milestone(city=make_city(region=own), status="draft")
    make_milestone(city=make_city(region=other), status="draft")
    make_milestone(city=make_city(region=other))
    client.force_login(make_hub_editor(own))

    assert [cells[0] for cells in read(client, "unsourced")] == [ours.title]
    assert read(client, "unsourced", region=other.slug) == []


def test_report_as_a_file_and_what_editors_typed_is_text_in_it(client, editor):
    make_milestone(title="=<script>alert(1)</script>", city=make_city(name="Hafen Süd"))

    page = client.get(address("unsourced")).content.decode()
    as_csv, as_json = (
        b"".join(client.get(address("unsourced"), {"format": kind}).streaming_content)
        for kind in ("csv", "json")
    )

    header, line = csv.reader(io.StringIO(as_csv.decode("utf-8-sig")))
    assert header[:2] == ["milestone", "city"]
    assert line[:2] == ["'=<script>alert(1)</script>", "Hafen Süd"]
    (record,) = json.loads(as_json)
    assert (record["milestone"], record["city"]) == ("=<script>alert(1)</script>", "Hafen Süd")
    assert AuditEntry.objects.filter(user=editor, action="exported").exists()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_date_that_was_read_one_way_of_two_is_doubtful_until_an_editor_decides(client, editor):
    make_milestone(title="Month?", date_as_printed="2009-10", date="2009-10")
    make_milestone(title="Years", date_as_printed="2009–10", date="2009/2010")

    assert [(cells[0], cells[-1]) for cells in read(client, "doubtful-dates")] == [
        ("Month?", "two ways: it is read as a month, but could be years")
    ]
