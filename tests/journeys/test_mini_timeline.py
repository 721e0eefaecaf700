import pytest

from journeys.pages.mini_timeline import with_mini_timelines
from members.models import City
from tests.factories import (
    link_event,
    link_initiative,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
)

pytestmark = pytest.mark.django_db


def timeline(city, on=()):
    return with_mini_timelines(City.objects.filter(pk=city.pk), on)[0].mini_timeline


def test_mini_timeline_has_a_mark_for_each_public_stop_by_reading():
    city = make_city()
    make_milestone(city=city, date="2024", kind="joined")
    make_milestone(city=city, date="2023")
    make_milestone(city=city, status="draft")

    assert [mark.shape for mark in timeline(city).marks] == ["stop", "joined"]


def test_mini_timeline_shows_where_another_public_city_was_too():
    event, pact = make_event(), make_initiative(kind="declaration")
    city, other, draft = make_city(), make_city(), make_city(status="draft")
    met = make_milestone(city=city, date="2021")
    acted = make_milestone(city=city, date="2022")
    alone = make_milestone(city=city, date="2023")
    link_event(met, event)
    link_event(make_milestone(city=other), event)
    link_initiative(acted, pact)
    link_initiative(make_milestone(city=other), pact)
    private = make_event()
    link_event(alone, private)
    link_event(make_milestone(city=draft), private)
    link_event(make_milestone(city=other), private, "mentioned")

    assert [mark.shape for mark in timeline(city).marks] == ["interchange", "initiative", "stop"]


def test_mini_timeline_of_many_stops_keeps_its_width():
    city = make_city()
    for _number in range(30):
        make_milestone(city=city)

    assert timeline(city).width <= 206


def test_mini_timeline_fills_the_stops_asked_for_alone():
    city = make_city()
    make_milestone(city=city, date="2021", kind="joined")
    wanted = make_milestone(city=city, date="2022")

    assert [mark.on for mark in timeline(city).marks] == [True, False]
    assert [mark.on for mark in timeline(city, [wanted.pk]).marks] == [False, True]


def test_city_without_stops_has_no_marks():
    assert timeline(make_city()).marks == []


def test_mini_timeline_draws_diamonds_for_declarations_alone():
    series = make_initiative(kind="publication-series")
    city = make_city()
    link_initiative(make_milestone(city=city), series, "subject-of")
    link_initiative(make_milestone(), series, "subject-of")

    assert [mark.shape for mark in timeline(city).marks] == ["stop"]
