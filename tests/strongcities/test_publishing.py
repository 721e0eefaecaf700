from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from journeys.models import Event, Initiative, Milestone
from members.models import City
from strongcities.publishing import Status
from tests.factories import make_city, make_event, make_initiative, make_milestone, stored

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

DAY = timedelta(days=1)
MAKE = {City: make_city, Event: make_event, Initiative: make_initiative, Milestone: make_milestone}
every_kind = pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
NOT_PUBLIC = [
    {"status": Status.DRAFT},
    {"status": Status.IN_REVIEW},
    {"status": Status.WITHDRAWN, "withdrawn_reason": "It was wrong."},
    {"goes_live_at": timezone.now() + DAY},
    {"status": Status.DRAFT, "goes_live_at": timezone.now() - DAY},
]


@every_kind
@pytest.mark.parametrize("fields", NOT_PUBLIC)
def test_published_hides_what_is_not_public(model, fields):
    shown = MAKE[model](goes_live_at=timezone.now() - DAY)
    hidden = MAKE[model](**fields)
    make_milestone(city=make_city(**fields))

    assert list(model.objects.published().filter(pk__gte=shown.pk)) == [shown]
    assert (shown.is_public, hidden.is_public) == (True, False)


# Withdrawal


@every_kind
def test_withdrawal_without_a_reason_is_refused_in_the_form_and_by_the_database(model):
    record = MAKE[model]()
    record.status = Status.WITHDRAWN

    for record.withdrawn_reason in ("", "  \n"):
        with pytest.raises(ValidationError) as refused:
            record.full_clean()
        says = "Say why this is withdrawn: the public will read it."
        assert refused.value.message_dict["withdrawn_reason"] == [says]
    with pytest.raises(IntegrityError, match="withdrawn_says_why"), transaction.atomic():
        model.objects.filter(pk=record.pk).update(status=Status.WITHDRAWN)


def test_withdrawal_with_a_reason_keeps_its_day_until_it_is_taken_back():
    city = make_city()
    city.status, city.withdrawn_reason = Status.WITHDRAWN, "It was wrong."
    city.full_clean()
    city.save()
    withdrawn_at = city.withdrawn_at
    assert withdrawn_at == city.changed_at

    city.save()
    assert city.withdrawn_at == withdrawn_at

    city.status = Status.PUBLISHED
    city.save()
    assert city.withdrawn_at is None


# Times


PUBLISHED, DRAFT = {"status": Status.PUBLISHED}, {"status": Status.DRAFT}
STORIES = {  # what is saved; when it was first published, and since when it is public
    "seen, taken back, seen again": [
        (PUBLISHED, "now", "now"),
        ({}, "before", "before"),
        (DRAFT, "before", None),
        (PUBLISHED, "before", "now"),
    ],
    "of a day that is over": [(PUBLISHED | {"goes_live_at": -DAY}, "now", "now")],
    "announced, sooner, at once": [
        (PUBLISHED | {"goes_live_at": 9 * DAY}, "live", "live"),
        ({"goes_live_at": DAY}, "live", "live"),
        ({"goes_live_at": None}, "now", "now"),
    ],
    "announced and taken back": [
        (PUBLISHED | {"goes_live_at": DAY}, "live", "live"),
        (DRAFT, None, None),
    ],
}


@every_kind
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_it_is_noted_when_a_record_was_first_and_is_now_seen(model, story):
    record = MAKE[model](status=Status.DRAFT)

    for fields, *noted in story:
        before = [record.first_published_at, record.public_since]
        for name, value in fields.items():
            is_time = isinstance(value, timedelta)
            setattr(record, name, timezone.now() + value if is_time else value)
        record.save()
        record.refresh_from_db()
        times = {"now": record.changed_at, "live": record.goes_live_at, None: None}
        expected = [times.get(word, was) for word, was in zip(noted, before, strict=True)]
        assert [record.first_published_at, record.public_since] == expected


def test_times_are_kept_when_only_some_columns_are_saved():
    city = make_city(status=Status.DRAFT)
    City.objects.update(changed_at=datetime(2020, 1, 1, tzinfo=UTC))
    city.status = Status.PUBLISHED

    city.save(update_fields=["status"])

    city.refresh_from_db()
    assert city.first_published_at == city.public_since == city.changed_at
    assert city.changed_at.year > 2020


@every_kind
def test_updated_is_when_it_went_live_though_it_was_written_before(model):
    record = MAKE[model](goes_live_at=timezone.now() + DAY)
    assert record.updated == record.goes_live_at

    model.objects.filter(pk=record.pk).update(goes_live_at=None, public_since=None)
    assert model.objects.get(pk=record.pk).updated == record.changed_at


def test_updated_of_a_milestone_is_when_its_city_came_to_be_seen_not_when_that_changed():
    milestone = make_milestone()
    city = milestone.city

    city.save()
    assert milestone.updated == milestone.public_since

    for city.status in (Status.DRAFT, Status.PUBLISHED):
        city.save()
    assert milestone.updated == city.public_since > milestone.changed_at


@pytest.mark.parametrize("fields", NOT_PUBLIC)
def test_city_changes_with_a_milestone_that_readers_lose_and_not_with_a_draft(fields):
    milestone = make_milestone()
    before = milestone.city.changed_at

    milestone.title = "Other words"
    milestone.save()
    make_milestone(city=milestone.city, **fields).delete()
    assert stored(milestone.city).changed_at == before

    for name, value in fields.items():
        setattr(milestone, name, value)
    milestone.save()
    lost = stored(milestone.city).changed_at
    assert lost > before

    milestone.save()
    assert stored(milestone.city).changed_at == lost


def test_city_changes_with_a_milestone_that_is_deleted():
    milestone = make_milestone()
    before = milestone.city.changed_at

    milestone.delete()

    assert stored(milestone.city).changed_at > before


@every_kind
def test_records_are_ordered_by_the_same_time(model):
    old = MAKE[model]()
    goes_live = MAKE[model](goes_live_at=timezone.now() + DAY)
    changed = MAKE[model]()
    MAKE[model](status=Status.DRAFT)
    model.objects.filter(pk=old.pk).update(public_since=None)

    records = model.objects.filter(status=Status.PUBLISHED).with_updated().order_by("-updated_at")

    assert list(records.filter(pk__gte=old.pk)) == [goes_live, changed, old]
    assert [record.updated_at for record in records] == [record.updated for record in records]
