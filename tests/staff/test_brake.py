from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from strongcities.staff.brake import FAILURES_EVERYWHERE, client_address
from strongcities.staff.models import AuditEntry
from tests.editing.staff import make_administrator, make_editor
from tests.staff.codes import code_of, give_device, later, log_in_with_code, wrong_code

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
CODE = "/admin/second-factor/code/"
SET_UP = "/admin/second-factor/set-up/"
LIMIT = 5


@pytest.fixture
def nour():
    return make_editor(username="nour", password=PASSWORD)


def try_(name: str = "nour", password: str = "wrong", address: str = "192.0.2.1", **headers):
    """Log in from an address, in a browser of its own."""
    data = {"username": name, "password": password}
    return Client().post("/admin/login/", data, REMOTE_ADDR=address, headers=headers)


def fail(times: int, **where):
    return [try_(**where).status_code for _time in range(times)]


def gets_in(name: str = "nour", **where) -> bool:
    return try_(name, PASSWORD, **where).status_code == 302


def wait(minutes: int) -> None:
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


# Account and address


def test_five_wrong_passwords_make_the_right_one_wait_a_quarter_of_an_hour(nour):
    answers = fail(LIMIT)
    while_it_lasts = gets_in()
    wait(15)

    assert answers == [200, 200, 200, 200, 429]
    assert not while_it_lasts
    assert gets_in()


def test_four_wrong_passwords_are_forgiven_by_the_right_one(nour):
    fail(LIMIT - 1)
    assert gets_in()

    assert fail(LIMIT - 1) == [200] * (LIMIT - 1)


def test_answer_says_in_words_how_long_to_wait(nour):
    fail(LIMIT)
    wait(5)

    response = try_()

    text = response.content.decode()
    assert response.status_code == 429
    assert 590 < int(response.headers["Retry-After"]) <= 600
    assert "Wait 10 minutes, then try again." in text
    assert "site-name" in text
    assert "'self'" in response.headers["Content-Security-Policy"]


def test_trying_while_one_waits_makes_nobody_wait_longer(nour):
    fail(LIMIT)
    wait(10)
    fail(3)
    wait(5)

    assert gets_in()


def test_wait_ends_when_the_oldest_failures_are_forgotten(nour):
    fail(3, **{"user-agent": "one"})
    wait(10)
    fail(2, **{"user-agent": "two"})

    response = try_()

    assert response.status_code == 429
    assert "Wait 5 minutes" in response.content.decode()


def test_another_browser_is_no_way_around(nour):
    for number in range(LIMIT):
        fail(1, **{"user-agent": f"browser {number}"})

    assert not gets_in()


def test_name_that_does_not_exist_is_answered_as_one_that_does(nour):
    assert fail(LIMIT + 1) == fail(LIMIT + 1, name="nobody")


# Behind one address


def test_failures_of_one_person_do_not_hold_another_at_the_same_address(nour):
    make_editor(username="ana", password=PASSWORD)

    fail(LIMIT)

    assert not gets_in("nour")
    assert gets_in("ana")


def test_failures_of_a_stranger_do_not_hold_the_owner_elsewhere(nour):
    fail(3 * LIMIT, address="203.0.113.9")

    assert gets_in(address="192.0.2.1")


def test_password_that_is_right_forgives_only_at_its_address(nour):
    fail(LIMIT, address="203.0.113.9")

    gets_in(address="192.0.2.1")

    assert not gets_in(address="203.0.113.9")


def test_many_addresses_together_are_slowed(nour):
    for number in range(FAILURES_EVERYWHERE // 4):
        fail(4, address=f"203.0.113.{number}")
    before = try_(password=PASSWORD, address="203.0.113.250").status_code
    fail(2, address="203.0.113.251")

    after = try_(password=PASSWORD, address="203.0.113.252")

    assert before == 302
    assert after.status_code == 429
    assert "Wait 15 minutes" in after.content.decode()


# The proxy


def test_what_the_client_says_of_its_address_does_not_reset_the_brake(nour):
    for number in range(LIMIT):
        fail(1, **{"x-forwarded-for": f"198.51.100.{number}"})

    assert not gets_in(**{"x-forwarded-for": "198.51.100.77"})


def test_what_the_client_tells_our_proxy_does_not_reset_the_brake(nour, settings):
    settings.BEHIND_PROXY = True
    for number in range(LIMIT):
        fail(1, **{"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"})

    assert not gets_in(**{"x-forwarded-for": "198.51.100.77, 203.0.113.9"})
    assert gets_in(**{"x-forwarded-for": "203.0.113.9, 198.51.100.77"})


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("10.0.0.1, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("", "127.0.0.1"),
        ("192.0.2.7, ", "127.0.0.1"),
        ("unknown", "::"),
        ("' OR 1=1", "::"),
    ],
)
def test_address_is_the_last_that_the_proxy_tells(rf, settings, told, counted):
    settings.BEHIND_PROXY = True

    assert client_address(rf.get("/", headers={"x-forwarded-for": told})) == counted


def test_address_that_nobody_tells_is_counted_all_the_same(nour):
    assert fail(LIMIT, address="")[-1] == 429


# Codes


@pytest.fixture
def half_way(client, settings, nour):
    """A browser in which nour has given the password."""
    settings.SECOND_FACTOR = True
    give_device(nour)
    client.force_login(nour)
    return client


def test_wrong_codes_count_as_wrong_passwords_do(half_way, nour):
    answers = []
    for _time in range(LIMIT):
        later(nour)
        answers.append(half_way.post(CODE, {"code": wrong_code()}).status_code)
    later(nour)

    right = half_way.post(CODE, {"code": code_of()})

    assert answers == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert half_way.get("/admin/").status_code == 302


def test_password_does_not_forgive_wrong_codes(half_way, nour):
    for _time in range(LIMIT):
        later(nour)
        half_way.post(CODE, {"code": wrong_code()})
        half_way.post("/admin/login/", {"username": "nour", "password": PASSWORD})

    assert half_way.get("/admin/").status_code == 302
    assert half_way.post(CODE, {"code": code_of()}).status_code == 429


def test_code_in_the_pause_after_a_wrong_one_is_not_counted(half_way, nour):
    half_way.post(CODE, {"code": wrong_code()})
    TOTPDevice.objects.update(throttling_failure_count=9)

    half_way.post(CODE, {"code": wrong_code()})

    assert AccessAttempt.objects.get().failures_since_start == 1


def test_code_that_is_right_forgives(half_way, nour):
    half_way.post(CODE, {"code": wrong_code()})
    later(nour)

    half_way.post(CODE, {"code": code_of()})

    assert not AccessAttempt.objects.exists()


def test_setting_the_second_factor_up_forgives(client, settings, nour):
    settings.SECOND_FACTOR = True
    client.post("/admin/login/", {"username": "nour", "password": "wrong"})
    client.post("/admin/login/", {"username": "nour", "password": PASSWORD})
    left = AccessAttempt.objects.count()
    client.get(SET_UP)

    client.post(SET_UP, {"code": code_of(client.session["second_factor_new_key"])})

    assert left == 1
    assert not AccessAttempt.objects.exists()


# What is kept


def test_neither_passwords_nor_codes_are_kept(half_way):
    half_way.post("/admin/login/", {"username": "nour", "password": "nearly right"})
    half_way.post(CODE, {"code": "123 987"})
    half_way.post(CODE, {"recovery_code": "abcd-efgh-jkmn-pqrs"})

    kept = str(list(AccessAttempt.objects.values()))
    assert "'nour'" in kept
    assert not [text for text in ("nearly", "123 987", "efgh") if text in kept]


def test_attempts_are_forgotten_with_the_next_failure_or_login(nour):
    fail(2)
    fail(2, name="nobody")
    wait(16)

    gets_in()

    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()
    assert not AccessFailureLog.objects.exists()


# Help


def test_administrator_lets_somebody_try_again_at_once(client, nour):
    fail(LIMIT)
    client.force_login(make_administrator())
    address = reverse("admin:auth_user_login_help", args=[nour.pk])

    page = client.get(address)
    client.post(address, {"unlock": "1"})

    assert "5 in the last quarter of an hour" in page.content.decode()
    assert gets_in()
    assert "login unlocked" in AuditEntry.objects.values_list("action", flat=True)


def test_administrator_sees_that_nothing_holds_somebody(client, nour):
    client.force_login(make_administrator())

    page = client.get(reverse("admin:auth_user_login_help", args=[nour.pk]))

    assert "nothing keeps them from trying" in page.content.decode()
    assert 'name="unlock"' not in page.content.decode()


def test_command_lets_somebody_try_again_at_once(nour, capsys):
    fail(LIMIT)

    call_command("axes_reset_username", "nour")

    assert gets_in()


def test_who_is_in_stays_in_while_others_guess(client, settings, nour):
    settings.SECOND_FACTOR = True
    log_in_with_code(client, nour)

    fail(LIMIT + 1)

    assert client.get("/admin/").status_code == 200
