"""Who reaches Trustwide: this machine over http, or anybody through a proxy that does TLS. Read by settings.py."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from trustwide.house.variables import PREFIX, one_of, refuse_unknown, said, whole_number

NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)
NO_TLS = (
    "TRUSTWIDE_HOSTS is set and TRUSTWIDE_TLS is not. Passwords must not go over the network in the clear: put a proxy "
    "that does TLS beside Trustwide (docs/hosting.md shows one), then set TRUSTWIDE_TLS=proxy."
)
OPEN_DEMO = "In the demo anybody may be anybody, so it is for this machine alone. Unset TRUSTWIDE_HOSTS."
SHORT_TOKEN = "TRUSTWIDE_METRICS_TOKEN is too short. Make one of 20 characters or more: openssl rand -hex 24"  # noqa: S105
EXAMPLE = "https://trustwide.example.nhs.uk"
CLAMD_SOCKET = "/run/clamav/clamd.ctl"
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


def hosts() -> list[str]:
    """The names that TRUSTWIDE_HOSTS tells; SystemExit where one of them is none, or where TLS was not thought of."""
    names = [each.strip().lower() for each in said(f"{PREFIX}HOSTS").split(",") if each.strip()]
    for name in names:
        if not NAME.fullmatch(name):
            cure = "Write names alone, such as trustwide.example.nhs.uk, with no https:// and no port."
            raise SystemExit(f"TRUSTWIDE_HOSTS holds {name!r}, which is no name of a host. {cure}")
    if names and said("TRUSTWIDE_DEMO") == "1":
        raise SystemExit(OPEN_DEMO)
    if names and not said(f"{PREFIX}TLS"):
        raise SystemExit(NO_TLS)
    if names:
        one_of(f"{PREFIX}TLS", "", "proxy")
    return names


def site() -> str:
    """Where people open Trustwide; SystemExit where TRUSTWIDE_SITE is no address, or not one of our hosts'."""
    names = hosts()
    told = said(f"{PREFIX}SITE", f"https://{names[0]}" if names else "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(told)
    if parts.scheme not in ("http", "https") or not NAME.fullmatch(parts.hostname or "") or parts.path:
        raise SystemExit(f"TRUSTWIDE_SITE is {told!r}. Write an address with nothing after it: {EXAMPLE}")
    if names and (parts.scheme != "https" or parts.hostname not in names):
        raise SystemExit(f"TRUSTWIDE_SITE is {told!r}. With TRUSTWIDE_HOSTS it is https:// and one of those hosts.")
    return told


def authorities() -> str:
    file = said(f"{PREFIX}AUTHORITIES")
    if file and not Path(file).is_file():
        raise SystemExit(f"TRUSTWIDE_AUTHORITIES names {file}, which is no file. Name a file of certificates.")
    return file


def metrics_token() -> str:
    token = said(f"{PREFIX}METRICS_TOKEN")
    if token and len(token) < 20:
        raise SystemExit(SHORT_TOKEN)
    return token


def scanner() -> str:
    """Where clamd listens; SystemExit where TRUSTWIDE_CLAMD is no such place."""
    told = said(f"{PREFIX}CLAMD")
    host, _, port = told.rpartition(":")
    named = NAME.fullmatch(host) or host == "[::1]"
    if told and not told.startswith("/") and not (named and re.fullmatch(r"[0-9]{1,5}", port)):
        raise SystemExit(f"TRUSTWIDE_CLAMD is {told!r}. Write host:port, or the path of a socket: {CLAMD_SOCKET}")
    return told


refuse_unknown()
HOSTS = hosts()
#: No outside host is named, so Trustwide answers to its own machine alone, over plain http.
ON_THIS_MACHINE = not HOSTS
PROXIES = whole_number("TRUSTWIDE_PROXIES", 1, 1, 5)
METRICS_TOKEN = metrics_token()
ALLOWED_HOSTS = [*LOOPBACK, *HOSTS]

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HOSTS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # watched from this machine, where there is no TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
