from datetime import date

import pytest
from django.test import override_settings
from icalendar import Calendar

from journeys.models import Event
from strongcities.publishing import Status
from tests.factories import link_event, make_city, make_event, make_milestone, stored

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

HOSTILE = 'عربي, <b>; "q" \\n 🚋🚋🚋 ন্যায়ন্যায়ন্যায়ন্যায়ন্যায়\nBEGIN:VEVENT\nUID:x'


def calendar(client, address: str) -> Calendar:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    [line.decode() for line in lines]  # no character is cut
    read = Calendar.from_ical(response.content)
    assert all(entry.errors == [] for entry in read.events)
    return read


def names(client, address: str) -> list[str]:
    return [str(entry["SUMMARY"]) for entry in calendar(client, address).events]


def withdraw(event: Event) -> None:
    event.status, event.withdrawn_reason = Status.WITHDRAWN, "A secret reason."
    event.save()


@override_settings(PUBLIC_ADDRESS="https://journeys.example")
def test_event_of_known_days_says_what_its_page_says(client):
    event = make_event(
        name="Summit", slug="summit", date="2024-05-14/2024-05-15", place="Cape Town",
        description="Words, and more.", kind="dialogue",
    )  # fmt: skip

    read = calendar(client, "/events.ics")
    entry = read.events[0]

    assert entry["UID"] == str(event.uuid)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2024, 5, 14), date(2024, 5, 16))
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert entry["DTSTAMP"].dt == event.changed_at.replace(microsecond=0)
    assert entry["URL"] == "https://journeys.example/events/summit/"
    said = {name: str(entry[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "STATUS")}
    assert said == {
        "SUMMARY": "Summit",
        "LOCATION": "Cape Town",
        "DESCRIPTION": "Words, and more.",
        "STATUS": "CONFIRMED",
    }
    assert entry["CATEGORIES"].to_ical() == b"Dialogue"
    assert read["X-WR-CALNAME"] == read["NAME"] == "Events – Strong Cities Member Journeys"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in client.get("/events.ics").content
    assert "METHOD" not in read


def test_month_is_a_span_of_days_that_takes_no_time_and_says_itself(client):
    make_event(name="Workshop", date="2024-02?")

    entry = calendar(client, "/events.ics").events[0]

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2024, 2, 1), date(2024, 3, 1))
    assert (entry["TRANSP"], entry["STATUS"]) == ("TRANSPARENT", "TENTATIVE")
    assert entry["X-EDTF"] == "2024-02?"
    assert entry["SUMMARY"] == f"Workshop ({stored(Event.objects.get()).date_in_words})"


def test_dates_that_no_calendar_can_say_are_left_out_and_days_can_be_asked_for(client, monkeypatch):
    for day in ("2023-05/..", "../2017", "2023/", "202X", "20XX", "199X/2001", "", "9999"):
        make_event(date=day)
    make_event(name="A year", date="2023")
    make_event(name="A day", date="2023-05-04")

    assert names(client, "/events.ics") == ["A year (2023)", "A day"]
    assert names(client, "/events.ics?precision=day") == ["A day"]
    monkeypatch.setattr("journeys.calendars.MOST", 1)
    assert len(names(client, "/events.ics")) == 1
    refused = client.get("/events.ics?precision=hour")
    assert (refused.status_code, list(refused.json()["filters"])) == (400, ["precision"])


def test_withdrawn_event_is_cancelled_and_says_no_word_of_the_record(client):
    milestone = make_milestone()
    event = make_event(
        name="Secret", slug="secret", date="2024-05-14", place="Secret", description="Secret"
    )
    link_event(milestone, event)
    before = calendar(client, "/events.ics").events[0]
    never = make_event(name="Secret", date="2024-05-14", status=Status.DRAFT)
    for one in (event, never):
        withdraw(one)

    for address in ("/events.ics", "/events/secret.ics", f"/journeys/{milestone.city.slug}.ics"):
        read = calendar(client, address)
        (entry,) = read.events
        assert (entry["SUMMARY"], entry["STATUS"]) == ("Withdrawn", "CANCELLED")
        assert (entry["UID"], entry["DTSTART"]) == (before["UID"], before["DTSTART"])
        assert entry["SEQUENCE"] > before["SEQUENCE"]
        assert b"ecret" not in read.to_ical()
        assert not {"URL", "X-EDTF", "CATEGORIES", "DESCRIPTION", "LOCATION"} & set(entry)
    event.status = Status.PUBLISHED
    event.save()
    assert names(client, "/events.ics") == ["Secret"]


def test_city_and_filters_choose_events_that_cities_took_part_in(client):
    city = make_city(slug="rabat")
    there, said, elsewhere = (
        make_event(name=name, date="2023-05-04") for name in ("There", "Said", "Elsewhere")
    )
    link_event(make_milestone(city=city, date="2023"), there)
    link_event(make_milestone(city=city, date="2024"), said, "mentioned")
    link_event(make_milestone(date="2020"), elsewhere)
    link_event(make_milestone(city=city, status=Status.DRAFT), elsewhere)

    assert names(client, "/journeys/rabat.ics") == ["There"]
    assert names(client, "/journeys.ics?year=2020") == ["Elsewhere"]


def test_event_comes_with_its_sessions(client):
    summit = make_event(name="Summit", slug="summit", date="2023-05-04/2023-05-05")
    make_event(name="Session", parent=summit, date="2023-05-04")
    make_event(name="Hidden", parent=summit, date="2023-05-04", status=Status.DRAFT)
    make_event(name="Other", date="2023-05-04")

    assert names(client, "/events/summit.ics") == ["Summit", "Session"]


def test_text_of_editors_stays_text(client):
    make_event(name=HOSTILE, date="2023-05-04", place=HOSTILE, description=HOSTILE)

    (entry,) = calendar(client, "/events.ics").events

    assert str(entry["LOCATION"]) == str(entry["DESCRIPTION"]) == HOSTILE
    assert str(entry["SUMMARY"]) == HOSTILE
