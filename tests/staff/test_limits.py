"""Guessing is slow, and nobody can keep the owner of an account out by it."""

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.test import Client

from tests.races import start
from tests.staff.codes import (
    CODE,
    LOGIN,
    PASSWORD,
    code_of,
    give_app,
    give_name,
    is_in,
    log_in,
    wrong_code,
)

pytestmark = [pytest.mark.usefixtures("second_factor")]

HERE, AWAY = "192.0.2.1", "203.0.113.9"


def try_(name: str = "nour", password: str = "wrong", address: str = AWAY, **headers):
    """Log in from an address, in a browser of its own."""
    data = {"login": name, "password": password}
    return Client().post(LOGIN, data, REMOTE_ADDR=address, headers=headers)


def fail(times: int, **where) -> None:
    for _time in range(times):
        assert try_(**where).status_code == 200


def gets_in(**where) -> bool:
    return try_(password=PASSWORD, **where).status_code == 302


def later(monkeypatch, seconds: int) -> None:
    from allauth.core.internal import ratelimit

    now = ratelimit.time.time()
    monkeypatch.setattr(ratelimit.time, "time", lambda: now + seconds)


@pytest.fixture
def known(client, nour):
    """A browser in which nour has signed in before, and signed out."""
    log_in(client, nour, REMOTE_ADDR=AWAY)
    client.post("/admin/logout/")
    return client


# Passwords


def test_five_wrong_passwords_make_the_right_one_wait_a_quarter_of_an_hour(nour, monkeypatch):
    for number in range(5):  # another browser or spelling is no way around
        fail(1, name="NOUR" if number % 2 else "nour", **{"user-agent": f"browser {number}"})
    fail(5, address="")
    held, nowhere = (try_(password=PASSWORD, address=address) for address in (AWAY, ""))
    later(monkeypatch, 15 * 60 + 1)

    for page in (held, nowhere):
        assert "Wait a quarter of an hour" in page.content.decode()
    assert gets_in(address=AWAY)


def test_password_that_is_right_counts_for_nothing_and_forgives_nothing(nour):
    for _time in range(4):
        fail(1)
        assert gets_in(address=AWAY)
    fail(1)

    assert not gets_in(address=AWAY)


def test_three_hundred_wrong_passwords_from_sixty_addresses_keep_the_owner_out_nowhere(known, nour):
    for number in range(60):
        fail(5, address=f"203.0.113.{number}")

    assert gets_in(address=HERE)
    assert give_name(known, nour, REMOTE_ADDR=AWAY).url == CODE


def test_many_names_from_one_address_are_slowed(nour):
    fail(1)
    for number in range(19):
        fail(1, name=f"name-{number}")

    assert "too many" in try_(name="another").content.decode()
    assert gets_in(address=HERE)


def test_known_browser_has_limits_of_its_own_and_none_makes_itself_known(known, nour):
    (name,) = [name for name in known.cookies if name.startswith("known-")]
    forged = Client()
    forged.cookies[name] = "made:up"
    fail(5)

    assert give_name(forged, nour, REMOTE_ADDR=AWAY).status_code == 200
    assert known.cookies[name]["httponly"]
    assert known.cookies[name]["path"] == "/admin/"
    for _time in range(5):
        known.post(LOGIN, {"login": "nour", "password": "wrong"})
    assert "too many" in give_name(known, nour).content.decode()
    assert gets_in(address=HERE)


# Where no code follows


def test_without_second_factor_an_account_waits_a_minute_at_most_and_known_browsers_never(
    known, nour, settings, monkeypatch
):
    settings.SECOND_FACTOR = False
    for number in range(30):
        try_(address=f"203.0.113.{number}")
    held = [try_(password=PASSWORD, address=HERE) for _time in range(6)][-1]
    owner = give_name(known, nour, REMOTE_ADDR=AWAY)
    later(monkeypatch, 61)

    assert "wait a minute" in held.content.decode()
    assert owner.status_code == 302
    assert gets_in(address=HERE)


# Codes


def test_who_has_the_password_holds_the_owner_up_at_no_code(known, nour):
    thief = Client()
    give_name(thief, nour)
    for _time in range(5):
        thief.post(CODE, {"code": wrong_code()})

    held = thief.post(CODE, {"code": code_of(steps=1)})
    give_name(known, nour)
    known.post(CODE, {"code": code_of(steps=1)})

    assert "too many" in held.content.decode()
    assert not is_in(thief)
    assert is_in(known)


def test_password_does_not_forgive_wrong_codes(nour):
    give_app(nour)
    for number in range(5):
        browser = Client()
        give_name(browser, nour, REMOTE_ADDR=f"203.0.113.{number}")
        browser.post(CODE, {"code": wrong_code()}, REMOTE_ADDR=f"203.0.113.{number}")
    give_name(browser, nour, REMOTE_ADDR=HERE)

    assert "too many" in browser.post(CODE, {"code": code_of()}).content.decode()


# Addresses


def test_address_is_the_last_that_the_proxy_tells(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    for told, counted in {
        "192.0.2.7": "192.0.2.7",
        "10.0.0.1, 192.0.2.7": "192.0.2.7",
        "192.0.2.7:4711": "192.0.2.7",
        "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::",
        "[2001:db8:1:2:3:4:5:6]:4711": "2001:db8:1:2::",
        "::ffff:192.0.2.7": "192.0.2.7",
        "fe80::1%eth0": "fe80::",
        "": "127.0.0.1",
        "unknown": "::",
        "' OR 1=1": "::",
    }.items():
        assert get_ip(rf.get("/", headers={"x-forwarded-for": told})) == counted


# All workers


@pytest.mark.postgresql
def test_tries_at_once_by_many_threads_of_two_workers_count_exactly(shared_database):
    workers = [start("tests.staff.guessing", shared_database) for _worker in range(2)]

    assert sum(int(worker.communicate()[0]) for worker in workers) == 5
