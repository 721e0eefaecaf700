from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.test import override_settings
from django.utils import timezone

from journeys.models import Milestone
from members.models import City
from strongcities.publishing import Status
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_network,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

HOSTILE = 'عربي <b>&amp; "quoted"</b> ]]> =1+1 🚋\nন্যায় {{ x }}'
DAY = timedelta(days=1)


def feed(client, address: str):
    response = client.get(address, headers={"host": "testserver"})
    assert response.status_code == 200, response.content.decode()
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(response.content)
    assert not read.bozo, read.bozo_exception
    return read


def titles(client, address: str) -> list[str]:
    return [entry.title for entry in feed(client, address).entries]


def changed(record, year: int) -> None:
    then = datetime(year, 1, 1, tzinfo=UTC)
    times = dict.fromkeys(("changed_at", "public_since", "first_published_at"), then)
    type(record).objects.filter(pk=record.pk).update(**times)


def test_feed_tells_the_latest_change_first_and_what_went_live_with_its_time(client):
    city = make_city(name="Rabat")
    changed(city, 2019)
    for title, year in [("Old", 2020), ("Changed", 2022)]:
        changed(make_milestone(city=city, title=title), year)
    live = make_milestone(city=city, title="Went live", goes_live_at=timezone.now() + DAY)
    changed(live, 2021)
    Milestone.objects.filter(pk=live.pk).update(
        goes_live_at=datetime(2021, 1, 1, tzinfo=UTC), changed_at=datetime(2018, 1, 1, tzinfo=UTC)
    )
    make_milestone(city=city, title="Not yet", goes_live_at=timezone.now() + DAY)

    read = feed(client, "/journeys.atom")

    assert [entry.title for entry in read.entries] == [
        "Rabat: Changed",
        "Rabat: Went live",
        "Rabat: Old",
    ]
    assert read.entries[1].updated == "2021-01-01T00:00:00+00:00"
    assert read.feed.updated == "2022-01-01T00:00:00+00:00"


def test_milestones_come_first_again_when_their_city_comes_back(client):
    city = make_city(name="Rabat")
    for record in (city, make_milestone(city=city, title="Old"), make_milestone(title="Other")):
        changed(record, 2020)
    other = Milestone.objects.get(title="Other")
    City.objects.filter(pk=other.city_id).update(public_since=None)
    changed(other, 2021)
    city.status = Status.DRAFT
    city.save()
    city.status = Status.PUBLISHED
    city.save()

    read = feed(client, "/journeys.atom").entries

    assert [entry.title.partition(": ")[2] for entry in read] == ["Old", "Other"]
    assert read[0].updated_parsed[:6] == city.public_since.timetuple()[:6]


@override_settings(PUBLIC_ADDRESS="https://journeys.example")
def test_identifiers_hold_no_host_and_addresses_none_but_the_public_one(client):
    milestone = make_milestone(title="A step")
    event = make_event(slug="summit")
    link_theme(milestone, make_theme(slug="youth"))
    link_event(milestone, event)
    city, region = milestone.city, milestone.city.region

    pages = {
        "/journeys.atom": "/journeys/",
        "/journeys.atom?theme=youth": "/journeys/?theme=youth",
        f"/journeys/{city.slug}.atom": f"/journeys/{city.slug}/",
        f"/regions/{region.slug}.atom": f"/regions/{region.slug}/",
        "/themes/youth.atom": "/themes/youth/",
        "/events/summit.atom": "/events/summit/",
    }
    read = {address: feed(client, address) for address in pages}

    for address, one in read.items():
        links = {link.rel: link.href for link in one.feed.links}
        page = f"https://journeys.example{pages[address]}"
        assert links == {"self": f"https://journeys.example{address}", "alternate": page}
        entry = next(entry for entry in one.entries if entry.id == milestone.uuid.urn)
        assert entry.link == f"https://journeys.example{milestone.get_absolute_url()}"
        assert (one.feed.author, bool(one.feed.title)) == ("Strong Cities Network", True)
    ids = {one.feed.id for one in read.values()}
    assert len(ids) == len(read)
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_filtered_feed_is_the_same_however_its_filters_are_written(client):
    make_network(1, name="North", slug="north")

    first = feed(client, "/journeys.atom?year=2023&region=north&order=latest").feed
    second = feed(client, "/journeys.atom?region=north&year=2023&year=").feed

    assert (first.id, first.title) == (second.id, second.title)
    assert first.title.startswith("Journeys: North, 2023")
    assert first.id != feed(client, "/journeys.atom?region=north").feed.id


def test_event_is_followed_with_its_sessions_its_series_and_what_is_told_of_them(client):
    summit = make_event(name="Summit", slug="summit", series="Summits")
    session = make_event(name="Session", parent=summit)
    make_event(name="Next summit", series="Summits")
    make_event(name="Other")
    for title, event in [("At the session", session), ("Elsewhere", make_event(name="Third"))]:
        link_event(make_milestone(title=title), event)
    link_event(Milestone.objects.get(title="At the session"), summit)

    found = titles(client, "/events/summit.atom")

    assert len(found) == 4
    assert {title.partition(": ")[2] or title for title in found} == {
        "Summit",
        "Session",
        "Next summit",
        "At the session",
    }


def test_feed_ends_after_the_latest(client, monkeypatch):
    monkeypatch.setattr("journeys.feeds.LATEST", 3)
    make_network(2)

    assert len(feed(client, "/journeys.atom").entries) == 3


def test_text_of_editors_stays_text(client):
    city = make_city(name=HOSTILE, slug="hostile")
    make_milestone(city=city, title=HOSTILE, body=HOSTILE, date_as_printed=HOSTILE)
    event = make_event(name=HOSTILE, slug="hostile", description=HOSTILE, place=HOSTILE)
    link_event(Milestone.objects.get(), event)
    flat = " ".join(HOSTILE.split())

    for address in ("/journeys/hostile.atom", "/events/hostile.atom", f"/journeys.atom?q={'ন্যায়'}"):
        read = feed(client, address)
        told = {" ".join(entry.title.split()) for entry in read.entries}
        assert f"{flat}: {flat}" in told
        assert all("&lt;b&gt;&amp;amp;" in entry.summary for entry in read.entries)
        assert all("<b>" not in entry.summary for entry in read.entries)
