import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from strongcities.addresses import WebAddressField
from tests.factories import make_city, make_event, make_milestone, make_region, make_theme

pytestmark = pytest.mark.django_db


def test_slug_that_was_made_or_chosen_is_kept_until_it_is_taken_away():
    made, chosen = make_event(name="الرباط"), make_event(name="Summit", slug="cape-town")

    for event in (made, chosen):
        event.full_clean()
        event.name = "After"
        event.save()
    assert (made.slug, chosen.slug) == ("الرباط", "cape-town")

    for event in (made, chosen):
        event.slug = ""
        event.save()
    assert (made.slug, chosen.slug) == ("after", "after-2")
    made.slug = ""
    made.save()
    assert made.slug == "after"


def test_slugs_of_like_or_long_names_or_none_differ_and_those_of_milestones_in_their_city():
    none = [make_event(name=name).slug for name in ("“…!”", "★")]
    like = [make_event(name=name).slug for name in ["Summit", "summit!", "Summit 2", "Summit"]]
    long = [make_event(name="Long name " * 15).slug for _ in range(12)]

    assert like == ["summit", "summit-2", "summit-2-2", "summit-3"]
    assert none == ["event", "event-2"]
    assert len(set(long)) == 12
    assert max(map(len, long)) == 80
    assert [make_milestone(title="Same").slug for _ in range(2)] == ["same", "same"]


@pytest.mark.parametrize("name", ["नेपाल", "ঢাকা", "مدينة الرباط"])
def test_slug_of_any_script_is_an_address_that_answers(client, name):
    city = make_city(name=name)
    city.full_clean()

    assert client.get(city.get_absolute_url()).status_code == 200


def test_slug_of_other_signs_is_refused():
    for slug in ("a b", "a/b", "a.b", "a”", "❤️"):
        with pytest.raises(ValidationError, match="Type only letters, digits"):
            make_city(slug=slug).full_clean()


@pytest.mark.parametrize("make", [make_city, make_event, make_region, make_theme])
def test_slug_is_unique(make):
    make(slug="same")

    with pytest.raises(IntegrityError), transaction.atomic():
        make(slug="same")


# On the web


def test_web_address_is_taken_as_typed_and_any_other_refused():
    field = WebAddressField(max_length=200)
    site = "strongcitiesnetwork.org"
    for typed, address in [
        (f"https://{site}/a?b=c", f"https://{site}/a?b=c"),
        (f"http://{site}", f"http://{site}"),
        (f"{site}/members", f"https://{site}/members"),
    ]:
        assert field.formfield().clean(typed) == address
    for address in [
        "javascript:alert(1)",
        "data:text/html,hello",
        "ftp://example.org/file",
        "//example.org",
        "not an address",
    ]:
        with pytest.raises(ValidationError):
            field.clean(address, None)
