import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from strongcities.addresses import WebAddressField
from tests.factories import make_city, make_event, make_milestone, make_region, make_theme

pytestmark = pytest.mark.django_db


def test_slug_is_made_from_the_name():
    assert make_event(name="Fifth Global Summit").slug == "fifth-global-summit"


@pytest.mark.parametrize("name", ["“…!”", "★"])
def test_slug_of_a_name_without_letters_is_the_kind_of_record(name):
    assert [make_event(name=name).slug, make_event(name=name).slug] == ["event", "event-2"]


def test_slug_of_an_arabic_name_is_arabic():
    city = make_city(name="الرباط")

    city.full_clean()

    assert city.slug == "الرباط"


def test_slug_that_an_editor_chose_is_kept():
    event = make_event(name="Fifth Global Summit", slug="cape-town")

    event.name = "The Fifth Global Summit"
    event.save()

    assert event.slug == "cape-town"


def test_slug_stays_when_the_name_changes():
    event = make_event(name="Before")

    event.name = "After"
    event.save()

    assert event.slug == "before"


def test_slugs_of_like_names_differ():
    slugs = [make_event(name=name).slug for name in ["Summit", "summit!", "Summit 2", "Summit"]]

    assert slugs == ["summit", "summit-2", "summit-2-2", "summit-3"]


def test_slugs_of_long_names_differ_and_fit():
    slugs = [make_event(name="Long name " * 15).slug for _ in range(12)]

    assert len(set(slugs)) == 12
    assert max(map(len, slugs)) == 80


def test_slug_made_again_does_not_avoid_itself():
    event = make_event(name="Summit")

    event.slug = ""
    event.save()

    assert event.slug == "summit"


@pytest.mark.parametrize("make", [make_city, make_event, make_region, make_theme])
def test_slug_is_unique(make):
    make(slug="same")

    with pytest.raises(IntegrityError), transaction.atomic():
        make(slug="same")


def test_slug_of_a_milestone_is_unique_in_its_city_only():
    slugs = [make_milestone(title="Same").slug for _ in range(2)]

    assert slugs == ["same", "same"]


# On the web


def form_field() -> forms.URLField:
    return WebAddressField(max_length=200).formfield()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://strongcitiesnetwork.org/a?b=c", "https://strongcitiesnetwork.org/a?b=c"),
        ("http://strongcitiesnetwork.org", "http://strongcitiesnetwork.org"),
        ("strongcitiesnetwork.org/members", "https://strongcitiesnetwork.org/members"),
    ],
)
def test_web_address_is_taken_as_typed(typed, address):
    assert form_field().clean(typed) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "ftp://example.org/file",
        "file:///etc/passwd",
        "//example.org",
        "/members",
        "not an address",
    ],
)
def test_other_address_is_refused(address):
    with pytest.raises(ValidationError):
        WebAddressField(max_length=200).clean(address, None)
