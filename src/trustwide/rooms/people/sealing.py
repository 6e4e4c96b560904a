"""Secrets at rest: sealed text for what must be read again, and hashes for what need only be recognised."""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _seals() -> MultiFernet:
    """Keys drawn from the installation's own secret, and from those it had before."""
    return MultiFernet([_key(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    drawn = HKDF(SHA256(), length=32, salt=None, info=b"trustwide: sealing of secrets at rest")
    return Fernet(base64.urlsafe_b64encode(drawn.derive(secret.encode())))


def seal(text: str) -> str:
    """Text that only this installation can read."""
    return _seals().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text that was sealed; InvalidToken where the installation's secret is another."""
    return _seals().decrypt(sealed.encode()).decode()


def new_token() -> str:
    """A key that nobody can guess, for a link or a device; 256 bits."""
    return secrets.token_urlsafe(32)


def recognise(token: str) -> str:
    """What is stored of a token: enough to know it again, too little to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
