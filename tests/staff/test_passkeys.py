"""Passkeys: of this site, for its person, and once."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from tests.staff.codes import CODE, FACTORS, PASSWORD, give_name, is_in
from tests.staff.passkeys import Passkey

pytestmark = pytest.mark.usefixtures("second_factor")

ADD, ALONE = f"{FACTORS}passkeys/add/", f"{FACTORS}passkeys/login/"


def challenge_in(page, kind: str = "request_options") -> str:
    options = page.json() if page.headers["Content-Type"] == "application/json" else None
    return (options or page.context["js_data"])[kind]["publicKey"]["challenge"]


@pytest.fixture
def passkey(client, nour):
    """Registered by nour, who has signed out since."""
    key = Passkey(nour)
    give_name(client, nour)
    credential = key.registered(challenge_in(client.get(ADD), "creation_options"))
    added = client.post(ADD, {"name": "My telephone", "credential": json.dumps(credential)})
    assert added.url == f"{FACTORS}codes/"
    client.logout()
    return key


def use_alone(client, passkey, **told):
    challenge = challenge_in(client.get(ALONE, headers={"accept": "application/json"}))
    credential = json.dumps(passkey.signed(challenge, **told))
    return credential, client.post(ALONE, {"credential": credential})


def test_passkey_opens_the_admin_alone(client, passkey):
    use_alone(client, passkey)

    assert is_in(client)


def test_passkey_opens_the_admin_after_the_password(client, nour, passkey):
    give_name(client, nour)
    page = client.get(CODE)
    credential = passkey.signed(challenge_in(page))

    assert "Use a passkey" in page.content.decode()
    client.post(CODE, {"credential": json.dumps(credential)})

    assert is_in(client)


@pytest.mark.parametrize(
    ("told", "is_https"),
    [({"site": "evil.example"}, False), ({"origin": "https://evil.example"}, True)],
)
def test_passkey_of_another_site_opens_nothing(client, passkey, settings, told, is_https):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not is_https

    use_alone(client, passkey, **told)

    assert not is_in(client)


def test_answer_of_a_passkey_is_taken_once(client, elsewhere, passkey):
    credential, _page = use_alone(client, passkey)
    challenge_in(elsewhere.get(ALONE, headers={"accept": "application/json"}))

    elsewhere.post(ALONE, {"credential": credential})

    assert not is_in(elsewhere)


@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}])
def test_passkey_of_whoever_is_not_staff_opens_nothing(client, nour, passkey, change):
    User.objects.filter(pk=nour.pk).update(**change)

    use_alone(client, passkey)

    assert "cannot sign in" in client.get("/admin/", follow=True).content.decode()
    assert "_auth_user_id" not in client.session


def test_passkey_lets_in_who_is_held_up_by_wrong_passwords(client, elsewhere, nour, passkey):
    for _time in range(6):
        elsewhere.post("/admin/account/login/", {"login": "nour", "password": "wrong"})

    use_alone(elsewhere, passkey)

    assert is_in(elsewhere)


def test_password_alone_adds_no_passkey_to_an_account_that_has_a_factor(client, nour, passkey):
    client.force_login(nour)

    assert client.get(ADD).url.startswith(f"{FACTORS}again/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    assert nour.check_password(PASSWORD)
