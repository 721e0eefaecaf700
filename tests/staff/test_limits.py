"""Guessing is slow, and nobody can keep the owner of an account out by it."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.test import Client

from tests.editing.staff import make_editor
from tests.races import at_once, start
from tests.staff.codes import CODE, LOGIN, PASSWORD, code_of, is_in, log_in, wrong_code

pytestmark = [pytest.mark.usefixtures("second_factor")]

HERE, AWAY = "192.0.2.1", "203.0.113.9"
IN, WRONG, HELD, A_MINUTE = "in", "do not belong together", "Wait a quarter of an hour", "a minute"


def try_(name="nour", password=PASSWORD, address=AWAY, browser=None, **headers) -> str:
    """Give name and password, in a browser of its own if none is told; what it came to."""
    data = {"login": name, "password": password}
    page = (browser or Client()).post(LOGIN, data, REMOTE_ADDR=address, headers=headers)
    if page.status_code == 302:
        return IN
    return next(said for said in (WRONG, HELD, A_MINUTE) if said in page.content.decode())


def fail(times: int, **where) -> None:
    for _time in range(times):
        assert try_(password="wrong", **where) == WRONG


def give_code(browser, code: str, address: str = AWAY) -> str:
    """Sign in as far as to the code, and give one; what is said then."""
    assert try_(browser=browser, address=address) == IN
    return browser.post(CODE, {"code": code}, REMOTE_ADDR=address).content.decode()


def later(monkeypatch, seconds: int) -> None:
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

    assert [try_(address=address) for address in (AWAY, "")] == [HELD, HELD]
    later(monkeypatch, 15 * 60 + 1)
    assert try_() == IN


def test_password_that_is_right_counts_for_nothing_and_forgives_nothing(nour):
    for _time in range(4):
        fail(1)
        assert try_() == IN
    fail(1)

    assert try_() == HELD


def test_three_hundred_wrong_passwords_from_sixty_addresses_keep_the_owner_out_nowhere(known, rf):
    for number in range(60):
        asked = rf.post(LOGIN, REMOTE_ADDR=f"203.0.113.{number}")
        for _time in range(5):  # without a page, which takes longer than the rest
            assert not get_adapter().authenticate(asked, username="nour", password="wrong")
    assert try_(address="203.0.113.1") == HELD

    assert try_(address=HERE) == IN
    assert try_(browser=known) == IN


def test_many_names_from_one_address_are_slowed(nour):
    for name in ("nour", *range(19)):
        fail(1, name=name)

    assert try_(name="another") == HELD
    assert try_(address=HERE) == IN


def test_known_browser_has_limits_of_its_own_and_none_makes_itself_known(known):
    (name,) = [name for name in known.cookies if name.startswith("known-")]
    forged, alike = Client(), Client()
    forged.cookies[name] = "made:up"
    log_in(alike, make_editor(username="Nour", password=PASSWORD), REMOTE_ADDR=AWAY)
    alike.post("/admin/logout/")
    fail(5)

    assert [try_(browser=browser) for browser in (forged, alike)] == [HELD] * 2
    assert known.cookies[name]["httponly"]
    assert known.cookies[name]["path"] == "/admin/"
    fail(5, browser=known)
    assert try_(browser=known) == HELD
    assert try_(address=HERE) == IN


def test_without_second_factor_an_account_waits_a_minute_at_most_and_known_browsers_never(
    known, settings, monkeypatch
):
    settings.SECOND_FACTOR = False
    for number in range(30):
        try_(password="wrong", address=f"203.0.113.{number}")

    assert [try_(address=HERE) for _time in range(6)] == [A_MINUTE] * 6
    assert try_(browser=known) == IN
    later(monkeypatch, 61)
    assert try_(address=HERE) == IN


# Codes


def test_who_has_the_password_holds_the_owner_up_at_no_code_and_it_forgives_none(known, nour):
    for number in range(5):
        give_code(Client(), wrong_code(), address=f"203.0.113.{number}")
    thief = Client()

    said = give_code(thief, code_of(steps=1), address=HERE)
    give_code(known, code_of(steps=1))

    assert HELD in said
    assert not is_in(thief)
    assert is_in(known)


# Addresses


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("10.0.0.1, 192.0.2.7", "192.0.2.7"),
        ("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("", "127.0.0.1"),
        ("unknown", "::"),
    ],
)
def test_address_is_the_last_that_the_proxy_tells(rf, settings, told, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert ratelimit.get_ip(rf.get("/", headers={"x-forwarded-for": told})) == counted


# All workers


def race() -> int:
    """Twelve wrong passwords at once; how many were looked at at all."""
    tries = [lambda: try_(password="wrong") for _time in range(12)]
    return at_once(*tries).count(WRONG)


@pytest.mark.postgresql
def test_tries_at_once_by_many_threads_of_two_workers_count_exactly(shared_database):
    workers = [start("tests.staff.test_limits", shared_database) for _worker in range(2)]

    assert sum(int(worker.communicate()[0]) for worker in workers) == 5
