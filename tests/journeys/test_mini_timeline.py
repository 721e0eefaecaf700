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


def test_mini_timeline_has_a_mark_for_each_public_stop_by_reading_and_fills_those_asked_for():
    city = make_city()
    none = timeline(city).marks
    make_milestone(city=city, date="2024", kind="joined")
    wanted = make_milestone(city=city, date="2023")
    make_milestone(city=city, status="draft")

    assert none == []
    assert [mark.shape for mark in timeline(city).marks] == ["stop", "joined"]
    assert [mark.on for mark in timeline(city).marks] == [False, True]
    assert [mark.on for mark in timeline(city, [wanted.pk]).marks] == [True, False]
    for _number in range(28):
        make_milestone(city=city)
    assert timeline(city).width <= 206


def test_mini_timeline_shows_where_another_public_city_was_too_and_shared_declarations():
    event, private = make_event(), make_event()
    pact, series = (make_initiative(kind=kind) for kind in ("declaration", "publication-series"))
    city, other, draft = make_city(), make_city(), make_city(status="draft")
    met, acted, alone, subject = (
        make_milestone(city=city, date=year) for year in ("2021", "2022", "2023", "2024")
    )
    link_event(met, event)
    link_event(make_milestone(city=other), event)
    for milestone, initiative in ((acted, pact), (subject, series)):
        link_initiative(milestone, initiative, "subject-of")
        link_initiative(make_milestone(city=other), initiative, "subject-of")
    link_event(alone, private)
    link_event(make_milestone(city=draft), private)
    link_event(make_milestone(city=other), private, "mentioned")

    shapes = [mark.shape for mark in timeline(city).marks]

    assert shapes == ["interchange", "initiative", "stop", "stop"]
