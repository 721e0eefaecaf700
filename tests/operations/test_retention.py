from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from reversion.models import Revision, Version

from strongcities.editing import history
from strongcities.editing.models import OpenForm
from strongcities.staff.models import AuditEntry
from tests.factories import make_city

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def ago(**time):
    return timezone.now() - timedelta(**time)


def make_line(action: str, days: int) -> None:
    AuditEntry.objects.create(who="ed", action=action, at=ago(days=days))


def delete_old_records() -> None:
    call_command("delete_old_records")


@pytest.mark.parametrize(("kept_for", "left"), [(730, 3), (0, 4)])
def test_log_is_kept_two_years_or_as_told_and_sign_ins_ninety_days(settings, kept_for, left):
    settings.KEEP_LOG_DAYS = kept_for
    for action in ("changed", "signed in", "not signed in"):
        for days in (89, 91, 729, 731):
            make_line(action, days)

    delete_old_records()

    actions = AuditEntry.objects.values_list("action", flat=True)
    assert sorted(actions) == [*["changed"] * left, "not signed in", "signed in"]


def make_versions(*ages: int) -> list[int]:
    """Versions of one city, so many days old."""
    city = make_city()
    for days in ages:
        city.intro = f"As {days} days ago."
        with history.recorded():
            city.save()
        Revision.objects.filter(version=Version.objects.order_by("pk").last()).update(
            date_created=ago(days=days)
        )
    return list(Version.objects.order_by("pk").values_list("pk", flat=True))


def test_version_goes_that_was_replaced_before_the_limit_and_only_where_there_is_one(settings):
    versions = make_versions(900, 800, 30)
    others = make_versions(900, 800)[len(versions) :]
    left = Version.objects.order_by("pk").values_list("pk", flat=True)

    delete_old_records()
    assert list(left.all()) == [*versions, *others]

    settings.KEEP_HISTORY_DAYS = 365
    delete_old_records()
    assert list(left.all()) == [*versions[1:], others[1]]
    assert Revision.objects.count() == 3


def test_sessions_that_have_ended_go_with_what_is_told_of_them():
    user = User.objects.create_user("ed")
    for key, days in (("old", 1), ("new", -1)):
        Session.objects.create(session_key=key, session_data="", expire_date=ago(days=days))
        UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1")

    delete_old_records()

    assert Session.objects.get().session_key == "new"
    assert UserSession.objects.get().session_key == "new"


def test_forms_that_nobody_has_open_and_counted_tries_go():
    city = make_city()
    OpenForm.objects.create(
        user=User.objects.create_user("ed"),
        content_type_id=1,
        object_id=str(city.pk),
        opened_at=ago(days=1),
        open_until=ago(days=1),
    )
    caches["default"].clear()
    caches["default"].set("old", 1, timeout=-100)
    caches["default"].set("new", 1, timeout=100)

    delete_old_records()

    assert not OpenForm.objects.exists()
    assert caches["default"].get("new") == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (1,)
