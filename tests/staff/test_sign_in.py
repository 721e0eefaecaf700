"""Signing in, as a member of staff meets it, and as somebody who is not who they say."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.test import Client

from strongcities.staff import second_factor
from strongcities.staff.models import AuditEntry
from tests.editing.admin_walk import addresses, answer_in_words
from tests.editing.staff import make_superuser
from tests.staff.codes import (
    CODE,
    FACTORS,
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


def words(response) -> str:
    return " ".join(response.content.decode().split())


def logged() -> list[tuple[str, str, str]]:
    lines = AuditEntry.objects.order_by("pk")
    return [(line.who, line.action, line.said) for line in lines]


# Name, password, code


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/admin/members/city/", "/admin/members/city/"),
        *(
            (site, "/admin/")
            for site in ("https://evil.example/", "//evil.example", "javascript:x")
        ),
    ],
)
def test_every_login_asks_for_a_code_and_then_leads_where_one_wanted(client, nour, asked, led):
    give_app(nour)

    page = client.get(led, follow=True)
    step = give_name(client, nour, asked)
    question = words(client.get(step.url))

    assert page.templates[0].name == "account/login.html"
    assert f'value="{led}"' in words(page)
    assert step.url == CODE
    assert "type the six digits" in question
    assert "Use a passkey" not in question
    assert not is_in(client)
    code = code_of()
    spelt = {"code": f" {code[:3]} {code[3:]} ", "next": asked}
    assert client.post(CODE, spelt).url == led
    assert is_in(client)


def test_whoever_is_not_staff_is_refused_as_if_the_password_were_wrong(client, elsewhere, nour):
    log_in(elsewhere, nour)
    for change in ({"is_staff": False}, {"is_staff": True, "is_active": False}):
        User.objects.filter(pk=nour.pk).update(**change)
        refused = words(give_name(client, nour))
        nobody = words(give_name(client, User(username="nobody")))

        assert "do not belong together" in refused
        assert "do not belong together" in nobody
        assert "_auth_user_id" not in client.session
        assert elsewhere.get(FACTORS).url.startswith(LOGIN)  # where one was signed in before


@pytest.mark.parametrize(("kind", "left"), [("app", 10), ("recovery code", 9)])
def test_code_opens_once(client, elsewhere, nour, kind, left):
    recovery_code = give_app(nour)[3]
    code = code_of() if kind == "app" else f"{recovery_code[:4]} {recovery_code[4:]}"
    for browser in (client, elsewhere):
        give_name(browser, nour)
        page = browser.post(CODE, {"code": code})

    assert is_in(client)
    assert "has been used" in words(page)
    assert not is_in(elsewhere)
    assert f"{left} left" in words(client.get(FACTORS))
    was_told = ("nour", "second factor", "A recovery code was used.") in logged()
    assert was_told == (kind == "recovery code")


def give_another_password(user):
    user.set_password("another")
    user.save()


def close(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("change", [second_factor.reset, give_another_password, close])
def test_who_waits_for_a_code_begins_again_once_the_account_is_changed(client, nour, change):
    recovery_code = give_app(nour)[0]
    give_name(client, nour)
    change(nour)

    page = client.post(CODE, {"code": recovery_code}, follow=True)

    assert page.templates[0].name == "account/login.html"
    assert "_auth_user_id" not in client.session
    assert client.get(LOGIN).status_code == 200
    assert change is second_factor.reset or "cannot sign in" in words(page)


def test_each_admin_page_asks_for_the_factor_once_and_no_recovery_codes_are_told(
    client, nour, django_assert_max_num_queries
):
    give_app(nour)
    Authenticator.objects.filter(type="recovery_codes").delete()
    log_in(client, nour)

    assert "You have no recovery codes" in words(client.get("/admin/"))
    client.get("/admin/password_change/")
    with django_assert_max_num_queries(3):  # session, person, factor
        client.get("/admin/password_change/")
    client.get(FACTORS)
    assert not EmailAddress.objects.exists()  # beside that of the account


def test_password_alone_opens_no_address_of_the_admin(client, nour):
    client.force_login(nour)
    of_signing_in = ("account/", "login/", "logout/")
    asked = [one.path for one in addresses() if not one.rest.startswith(of_signing_in)]

    ways = (client.get, client.post)
    opened = [path for path in asked for send in ways if answer_in_words(send(path)) != "login"]

    assert opened == []
    assert client.session["_auth_user_id"] == str(nour.pk)  # of whom each was asked


def test_page_before_the_code_names_no_record_and_where_it_is_off_there_is_none(
    client, nour, settings
):
    user = make_superuser(password=PASSWORD)
    give_name(client, user)

    page = words(client.get(FACTORS))
    client.post("/admin/logout/")

    assert "/admin/members/" not in page
    assert "_auth_user_id" not in client.session
    settings.SECOND_FACTOR = False
    assert give_name(client, nour).url == "/admin/"
    assert is_in(client)


def test_nothing_of_a_sign_in_is_handed_back(nour):
    typed = dict.fromkeys(["login", "password", "code", "credential", "email"], "hidden-word")
    ours = {"origin": "http://testserver"}
    for page in ("/admin/login/", LOGIN, CODE):
        response = Client(enforce_csrf_checks=True).post(page, typed, headers=ours)
        assert response.status_code == 403
        assert "hidden-word" not in response.content.decode()

    for script in ({"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}):
        wrong = {"login": "nour", "password": "hidden-word"}
        assert "hidden-word" not in Client().post(LOGIN, wrong, headers=script).content.decode()


# Setting it up


@pytest.mark.django_db(transaction=True)
def test_first_login_sets_it_up_and_shows_ten_codes_once(client, elsewhere, nour):
    for browser in (client, elsewhere):
        give_name(browser, nour)
    start = client.get("/admin/members/city/", follow=True)
    page = client.get(f"{FACTORS}app/")
    secret = re.search(r'class="staff-secret">([^<]+)<', page.content.decode())[1].replace(" ", "")

    wrong = client.post(f"{FACTORS}app/", {"code": wrong_code(secret)})
    right = {"code": code_of(secret)}
    codes = client.post(f"{FACTORS}app/", right, follow=True)
    give_name(third := Client(), nour)
    again = third.post(CODE, right)

    shown = re.findall(r"<li><code>([^<]+)</code></li>", codes.content.decode())
    assert start.redirect_chain[-1][0] == FACTORS
    assert "<svg" in words(page)
    assert " style=" not in words(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert "That code" in words(wrong)
    assert len(set(shown)) == 10
    assert is_in(client)
    assert 'href="/admin/login/"' in words(codes)
    assert client.get("/admin/login/").url == "/admin/members/city/"
    assert client.get("/admin/login/").url == "/admin/"
    assert [name for name in client.cookies if name.startswith("known-")]
    assert shown[0] not in words(client.get(f"{FACTORS}codes/"))
    assert "has been used" in words(again)
    assert not is_in(elsewhere)  # where the password alone was given before
    assert elsewhere.get(FACTORS).url.startswith(LOGIN)
    assert ("nour", "second factor", "An app for codes was set up.") in logged()
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


@pytest.mark.django_db(transaction=True)
def test_app_is_good_until_the_new_one_has_given_its_code(client, nour):
    log_in(client, nour)
    recovery_code = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()[0]
    asked = client.get(f"{FACTORS}app/")
    page = client.post(asked.url, {"code": recovery_code, "next": f"{FACTORS}app/"}, follow=True)
    secret = page.context["form"].secret

    client.post(f"{FACTORS}app/", {"code": wrong_code(secret)})
    before = Authenticator.objects.get(type="totp").wrap()
    client.post(f"{FACTORS}app/", {"code": code_of(secret)})
    after = Authenticator.objects.get(type="totp").wrap()

    assert "set up anew" in words(client.get(FACTORS))
    assert before.validate_code(code_of(steps=1))
    assert not after.validate_code(code_of(steps=1))
    assert after.validate_code(code_of(secret, steps=1))
    assert "9 left" in words(client.get(FACTORS))
    assert is_in(client)


def test_session_from_before_the_factor_changes_no_factor(client, nour):
    client.force_login(nour)
    give_app(nour)

    for page in ("app/", "app/remove/", "codes/new/", "passkeys/add/"):
        assert client.post(FACTORS + page).url.startswith(f"{FACTORS}again/")
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(LOGIN)
    assert Authenticator.objects.filter(user=nour).count() == 2


@pytest.mark.django_db(transaction=True)
def test_code_given_again_removes_the_app_and_the_admin_is_shut(client, nour, mailoutbox):
    log_in(client, nour)
    recovery_code = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()[0]

    asked = client.post(f"{FACTORS}app/remove/")
    client.post(asked.url, {"code": recovery_code, "next": f"{FACTORS}app/remove/"})

    assert not Authenticator.objects.exists()
    assert not is_in(client)
    assert ("nour", "second factor", "The app for codes was removed.") in logged()
    told = [mail for mail in mailoutbox if "The app for codes was removed." in mail.body]
    assert [mail.to for mail in told] == [["nour@city.example"]]


# The key that encrypts it


def test_key_of_before_goes_on_reading_and_without_it_a_sentence_says_what_to_do(
    client, nour, settings
):
    give_app(nour)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    give_name(client, nour)
    lost = client.post(CODE, {"code": code_of()})
    settings.SECRET_KEY_FALLBACKS = [old]

    client.post(CODE, {"code": code_of()})

    assert lost.status_code == 503
    assert "DJANGO_SECRET_KEY_FALLBACKS" in words(lost)
    assert is_in(client)


# Sessions and the password


def test_list_of_sessions_ends_one_other_of_ones_own_or_all(client, elsewhere, nour):
    third, stranger = Client(), Client()
    log_in(elsewhere, nour, REMOTE_ADDR="203.0.113.9")
    for browser in (third, client):
        log_in(browser, nour)
    log_in(stranger, make_superuser(username="eve", password=PASSWORD))
    one, _two, here = UserSession.objects.filter(user=nour).order_by("pk")
    ends = [f"/admin/account/sessions/{session.pk}/end/" for session in (one, here)]

    listed = words(client.get("/admin/account/sessions/"))
    by_stranger = stranger.post(ends[0]).status_code
    answers = [client.post(end).status_code for end in ends]

    assert "203.0.113.9" in listed
    assert (by_stranger, answers) == (404, [302, 404])
    assert [is_in(browser) for browser in (elsewhere, third, client)] == [False, True, True]
    client.post("/admin/account/sessions/")
    assert [is_in(browser) for browser in (third, client)] == [False, True]


def test_password_change_ends_a_stolen_session(client, elsewhere, nour):
    log_in(elsewhere, nour)
    log_in(client, nour)
    new = "staple battery horse correct"

    client.post(
        "/admin/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert is_in(client)
    assert not is_in(elsewhere)
    assert ("nour", "password", "The password was changed.") in logged()


# The log


def test_log_tells_of_sign_ins_and_failures_and_keeps_nothing_that_was_typed(client, nour):
    give_app(nour)
    client.post(LOGIN, {"login": "nour", "password": "nearly right"})
    client.post(LOGIN, {"login": "my secret in the wrong field", "password": "x"})
    give_name(client, nour)
    client.post(CODE, {"code": "123 987"})

    client.post(CODE, {"code": code_of()})

    assert logged() == [
        ("nour", "not signed in", "A wrong password."),
        ("–", "not signed in", "A wrong password."),
        ("nour", "not signed in", "A wrong code."),
        ("nour", "signed in", "Signed in (password, code of an app)."),
    ]
