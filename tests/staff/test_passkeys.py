"""Passkeys: of this site, for its person, and once."""

import hashlib
import json
import os
import re

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.auth.models import User
from django.utils.html import strip_tags
from fido2 import webauthn
from fido2.cose import ES256
from fido2.utils import websafe_encode

from tests.staff.codes import CODE, FACTORS, LOGIN, give_name, is_in

pytestmark = [pytest.mark.usefixtures("second_factor"), pytest.mark.one_database]

ADD, ALONE = f"{FACTORS}passkeys/add/", f"{FACTORS}passkeys/login/"
SITE, ORIGIN = "testserver", "http://testserver"
FLAGS = webauthn.AuthenticatorData.FLAG


class Passkey:
    """One in Python, which says of itself what a test wants."""

    def __init__(self, user) -> None:
        self.user, self.key, self.id = user, ec.generate_private_key(ec.SECP256R1()), os.urandom(16)

    def registered(self, challenge: str) -> dict:
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = webauthn.AttestedCredentialData.create(bytes(16), self.id, public)
        data = self.data(SITE, FLAGS.UP | FLAGS.UV | FLAGS.AT, credential)
        attested = webauthn.AttestationObject.create("none", data, {})
        client = webauthn.CollectedClientData.create("webauthn.create", challenge, ORIGIN)
        return self.answer(client, attestationObject=attested)

    def signed(self, challenge: str, site: str = SITE, origin: str = ORIGIN) -> dict:
        data = self.data(site, FLAGS.UP | FLAGS.UV)
        client = webauthn.CollectedClientData.create("webauthn.get", challenge, origin)
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        handle = user_pk_to_url_str(self.user).encode()
        told = {"authenticatorData": data, "signature": signature, "userHandle": handle}
        return self.answer(client, **told)

    def data(self, site: str, flags, credential: bytes = b"") -> webauthn.AuthenticatorData:
        hashed = hashlib.sha256(site.encode()).digest()
        return webauthn.AuthenticatorData.create(hashed, flags, 0, credential)

    def answer(self, client, **told) -> dict:
        told = {name: websafe_encode(value) for name, value in told.items()}
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": {"clientDataJSON": websafe_encode(client), **told},
            "clientExtensionResults": {"credProps": {"rk": True}},
        }


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


def test_passkey_opens_the_admin_alone_whoever_guesses_and_its_answer_is_taken_once(
    client, elsewhere, passkey
):
    for _time in range(6):
        client.post(LOGIN, {"login": "nour", "password": "wrong"})
    credential, _page = use_alone(client, passkey)
    challenge_in(elsewhere.get(ALONE, headers={"accept": "application/json"}))

    elsewhere.post(ALONE, {"credential": credential})

    assert is_in(client)
    assert not is_in(elsewhere)


def test_passkey_of_another_site_or_of_whoever_is_not_staff_opens_nothing(
    client, nour, passkey, settings
):
    use_alone(client, passkey, site="evil.example")
    assert not is_in(client)
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    use_alone(client, passkey, origin="https://evil.example")
    assert not is_in(client)

    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    for change in ({"is_staff": False}, {"is_staff": True, "is_active": False}):
        User.objects.filter(pk=nour.pk).update(**change)
        use_alone(client, passkey)
        assert "cannot sign in" in client.get("/admin/", follow=True).content.decode()
        assert "_auth_user_id" not in client.session


NONSENSE = [
    "{}",
    '{"response": {"userHandle": 5}}',
    '{"id": "", "rawId": "", "type": "public-key", "response": {}}',
    "[" * 20_000,
]
REFUSED = re.compile("did not work|not right|required")


@pytest.mark.parametrize("answer", NONSENSE)
def test_what_no_passkey_answers_is_refused_in_words(client, elsewhere, nour, passkey, answer):
    client.get(ALONE, headers={"accept": "application/json"})
    give_name(elsewhere, nour)

    alone = client.post(ALONE, {"credential": answer}, follow=True)
    second = elsewhere.post(CODE, {"credential": answer}, follow=True)

    for page in (alone, second):
        assert REFUSED.search(strip_tags(page.content.decode()))


def test_what_no_passkey_answers_adds_none_and_is_logged(client, nour, caplog):
    give_name(client, nour)
    answer = Passkey(nour).registered(challenge_in(client.get(ADD), "creation_options"))
    answer["response"]["attestationObject"] = ""

    page = client.post(ADD, {"name": "", "credential": json.dumps(answer)}, follow=True)

    assert REFUSED.search(strip_tags(page.content.decode()))
    assert not Authenticator.objects.exists()
    assert "What a passkey answered was refused" in caplog.text
