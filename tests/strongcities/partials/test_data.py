"""What there is to take, and what its columns hold."""

from datetime import UTC, datetime

from journeys.files.dataset import File
from journeys.files.tables import Table, column, items, part
from journeys.models import Theme
from tests.partials import empty, full, typed

FILES = [File("Cities", "CSV", "/cities.csv", ""), File("Cities", "JSON", "/cities.json", "")]


def test_files_stand_under_what_they_hold_and_the_archive_where_there_is_one():
    shown = full("shared/_data_files.html", files=FILES, has_archive=True)

    assert ("CSV", "/cities.csv") in shown.links
    assert ("JSON Lines and SQLite (zip)", "/data/archive.zip") in shown.links

    shown = empty("shared/_data_files.html", files=[], has_archive=False)

    assert "No archive has been written yet." in shown.text
    assert [address for _words, address in shown.links] == ["/api/", "/api/v1/openapi.json"]


def test_what_can_be_followed_is_named():
    topic = Theme(name=typed("Youth"), slug="youth")

    shown = full("shared/_data_feeds.html", topics=[(typed("Themes"), [topic])])

    assert (typed("Youth"), "/themes/youth.atom") in shown.links

    shown = empty("shared/_data_feeds.html", topics=[])

    lists = ["/journeys.atom", "/events.ics", "/journeys.ics"]
    assert [address for _words, address in shown.links] == lists


def test_terms_are_those_that_are_set_or_to_be_asked_for():
    known = {"version": datetime(2026, 5, 14, tzinfo=UTC), "citation": typed("Network: Data")}

    shown = full("shared/_data_terms.html", licence=typed("CC BY 4.0"), **known)

    assert typed("CC BY 4.0") in shown.text
    assert "14 May 2026" in shown.text
    assert typed("Network: Data") in shown.text

    assert "Ask the Network" in empty("shared/_data_terms.html", licence="", **known).text


def test_columns_stand_with_what_they_hold_and_their_parts():
    things = items("sources", typed("where it was read"), list, part("url", typed("address")))
    table = Table("cities", "Cities", object, (column("name", typed("name")), things), list)

    shown = full("shared/_data_table.html", table=table)

    assert f"name {typed('name')}" in " ".join(shown.text.split())
    assert typed("address") in shown.text

    shown = empty("shared/_data_table.html", table=Table("x", "X", object, table.columns[:1], list))

    assert "sources" not in shown.text
