"""A real identity provider on this machine, and somebody who signs in to it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

HERE, ROOT = Path(__file__).parent, Path(__file__).resolve().parents[2]
CLIENT, SECRET = "trustwide", "a secret of the test"


@contextmanager
def provider(people: dict[str, dict[str, object]], back: str) -> Iterator[str]:
    """The address of npm's oidc-provider, which knows those people and sends them back to that address."""
    with _running("oidc-provider", "provider.mjs", json.dumps(people), back) as address:
        yield address


@contextmanager
def saml_provider(people: dict[str, dict[str, str]], back: str, key: Path, certificate: Path) -> Iterator[str]:
    """The address of npm's samlp, with the attributes of each person; it signs its answers with that key."""
    with _running("samlp", "saml.mjs", json.dumps(people), back, str(certificate), str(key)) as address:
        yield address


@contextmanager
def _running(package: str, program: str, *told: str) -> Iterator[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not on this machine: the identity provider of this test is a program of Node.js")
    if not (ROOT / "node_modules" / package).is_dir():
        pytest.fail(f"{package} is not there. Install it: npm ci --ignore-scripts")
    words = [node, "--no-warnings", HERE / program, *told]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as running:
        try:
            address = running.stdout.readline().strip()  # type: ignore[union-attr]
            assert address.startswith("http://127.0.0.1:"), running.stderr.read()  # type: ignore[union-attr]
            yield address
        finally:
            running.kill()


def make_key(folder: Path, name: str) -> tuple[Path, Path]:
    """A key and a certificate that it signed itself, as files."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=2))
    signed = made.sign(key, hashes.SHA256())
    files = folder / f"{name}.key", folder / f"{name}.pem"
    plain = serialization.NoEncryption()
    as_pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    files[0].write_bytes(key.private_bytes(*as_pem))
    files[1].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return files


def come_in_as(who: str, way: str) -> str:
    """Follow the way to the provider, say who one is, and give back the address that it leads to on our side."""
    with requests.Session() as browser:
        for _ in range(10):
            answer = browser.get(way, allow_redirects=False, timeout=10)
            if "come-in" in way and "?" not in way:
                way += f"?who={who}"
                continue
            assert answer.is_redirect, answer.text
            way = urljoin(way, answer.headers["Location"])
            if urlsplit(way).hostname == "testserver":
                return way
    raise AssertionError("the provider never led back")
