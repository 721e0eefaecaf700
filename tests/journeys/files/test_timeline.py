"""Journeys and events are files that TimelineJS3 reads; a browser test has it read them."""

import json

import pytest

from journeys.models import Source
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_theme,
)
from tests.journeys.files.reading import body

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def slides(client, address: str) -> list[dict]:
    return json.loads(body(client.get(address)))["events"]


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2024-05-14", {"year": 2024, "month": 5, "day": 14}, None),
        ("2024?", {"year": 2024}, None),
        ("2023-XX", {"year": 2023}, None),
        ("2023/2023-12", {"year": 2023, "month": 1}, {"year": 2023, "month": 12}),
        ("2024-22", {"year": 2024, "month": 6, "day": 1}, {"year": 2024, "month": 8, "day": 31}),
        ("2023-05/..", {"year": 2023, "month": 5}, None),
        ("../2017", {"year": 2017}, {"year": 2017}),
    ],
)
def test_dates_are_as_precise_as_they_are_known(client, date, start, end):
    make_milestone(city=make_city(slug="rabat"), date=date, date_as_printed="Some day")

    (slide,) = slides(client, "/journeys/rabat.timeline.json")

    assert (slide["start_date"], slide.get("end_date")) == (start, end)
    assert slide["display_date"].startswith("Some day")


def test_slide_has_the_text_its_theme_and_its_sources_escaped(client):
    city = make_city(name="R<b>", slug="rabat")
    milestone = make_milestone(city=city, title="Tea & <i>cake</i>", body="One <script>\n\ntwo")
    Source.objects.create(milestone=milestone, title="A <b>", url="https://example.org/?a=1&b=2")
    link_theme(milestone, make_theme(name="Youth <b>"))

    (slide,) = slides(client, "/journeys/rabat.timeline.json")

    assert slide["unique_id"] == f"m-{milestone.uuid}"
    assert slide["group"] == "Youth &lt;b&gt;"
    assert slide["text"]["headline"] == "Tea &amp; &lt;i&gt;cake&lt;/i&gt;"
    assert '<p dir="auto">One &lt;script&gt;</p>\n<p dir="auto">two</p>' in slide["text"]["text"]
    assert '<a href="https://example.org/?a=1&amp;b=2">A &lt;b&gt;</a>' in slide["text"]["text"]
    assert slide["autolink"] is False


def test_event_and_filter_are_grouped_by_city(client):
    event = make_event(name="Summit")
    for name in ("Rabat", "Masaka"):
        link_event(make_milestone(city=make_city(name=name), kind="visit"), event)
    make_milestone()

    for address in ("/events/summit.timeline.json", "/journeys.timeline.json?kind=visit"):
        assert {slide["group"] for slide in slides(client, address)} == {"Rabat", "Masaka"}


def test_without_a_date_there_is_no_timeline_and_of_too_many_none_either(client, monkeypatch):
    city = make_city(slug="rabat")
    make_milestone(city=city, date="", date_as_printed="Some day")
    empty = client.get("/journeys/rabat.timeline.json")
    no_hits = client.get("/journeys.timeline.json?year=1999")
    make_milestone(city=city)
    monkeypatch.setattr("journeys.files.views.MOST", 1)

    too_many = client.get("/journeys.timeline.json")

    for answer in (empty, no_hits):
        assert (answer.status_code, "No milestone" in answer.json()["detail"]) == (404, True)
    assert (too_many.status_code, "at most 1" in too_many.json()["detail"]) == (400, True)
