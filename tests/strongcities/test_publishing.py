from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from journeys.models import Event, Initiative, Milestone
from members.models import City
from strongcities.publishing import Status, Withdrawn
from tests.factories import make_city, make_event, make_initiative, make_milestone

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

DAY = timedelta(days=1)
MAKE = {City: make_city, Event: make_event, Initiative: make_initiative, Milestone: make_milestone}
every_kind = pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)


def withdraw(record):
    record.status, record.withdrawn_reason = Status.WITHDRAWN, "It was wrong."
    record.save()
    return record


@every_kind
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_published_hides_what_is_not_yet_published(model, status):
    shown = MAKE[model]()
    MAKE[model](status=status)

    assert list(model.objects.published().filter(pk__gte=shown.pk)) == [shown]


@every_kind
def test_published_hides_what_is_withdrawn(model):
    shown = MAKE[model]()
    MAKE[model](status=Status.WITHDRAWN, withdrawn_reason="It was wrong.")

    assert list(model.objects.published().filter(pk__gte=shown.pk)) == [shown]


@every_kind
def test_published_waits_for_the_time_to_go_live(model):
    shown = MAKE[model](goes_live_at=timezone.now() - DAY)
    waiting = MAKE[model](goes_live_at=timezone.now() + DAY)

    assert list(model.objects.published().filter(pk__gte=shown.pk)) == [shown]
    assert (shown.is_public, waiting.is_public) == (True, False)


@every_kind
def test_time_to_go_live_does_not_publish_a_draft(model):
    draft = MAKE[model](status=Status.DRAFT, goes_live_at=timezone.now() - DAY)

    assert not model.objects.published().exists()
    assert not draft.is_public


def test_new_record_is_a_draft():
    city = City.objects.create(name="Rabat", short_name="Rabat", code="RAB")

    assert city.status == Status.DRAFT
    assert (city.first_published_at, city.withdrawn_at) == (None, None)


# Withdrawal


@every_kind
def test_withdrawal_without_a_reason_is_refused_by_the_database(model):
    record = MAKE[model]()

    with pytest.raises(IntegrityError, match="withdrawn_says_why"), transaction.atomic():
        model.objects.filter(pk=record.pk).update(status=Status.WITHDRAWN)


@every_kind
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_withdrawal_without_a_reason_is_refused_in_the_form(model, reason):
    record = MAKE[model]()
    record.status, record.withdrawn_reason = Status.WITHDRAWN, reason

    with pytest.raises(ValidationError) as refused:
        record.full_clean()

    says = "Say why this is withdrawn: the public will read it."
    assert refused.value.message_dict["withdrawn_reason"] == [says]


def test_withdrawal_with_a_reason_is_dated():
    city = make_city()
    city.status, city.withdrawn_reason = Status.WITHDRAWN, "It was wrong."

    city.full_clean()
    city.save()

    assert city.withdrawn_at == city.changed_at


def test_withdrawal_keeps_its_day_until_it_is_taken_back():
    city = make_city(status=Status.WITHDRAWN, withdrawn_reason="It was wrong.")
    withdrawn_at = city.withdrawn_at

    city.save()
    assert city.withdrawn_at == withdrawn_at

    city.status = Status.PUBLISHED
    city.save()
    assert city.withdrawn_at is None


# Times


def test_first_published_is_kept():
    city = make_city()
    first = city.first_published_at

    for status in (Status.DRAFT, Status.PUBLISHED):
        city.status = status
        city.save()

    city.refresh_from_db()
    assert city.first_published_at == first
    assert city.changed_at > first


def test_draft_was_never_published():
    assert make_city(status=Status.DRAFT).first_published_at is None


def test_first_published_is_the_time_to_go_live():
    tomorrow = timezone.now() + DAY

    assert make_city(goes_live_at=tomorrow).first_published_at == tomorrow


def test_first_published_is_not_before_it_was_published():
    city = make_city(goes_live_at=timezone.now() - DAY)

    assert city.first_published_at == city.changed_at


def test_first_published_moves_with_a_time_that_has_not_come():
    city = make_city(goes_live_at=timezone.now() + 9 * DAY)

    city.goes_live_at = timezone.now() + DAY
    city.save()

    assert city.first_published_at == city.goes_live_at


def test_what_was_called_off_was_never_published():
    city = make_city(goes_live_at=timezone.now() + DAY)

    city.status = Status.DRAFT
    city.save()

    assert city.first_published_at is None


def test_times_are_kept_when_only_some_columns_are_saved():
    city = make_city(status=Status.DRAFT)
    City.objects.update(changed_at=datetime(2020, 1, 1, tzinfo=UTC))
    city.status = Status.PUBLISHED

    city.save(update_fields=["status"])

    city.refresh_from_db()
    assert city.first_published_at == city.changed_at
    assert city.changed_at.year > 2020


@every_kind
def test_identifier_survives_renaming(model):
    record = MAKE[model]()
    before = record.uuid

    record.slug, record.name, record.title = "other", "Other", "Other"
    record.save()

    assert model.objects.get(slug="other").uuid == before


# What a view gets


@every_kind
def test_get_public_gives_what_is_public(model):
    record = MAKE[model]()

    assert model.objects.get_public(slug=record.slug) == record


@every_kind
@pytest.mark.parametrize(
    "state",
    [
        {"status": Status.DRAFT},
        {"status": Status.IN_REVIEW},
        {"goes_live_at": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
def test_get_public_finds_nothing_that_is_not_yet_public(model, state):
    record = MAKE[model](**state)

    with pytest.raises(Http404):
        model.objects.get_public(slug=record.slug)


@every_kind
def test_get_public_finds_nothing_that_does_not_exist(model):
    with pytest.raises(Http404):
        model.objects.get_public(slug="nowhere")


@every_kind
def test_get_public_tells_of_what_was_withdrawn(model):
    record = MAKE[model]()
    withdraw(record)

    with pytest.raises(Withdrawn) as told:
        model.objects.get_public(slug=record.slug)

    assert told.value.record == record


# A milestone goes with its city


@pytest.mark.parametrize(
    "state",
    [
        {"status": Status.DRAFT},
        {"status": Status.IN_REVIEW},
        {"status": Status.WITHDRAWN, "withdrawn_reason": "It was wrong."},
        {"goes_live_at": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
def test_milestone_of_a_city_that_is_not_public_is_hidden(state):
    shown = make_milestone()
    make_milestone(city=make_city(**state))

    assert list(Milestone.objects.published()) == [shown]


def test_milestone_of_a_draft_is_not_found():
    milestone = make_milestone(city=make_city(status=Status.DRAFT))

    with pytest.raises(Http404):
        Milestone.objects.get_public(slug=milestone.slug)


def test_milestone_of_a_withdrawn_city_is_withdrawn_with_it():
    city = withdraw(make_city())
    milestone = make_milestone(city=city)

    with pytest.raises(Withdrawn) as told:
        Milestone.objects.get_public(slug=milestone.slug)

    assert told.value.record == city


def test_withdrawn_milestone_of_a_draft_is_not_found():
    city = make_city(status=Status.DRAFT)
    milestone = make_milestone(city=city, status=Status.WITHDRAWN, withdrawn_reason="Wrong.")

    with pytest.raises(Http404):
        Milestone.objects.get_public(slug=milestone.slug)
