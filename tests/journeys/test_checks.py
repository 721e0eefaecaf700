import pytest

from journeys.models import Source
from strongcities.editing.checks import findings
from tests.factories import (
    link_event,
    link_theme,
    make_city,
    make_event,
    make_initiative,
    make_milestone,
    make_theme,
)

pytestmark = pytest.mark.django_db


def codes(record) -> set[str]:
    return {one.code for one in findings(record)}


def make_ready(**fields):
    milestone = make_milestone(**fields)
    link_theme(milestone, make_theme())
    return milestone


def test_quote_that_the_text_no_longer_says():
    milestone = make_ready(title="Title")
    type(milestone).objects.update(title="Another title")

    (finding,) = findings(type(milestone).objects.get())

    assert finding.is_error
    assert "does not say “Title”" in finding.sentence


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, None),
        ({"read_more": True}, "read-more"),
        ({"date_as_printed": "Some day", "date": ""}, "no-reading"),
        ({"date_as_printed": "Some day", "date": "2024"}, "printed-date"),
        ({"date": "2023-06"}, "no-date-note"),
        ({"date": "2023-06", "date_note": "The report says June."}, None),
        ({"date": "2023-05?"}, None),
    ],
)
def test_what_a_milestone_lacks_and_a_date_that_cannot_be_read_or_is_read_otherwise(fields, code):
    assert codes(make_ready(**fields)) == ({code} if code else set())
    assert codes(make_milestone(**fields)) == {"no-theme"} | ({code} if code else set())


def test_date_out_of_order_names_the_neighbour():
    city = make_city()
    make_ready(city=city, position=1, title="Later", date="2025")
    milestone = make_ready(city=city, position=2, date="2024")
    make_ready(city=city, position=3, title="Earlier", date="2023")

    said = " ".join(one.sentence for one in findings(milestone))

    assert codes(milestone) == {"date-order-before", "date-order-after", "no-date-note"}
    assert "Later" in said
    assert "Earlier" in said


def test_dates_that_overlap_are_in_order_and_two_in_one_place_are_not():
    city = make_city()
    make_ready(city=city, position=1, date="2023")
    milestone = make_ready(city=city, position=2, date="2023-05")

    assert codes(milestone) == set()
    milestone.position = 1
    assert codes(milestone) == {"position"}


def test_date_at_odds_with_an_event_where_the_city_was_and_no_draft_is_named():
    milestone, other = make_ready(), make_ready()
    summit = make_event(name="Summit", date="2024-09")
    link_event(milestone, summit)
    link_event(milestone, make_event(date="2024-09"), "mentioned")
    link_event(other, make_event(name="Secret summit", date="2024-09", status="draft"))

    (finding,) = findings(other)

    assert codes(milestone) == {f"event-date-{summit.pk}"}
    assert "Secret" not in finding.sentence
    assert "an event that is not public yet" in finding.sentence


def test_address_that_is_not_https():
    milestone = make_ready(read_more=True, read_more_url="http://a.example/")
    Source.objects.create(milestone=milestone, title="A page", url="http://b.example/")

    assert codes(milestone) == {"http-http://a.example/", "http-http://b.example/"}
    for record in (make_event(), make_initiative(), make_city()):
        record.sources.create(title="A page", url="http://b.example/")
        assert "http-http://b.example/" in codes(record)


def test_title_used_twice_in_a_city_and_initiative_with_a_name_that_is_taken():
    city = make_city()
    make_ready(city=city, title="Visit")
    make_ready(title="visit")
    make_initiative(name="Youth council")

    assert codes(make_ready(city=city, title="visit", position=2)) == {"title-twice"}
    assert codes(make_initiative(name="Youth Council")) == {"name-twice"}


def test_event_without_a_date_or_its_source_and_session_outside_its_summit():
    summit = make_event(date="2024-09-19/2024-09-21")
    session = make_event(date="2024-10", date_source="The report", parent=summit)

    assert codes(make_event()) == {"no-date"}
    assert codes(summit) == {"no-date-source"}
    assert codes(make_event(date="2024", date_source="The report")) == set()
    assert codes(session) == {"parent-date"}


def test_anomalies_of_the_seed_are_found(seed):
    from journeys.models import Milestone

    found = [code for milestone in Milestone.objects.all() for code in codes(milestone)]

    assert found.count("read-more") == 20
    assert found.count("date-order-before") == 3
    assert set(found) == {"read-more", "date-order-before", "date-order-after"}


# Cities


def test_city_without_milestones():
    empty, told = make_city(), make_milestone().city

    assert "no-milestones" in codes(empty)
    assert "no-milestones" not in codes(told)
