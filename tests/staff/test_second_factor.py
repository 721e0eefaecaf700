import re
from base64 import b32decode
from io import StringIO
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from strongcities.staff import second_factor
from strongcities.staff.models import AuditEntry, RecoveryCode, RecoveryDevice
from tests.editing.staff import make_administrator, make_editor, make_superuser
from tests.staff.codes import code_of, give_device, later, log_in_with_code, wrong_code

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
SET_UP = "/admin/second-factor/set-up/"
CODE = "/admin/second-factor/code/"
OVERVIEW = "/admin/second-factor/"
BEFORE_IT = {"login", "logout", "second_factor_set_up", "second_factor_code"}


@pytest.fixture(autouse=True)
def _second_factor(settings):
    settings.SECOND_FACTOR = True


def log_in(client, user, next_: str = "/admin/"):
    return client.post(
        f"/admin/login/?next={next_}",
        {"username": user.username, "password": PASSWORD},
        follow=True,
    )


def where(response) -> str:
    return response.redirect_chain[-1][0].split("?")[0]


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def shown_secret(page) -> str:
    text = re.search(r'class="staff-secret">([^<]+)<', page.content.decode())[1]
    return b32decode(text.replace(" ", "")).hex()


def shown_codes(page) -> list[str]:
    return re.findall(r"<li><code>([^<]+)</code></li>", page.content.decode())


def logged() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("details", flat=True))


# Set it up


def test_first_login_sets_it_up_and_shows_ten_codes_once(client):
    user = make_editor(password=PASSWORD)

    page = log_in(client, user, "/admin/members/city/")
    done = client.post(
        SET_UP, {"code": code_of(shown_secret(page)), "next": "/admin/members/city/"}
    )

    codes = shown_codes(done)
    assert where(page) == SET_UP
    assert len(set(codes)) == second_factor.codes_left(user) == 10
    assert 'href="/admin/members/city/"' in done.content.decode()
    assert "no-store" in done.headers["Cache-Control"]
    assert is_in(client)
    assert not shown_codes(client.get(OVERVIEW))
    assert logged() == ["set up"]


def test_secret_is_drawn_and_written_for_the_app(client):
    client.force_login(make_editor(username="nour"))

    page = client.get(SET_UP)

    text = page.content.decode()
    (secret,) = re.findall(r"[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}", text)
    address = unquote(re.search(r'href="(otpauth://[^"]+)"', text)[1])
    assert "<svg viewBox" in text
    assert " style=" not in text
    assert "Member Journeys:nour" in address
    assert f"secret={secret.replace(' ', '')}" in address


def test_code_of_another_secret_does_not_set_it_up(client):
    user = make_editor()
    client.force_login(user)
    secret = shown_secret(client.get(SET_UP))

    page = client.post(SET_UP, {"code": wrong_code(secret)})

    assert "not the code that belongs to this secret" in page.content.decode()
    assert shown_secret(page) == secret
    assert not TOTPDevice.objects.exists()
    assert not is_in(client)


def test_each_session_has_a_secret_of_its_own(client):
    user = make_editor()
    secrets = set()

    for _session in range(2):
        client.force_login(user)
        secrets.add(shown_secret(client.get(SET_UP)))
        client.logout()

    assert len(secrets) == 2


def test_whoever_has_a_device_cannot_set_up_another_with_the_password_alone(client):
    user = make_editor()
    client.force_login(user)
    secret = shown_secret(client.get(SET_UP))
    give_device(user)

    page = client.get(SET_UP)
    response = client.post(SET_UP, {"code": code_of(secret)})

    assert page.url.startswith(CODE)
    assert response.url.startswith(CODE)
    assert TOTPDevice.objects.count() == 1
    assert second_factor.enrol(user, secret, code_of(secret), replaces=False) is None
    assert not is_in(client)


def test_codes_are_stored_as_digests_only(client):
    codes = give_device(make_editor())

    stored = " ".join(RecoveryCode.objects.values_list("digest", flat=True))

    assert len(stored.split()) == 10
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]


def test_same_code_of_two_people_has_two_digests():
    first, second = make_editor(), make_editor()
    give_device(first)
    give_device(second)

    digests = {device.digest("abcd-efgh-jkmn-pqrs") for device in RecoveryDevice.objects.all()}

    assert len(digests) == 2


# Give a code


def test_every_login_asks_for_a_code_and_then_leads_where_one_wanted(client):
    user = make_editor(password=PASSWORD)
    give_device(user)

    page = log_in(client, user, "/admin/members/city/")
    asked_for = page.context["next"]
    response = client.post(CODE, {"code": code_of(), "next": asked_for})

    assert where(page) == CODE
    assert response.url == "/admin/members/city/"
    assert is_in(client)


def test_code_may_be_typed_with_a_blank(client):
    user = make_editor()
    give_device(user)
    client.force_login(user)
    code = code_of()

    client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})

    assert is_in(client)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_code_never_leads_to_another_site(client, address):
    user = make_editor()
    give_device(user)
    client.force_login(user)

    response = client.post(CODE, {"code": code_of(), "next": address})

    assert response.url == "/admin/"


def test_code_is_taken_once(client):
    user = make_editor()
    give_device(user)
    code = code_of()
    client.force_login(user)
    client.post(CODE, {"code": code})
    client.logout()
    client.force_login(user)

    page = client.post(CODE, {"code": code})

    assert "has been used" in page.content.decode()
    assert not is_in(client)


def test_session_gets_a_new_key_with_the_code(client):
    user = make_editor()
    give_device(user)
    client.force_login(user)
    before = client.session.session_key

    client.post(CODE, {"code": code_of()})

    assert client.session.session_key != before


@pytest.mark.parametrize("typed", ["", "12", "abcdef", "١٢٣٤٥٦", "-1", "1e5", "9" * 20, "9" * 21])
def test_nonsense_is_refused_in_words(client, typed):
    user = make_editor()
    give_device(user)
    client.force_login(user)

    page = client.post(CODE, {"code": typed})

    assert page.status_code == 200
    assert 'class="error' in page.content.decode()
    assert not is_in(client)


def test_after_a_wrong_code_there_is_a_pause_in_which_the_right_one_is_refused(client):
    user = make_editor()
    give_device(user)
    client.force_login(user)
    client.post(CODE, {"code": wrong_code()})
    TOTPDevice.objects.update(throttling_failure_count=4)

    page = client.post(CODE, {"code": code_of()})
    said = re.search(r"wait (\d+) seconds", page.content.decode())
    later(user)
    client.post(CODE, {"code": code_of()})

    assert 1 < int(said[1]) <= 8
    assert is_in(client)


def test_what_was_typed_is_not_in_the_form_again(client):
    user = make_editor()
    give_device(user)
    client.force_login(user)
    wrong = wrong_code()

    by_app = client.post(CODE, {"code": wrong})
    by_recovery = client.post(CODE, {"recovery_code": "abcd-efgh"})

    assert wrong not in by_app.content.decode()
    assert "abcd-efgh" not in by_recovery.content.decode()
    assert "<details" in by_app.content.decode()
    assert re.search(r"<details[^>]* open", by_recovery.content.decode())


def test_code_of_somebody_else_is_refused(client):
    give_device(make_editor())
    user = make_editor()
    give_device(user, key="ff" * 20)
    client.force_login(user)

    client.post(CODE, {"code": code_of()})

    assert not is_in(client)


def test_session_of_another_device_counts_for_nothing(client):
    other = make_editor()
    give_device(other)
    user = make_editor()
    give_device(user)
    client.force_login(user)
    session = client.session
    session["otp_device_id"] = second_factor.device_of(other).persistent_id
    session.save()

    assert not is_in(client)


# Recovery codes


def test_recovery_code_opens_once_and_says_how_many_are_left(client):
    user = make_editor()
    code = give_device(user)[3]
    client.force_login(user)

    page = client.post(CODE, {"recovery_code": code.upper().replace("-", " ")}, follow=True)
    client.logout()
    client.force_login(user)
    again = client.post(CODE, {"recovery_code": code})

    assert "9 are left" in page.content.decode()
    assert again.status_code == 200
    assert not is_in(client)
    assert logged() == ["recovery code used, 9 left"]


def test_recovery_codes_of_another_person_are_refused(client):
    codes = give_device(make_editor())
    user = make_editor()
    give_device(user, key="ff" * 20)
    client.force_login(user)

    client.post(CODE, {"recovery_code": codes[0]})

    assert not is_in(client)


def test_after_a_wrong_recovery_code_there_is_a_pause(client):
    user = make_editor()
    code = give_device(user)[0]
    client.force_login(user)

    client.post(CODE, {"recovery_code": "abcd-efgh-jkmn-pqrs"})
    at_once = client.post(CODE, {"recovery_code": code})
    later(user)
    client.post(CODE, {"recovery_code": code})

    assert "there is a pause" in at_once.content.decode()
    assert is_in(client)


def test_new_recovery_codes_ask_for_a_code_and_take_the_place_of_the_old(client):
    user = make_editor()
    (old, *_rest) = give_device(user)
    log_in_with_code(client, user)

    refused = client.post(OVERVIEW, {"renew": "1", "code": wrong_code()})
    later(user)
    done = client.post(OVERVIEW, {"renew": "1", "code": code_of()})

    new = shown_codes(done)
    recovery = RecoveryDevice.objects.get(user=user)
    assert not shown_codes(refused)
    assert len(new) == 10
    assert not second_factor.accepting(user, recovery, old)
    later(user)
    assert second_factor.accepting(user, recovery, new[0])
    assert logged() == ["new recovery codes"]
    assert is_in(client)


# Replace the device


def test_another_app_takes_the_place_of_the_first_and_ends_other_sessions(client, client_2):
    user = make_editor()
    log_in_with_code(client, user)
    log_in_with_code(client_2, user)

    page = client.post(OVERVIEW, {"replace": "1", "code": code_of()}, follow=True)
    secret = shown_secret(page)
    done = client.post(SET_UP, {"code": code_of(secret)})

    assert len(shown_codes(done)) == 10
    assert [device.key for device in TOTPDevice.objects.all()] == [secret]
    assert is_in(client)
    assert not is_in(client_2)
    assert logged() == ["replaced"]


@pytest.fixture
def client_2():
    from django.test import Client

    return Client()


def test_page_that_replaces_does_not_open_without_a_code_again(client):
    user = make_editor()
    log_in_with_code(client, user)

    page = client.get(SET_UP)
    wrong = client.post(OVERVIEW, {"replace": "1", "code": wrong_code()})
    still = client.get(SET_UP)

    assert page.url == still.url == OVERVIEW
    assert wrong.status_code == 200


def test_secret_that_was_not_taken_is_not_shown_another_time(client):
    user = make_editor()
    log_in_with_code(client, user)
    secrets = []

    for _time in range(2):
        later(user)
        page = client.post(OVERVIEW, {"replace": "1", "code": code_of()}, follow=True)
        secrets.append(shown_secret(page))

    assert secrets[0] != secrets[1]


def test_page_that_replaces_closes_again_after_a_while(client, monkeypatch):
    user = make_editor()
    log_in_with_code(client, user)
    client.post(OVERVIEW, {"replace": "1", "code": code_of()})
    session = client.session
    session["second_factor_replaces_until"] -= 16 * 60
    session.save()

    assert client.get(SET_UP).url == OVERVIEW


def test_old_app_goes_on_until_the_new_one_is_confirmed(client):
    user = make_editor()
    log_in_with_code(client, user)

    client.post(OVERVIEW, {"replace": "1", "code": code_of()}, follow=True)
    client.logout()
    later(user)
    client.force_login(user)
    client.post(CODE, {"code": code_of()})

    assert is_in(client)


# Nothing opens before


def admin_addresses() -> dict[str, str]:
    """An address for every page of the admin, by name."""
    return dict(walk(admin.site.get_urls(), "/admin/"))


def walk(patterns, start):
    for pattern in patterns:
        route = re.sub(r"<[^>]+>", "1", str(pattern.pattern).removeprefix("^").removesuffix("$"))
        route = re.sub(r"\(\?P1.*\)", "journeys", route)
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern.url_patterns, start + route)
        else:
            yield pattern.name or start + route, start + route


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("has_device", [False, True])
@pytest.mark.parametrize("make", [make_editor, make_superuser])
def test_no_page_of_the_admin_opens_before_the_code(client, make, has_device, method):
    user = make()
    if has_device:
        give_device(user)
    client.force_login(user)
    addresses = admin_addresses()
    opened = {}

    for name, address in addresses.items():
        response = getattr(client, method)(address)
        if name not in BEFORE_IT and not response.headers.get("Location", "").startswith(
            "/admin/login/"
        ):
            opened[name] = response.status_code

    assert opened == {}
    assert {"index", "autocomplete", "jsi18n", "password_change", "members_city_change"} <= {
        *addresses
    }
    assert any("preview" in (name or "") for name in addresses)


def test_step_that_is_not_due_leads_to_the_one_that_is(client):
    user = make_editor()
    client.force_login(user)

    without = client.get(CODE)
    give_device(user)
    with_one = client.get(SET_UP)

    assert without.url.startswith(SET_UP)
    assert with_one.url.startswith(CODE)


def test_page_before_the_code_names_no_record_and_lets_log_out(client):
    user = make_superuser()
    give_device(user)
    client.force_login(user)

    text = client.get(CODE).content.decode()
    response = client.post("/admin/logout/")

    assert "/admin/members/" not in text
    assert "/admin/password_change/" not in text
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_steps_ask_strangers_for_the_password_first(client):
    member = User.objects.create_user("member")

    for _session in range(2):
        for address in (SET_UP, CODE, OVERVIEW):
            assert urlsplit(client.get(address).url).path == "/admin/login/"
        client.force_login(member)


def test_public_pages_ask_nobody(client):
    client.force_login(make_editor())

    assert client.get("/").status_code == 200


def test_admin_links_to_the_page_for_it(client):
    log_in_with_code(client, make_editor())

    assert f'href="{OVERVIEW}"' in client.get("/admin/").content.decode()


# Nobody reads it


def test_devices_and_attempts_have_no_page_in_the_admin():
    kinds = {model._meta.app_label for model in admin.site._registry}

    assert not kinds & {"otp_totp", "accounts", "axes"}


# Where it is off


def test_where_it_is_off_the_password_is_enough(client, settings):
    settings.SECOND_FACTOR = False
    user = make_editor(password=PASSWORD)

    page = log_in(client, user)

    assert where(page) == "/admin/"
    assert "second-factor" not in page.content.decode()
    for address in (SET_UP, CODE, OVERVIEW):
        assert client.get(address).status_code == 404


# Help


def help_page(user) -> str:
    return reverse("admin:auth_user_login_help", args=[user.pk])


def test_administrator_resets_the_second_factor_of_another(client, client_2):
    editor = make_editor()
    log_in_with_code(client_2, editor)
    administrator = make_administrator()
    log_in_with_code(client, administrator)

    page = client.get(reverse("admin:auth_user_change", args=[editor.pk]))
    client.post(help_page(editor), {"reset": "1"})

    assert help_page(editor) in page.content.decode()
    assert not TOTPDevice.objects.filter(user=editor).exists()
    assert not RecoveryDevice.objects.filter(user=editor).exists()
    assert client_2.get("/admin/", follow=True).redirect_chain[-1][0].startswith(SET_UP)
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.record_name) == (administrator.username, editor.username)
    assert (entry.action, entry.details) == ("second factor", "reset")


@pytest.mark.parametrize("make", [make_administrator, make_superuser])
def test_nobody_resets_their_own(client, make):
    user = make()
    log_in_with_code(client, user)

    page = client.get(reverse("admin:auth_user_change", args=[user.pk]))
    response = client.post(help_page(user), {"reset": "1"})

    assert help_page(user) not in page.content.decode()
    assert response.status_code == 403
    assert TOTPDevice.objects.filter(user=user).exists()


def test_administrator_does_not_reset_that_of_a_superuser_but_superusers_do(client):
    superuser = make_superuser()
    give_device(superuser)
    log_in_with_code(client, make_administrator())

    by_administrator = client.post(help_page(superuser), {"reset": "1"})
    log_in_with_code(client, make_superuser())
    by_superuser = client.post(help_page(superuser), {"reset": "1"})

    assert by_administrator.status_code == 404
    assert by_superuser.status_code == 302
    assert not TOTPDevice.objects.filter(user=superuser).exists()


def test_rule_of_resetting_knows_superusers():
    superuser, administrator, editor = make_superuser(), make_administrator(), make_editor()

    assert second_factor.may_reset(administrator, editor)
    assert second_factor.may_reset(superuser, administrator)
    assert not second_factor.may_reset(administrator, superuser)


def test_editor_helps_nobody(client):
    other = make_editor()
    give_device(other)
    log_in_with_code(client, make_editor())

    response = client.post(help_page(other), {"reset": "1"})

    assert response.status_code in (403, 404)
    assert TOTPDevice.objects.filter(user=other).exists()


def test_opening_the_page_of_help_changes_nothing(client):
    editor = make_editor()
    give_device(editor)
    log_in_with_code(client, make_administrator())

    page = client.get(help_page(editor))
    client.post(help_page(editor))

    assert "Reset the second factor" in page.content.decode()
    assert TOTPDevice.objects.filter(user=editor).exists()


def test_command_resets_it_and_the_log_says_so():
    give_device(make_editor(username="nour"))
    said = StringIO()

    call_command("reset_second_factor", "nour", stdout=said)
    call_command("reset_second_factor", "nour", stdout=said)

    assert not TOTPDevice.objects.exists()
    assert "forgotten" in said.getvalue()
    assert "has no second factor" in said.getvalue()
    assert [entry.who for entry in AuditEntry.objects.all()] == ["command"]


def test_command_names_the_account_that_is_not_there():
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")
