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


def test_log_is_kept_two_years_and_sign_ins_ninety_days():
    for action in ("changed", "signed in", "not signed in"):
        for days in (89, 91, 729, 731):
            make_line(action, days)

    delete_old_records()

    left = AuditEntry.objects.values_list("action", flat=True)
    assert sorted(left) == ["changed", "changed", "changed", "not signed in", "signed in"]


def test_log_is_kept_for_ever_where_the_setting_is_0(settings):
    settings.KEEP_LOG_DAYS = 0
    make_line("changed", 9000)

    delete_old_records()

    assert AuditEntry.objects.count() == 1


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


def test_history_is_kept_for_ever_unless_told():
    versions = make_versions(9000, 8000)

    delete_old_records()

    assert Version.objects.count() == len(versions)


def test_version_goes_that_was_replaced_before_the_limit_and_the_newest_stays(settings):
    settings.KEEP_HISTORY_DAYS = 365
    versions = make_versions(900, 800, 30)
    others = make_versions(900, 800)[len(versions) :]

    delete_old_records()

    left = list(Version.objects.order_by("pk").values_list("pk", flat=True))
    assert left == [*versions[1:], others[1]]
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
