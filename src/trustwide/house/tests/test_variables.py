"""Environment variables: each is in the list and in the guide, and a wrong one stops the start with a cure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from trustwide.house import network_settings, sign_in_settings, variables
from trustwide.house.installation import database, secret_key
from trustwide.house.logs import logging_settings

ROOT = Path(__file__).resolve().parents[4]
NAMED = re.compile(r"TRUSTWIDE_[A-Z_]*[A-Z]")
SECRET = "zq7-secret-and-more"  # noqa: S105 (what must not be told)
EARNEST = {"TRUSTWIDE_HOSTS": "a.example", "TRUSTWIDE_TLS": "proxy"}
SETTINGS = """
import django; django.setup()
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)
print(s.ALLOWED_HOSTS[-1], s.LOGGING["handlers"]["console"]["formatter"], s.EMAIL_HOST, s.SITE)
"""


def named_in(folder: Path) -> set[str]:
    files = [each for each in folder.rglob("*.py") if "tests" not in each.parts]
    return {name for each in files for name in NAMED.findall(each.read_text(encoding="utf-8"))}


@pytest.fixture(autouse=True)
def none_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables.VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_every_variable_is_in_the_list_and_in_the_guide() -> None:
    named = named_in(ROOT / "src") - variables.NOT_FOR_HOSTS - {"TRUSTWIDE_EMAIL"}
    guide = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    print(f"{len(variables.VARIABLES)} variables, {len(named)} of them named in code")
    assert named <= set(variables.VARIABLES)
    assert variables.as_table() in guide, f"put this table into docs/hosting.md:\n{variables.as_table()}"
    assert set(NAMED.findall(guide)) <= set(variables.VARIABLES)


def test_nobody_reads_the_environment_past_the_list() -> None:
    reading = re.compile(r"""environ(?:\.get\(|\[)["']TRUSTWIDE_""")
    writers = {"prepare.py", "demo.py", "serve.py"}  # they say what the settings are then to find
    house = [each for each in (ROOT / "src").rglob("*.py") if "tests" not in each.parts and each.name not in writers]
    assert [each.name for each in house if reading.search(each.read_text(encoding="utf-8"))] == []


def test_control_a_variable_past_the_list_is_seen() -> None:
    with pytest.raises(KeyError):
        variables.said("TRUSTWIDE_COLOUR")
    assert NAMED.findall('environ.get("TRUSTWIDE_COLOUR")') == ["TRUSTWIDE_COLOUR"]


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ({"TRUSTWIDE_HOST": "a.example"}, "Did you mean TRUSTWIDE_HOSTS?"),
        ({"TRUSTWIDE_COLOUR": "red"}, "knows no such variable. Unset it"),
        ({"TRUSTWIDE_HOSTS": "https://a.example"}, "with no https:// and no port"),
        ({"TRUSTWIDE_HOSTS": "*"}, "is no name of a host"),
        ({"TRUSTWIDE_HOSTS": "a.example"}, "then set TRUSTWIDE_TLS=proxy"),
        ({"TRUSTWIDE_HOSTS": "a.example", "TRUSTWIDE_TLS": "no"}, "Write proxy"),
        ({"TRUSTWIDE_HOSTS": "a.example", "TRUSTWIDE_DEMO": "1"}, "Unset TRUSTWIDE_HOSTS"),
        ({"TRUSTWIDE_SITE": "a.example"}, "Write an address with nothing after it"),
        ({**EARNEST, "TRUSTWIDE_SITE": "https://b.example"}, "one of those hosts"),
        ({**EARNEST, "TRUSTWIDE_SITE": "http://a.example"}, "it is https://"),
        ({"TRUSTWIDE_AUTHORITIES": "nowhere.pem"}, "which is no file"),
        ({"TRUSTWIDE_METRICS_TOKEN": "short"}, "openssl rand -hex 24"),
        ({"TRUSTWIDE_EMAIL_USER": SECRET}, "TRUSTWIDE_EMAIL_HOST is not. Name the mail server"),
        ({"TRUSTWIDE_EMAIL_HOST": "mail.example"}, "TRUSTWIDE_EMAIL_FROM must say"),
        ({"TRUSTWIDE_EMAIL_SECURITY": "ssl"}, "Write starttls or tls or none"),
        ({"TRUSTWIDE_IDLE_MINUTES": "half an hour"}, "a whole number from 1 to 1440"),
        ({"TRUSTWIDE_LOG_LEVEL": "DEBUG"}, "Write INFO or WARNING or ERROR"),
        ({"TRUSTWIDE_LOG": "xml"}, "Write json or plain"),
        ({"TRUSTWIDE_SECRET_KEY": SECRET}, "openssl rand -base64 48"),
        ({"TRUSTWIDE_DATABASE": f"postgresql://sam:{SECRET}/x@db:port/trust"}, "In a password write @ as %40"),
        ({"TRUSTWIDE_DATABASE": f"mysql://sam:{SECRET}@db/trust"}, "Write postgresql://user:password@host/name"),
    ],
)
def test_a_wrong_variable_says_what_to_do_and_no_secret(
    said: dict[str, str], cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        read_all(tmp_path)
    print(stopped.value)
    assert cure in str(stopped.value)
    assert SECRET not in str(stopped.value)


def test_control_nothing_wrong_stops_nothing(tmp_path: Path) -> None:
    read_all(tmp_path)


def read_all(folder: Path) -> None:
    """What settings read as they are loaded, in their order."""
    variables.refuse_unknown()
    network_settings.hosts()
    network_settings.site()
    network_settings.authorities()
    network_settings.metrics_token()
    sign_in_settings.letters(folder)
    variables.whole_number("TRUSTWIDE_IDLE_MINUTES", 30, 1, 24 * 60)
    logging_settings(usually_json=False)
    database(folder)
    secret_key(folder)


@pytest.mark.parametrize(
    ("more", "cure"),
    [
        ({"EMAIL_USER": "sam"}, "Set both TRUSTWIDE_EMAIL_USER and TRUSTWIDE_EMAIL_PASSWORD"),
        ({"EMAIL_USER": "sam", "EMAIL_PASSWORD": SECRET, "EMAIL_SECURITY": "none"}, "in the clear"),
        ({"EMAIL_PORT": "70000"}, "a whole number from 1 to 65535, such as 587"),
    ],
)
def test_a_mail_server_is_told_whole(
    more: dict[str, str], cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"EMAIL_HOST": "mail.example", "EMAIL_FROM": "T <t@a.example>", **more}.items():
        monkeypatch.setenv(f"TRUSTWIDE_{name}", value)
    with pytest.raises(SystemExit) as stopped:
        sign_in_settings.letters(tmp_path)
    assert cure in str(stopped.value)
    assert SECRET not in str(stopped.value)


def test_for_real_work_the_key_is_never_made_in_silence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="prepare --new-key"):
        secret_key(tmp_path, made_if_missing=False)
    assert list(tmp_path.iterdir()) == []


def test_for_real_work_cookies_are_for_https_alone(tmp_path: Path) -> None:
    told = {
        "TRUSTWIDE_DATA": str(tmp_path), "TRUSTWIDE_HOSTS": "a.example, B.example", "TRUSTWIDE_TLS": "proxy",
        "TRUSTWIDE_SECRET_KEY": "k" * 60, "TRUSTWIDE_EMAIL_HOST": "mail.example", "TRUSTWIDE_EMAIL_FROM": "t@a.example",
        "DJANGO_SETTINGS_MODULE": "trustwide.house.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", SETTINGS], env={**os.environ, **told}, capture_output=True, text=True)
    cookies, others = done.stdout.splitlines()
    assert cookies == "__Host-sessionid __Host-csrftoken True 31536000 True"
    assert others == "b.example json mail.example https://a.example"
    assert not (tmp_path / "secret-key").exists()
