"""A passkey in Python, which says of itself what a test wants."""

import hashlib
import os

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import webauthn
from fido2.cose import ES256
from fido2.utils import websafe_encode

SITE, ORIGIN = "testserver", "http://testserver"
FLAGS = webauthn.AuthenticatorData.FLAG


class Passkey:
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
