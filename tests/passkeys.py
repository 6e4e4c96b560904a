"""A passkey made of software, for tests that have no browser: it answers as a phone or a small key does."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, HAS_KEY = 1, 4, 64


class SoftPasskey:
    def __init__(self, origin: str = "http://testserver") -> None:
        self.key, self.origin, self.id = ec.generate_private_key(ec.SECP256R1()), origin, secrets.token_bytes(16)
        self.owner = b""

    def add(self, options: dict[str, Any]) -> str:
        """The answer to a page that adds a passkey, as the page's script would send it."""
        asked = options["publicKey"]
        self.owner = websafe_decode(asked["user"]["id"])
        credential = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        mine = self._data(asked["rp"]["id"], HAS_KEY, credential)
        made = AttestationObject.create("none", mine, {})
        told = CollectedClientData.create("webauthn.create", asked["challenge"], self.origin)
        return self._answer({"clientDataJSON": websafe_encode(told), "attestationObject": websafe_encode(made)})

    def use(self, options: dict[str, Any]) -> str:
        """The answer to a page that asks for a passkey."""
        asked = options["publicKey"]
        mine = self._data(asked["rpId"])
        told = CollectedClientData.create("webauthn.get", asked["challenge"], self.origin)
        signature = self.key.sign(bytes(mine) + told.hash, ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(told),
                "authenticatorData": websafe_encode(mine),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(self.owner),
            }
        )

    def _data(self, site: str, more: int = 0, credential: Any = b"") -> AuthenticatorData:
        return AuthenticatorData.create(sha256(site.encode()).digest(), PRESENT | VERIFIED | more, 0, credential)

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.id)
        results = {"credProps": {"rk": True}}
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": results, "response": response}
        )
