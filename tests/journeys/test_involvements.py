"""What a milestone took part in, and which other cities did too."""

import pytest
from django.utils.html import strip_tags

from tests.factories import (
    link_event,
    make_city,
    make_event,
    make_milestone,
)
from tests.journeys.stories import link_steps

pytestmark = pytest.mark.django_db


def words_of(client, record) -> str:
    return " ".join(strip_tags(client.get(record.get_absolute_url()).content.decode()).split())


def cities_at(event, number: int) -> list:
    """Milestones of so many cities that attended, two of each but told once."""
    milestones = []
    for n in range(number):
        city = make_city(name=f"Place {n:02}")
        milestones += [make_milestone(city=city), make_milestone(city=city)]
    for milestone in milestones:
        link_event(milestone, event)
    return milestones[::2]


@pytest.mark.parametrize(("cities", "rest"), [(7, ""), (9, "and 2 more cities")])
def test_first_six_other_cities_are_named_with_a_link_and_the_rest_counted(client, cities, rest):
    first, other, *_others = cities_at(make_event(name="Summit"), cities)

    for record in (first, first.city):
        words = words_of(client, record)
        assert "Place 01 was here too" in words
        assert "Place 06 was here too" in words
        assert "Place 07" not in words
        assert rest in words
        assert ("more cit" in words) == bool(rest)
    page = client.get(first.get_absolute_url()).content.decode()
    assert f'href="{other.city.get_absolute_url()}#{other.slug}"' in page


@pytest.mark.postgresql
def test_twelve_cities_of_a_large_event_are_named_and_the_rest_counted(client):
    summit = make_event(name="Summit")
    cities_at(make_event(name="Session", parent=summit), 15)

    words = " ".join(strip_tags(client.get(summit.get_absolute_url()).content.decode()).split())

    assert "Place 00, Place 01" in words
    assert "Place 11 and 3 more" in words
    assert "Place 12" not in words


def test_steps_of_another_city_are_told_where_they_are_public(client):
    milestone = make_milestone(title="Middle")
    link_steps(make_milestone(title="Earlier"), milestone)
    link_steps(milestone, make_milestone(title="Later"))
    link_steps(milestone, make_milestone(title="Draft", status="draft"))

    words = words_of(client, milestone)

    assert "Inspired by Earlier Inspired Later" in words
    assert "Draft" not in words
