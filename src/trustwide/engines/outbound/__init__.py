"""Sending to an address that somebody typed, and to public machines alone."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

HTTPS = 443
CONNECT, EXCHANGE = 5.0, 15.0  # seconds
READ_AT_MOST = 2_000
#: IPv6 addresses that carry an IPv4 address, which is the one that is reached.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(ValueError):
    """The address may not be sent to; the message says why, in a few words."""


class Unanswered(OSError):
    """Nothing was answered; the message says why, in a few words."""


@dataclass(frozen=True)
class Guard:
    """What whoever runs the installation allows: hosts of their own network, by name, and their own authority."""

    may_reach: frozenset[str] = frozenset()
    authorities: str | None = None  # a file of certificates to trust, in place of the machine's


def check(address: str, guard: Guard) -> SplitResult:
    """The parts of an address that has the right form; Refused otherwise. Nothing is looked up.

    >>> check("https://chat.example.org/hook?sig=a", Guard()).hostname
    'chat.example.org'
    >>> check("http://chat.example.org/hook", Guard())
    Traceback (most recent call last):
        ...
    trustwide.engines.outbound.Refused: it does not begin with https://
    """
    if any(each.isspace() or not each.isprintable() or not each.isascii() for each in address):
        raise Refused("it holds a space or a letter that addresses do not have")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Refused("it cannot be read as an address") from None
    if parts.scheme != "https":
        raise Refused("it does not begin with https://")
    if not parts.hostname:
        raise Refused("it names no machine")
    if parts.username is not None or parts.password is not None:
        raise Refused("it names a user or a password")
    if port not in (None, HTTPS) and parts.hostname not in guard.may_reach:
        raise Refused("it names a port of its own")
    return parts


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet.

    >>> [is_public(ipaddress.ip_address(each)) for each in ("9.9.9.9", "10.0.0.1", "::1", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.sixtofour or address.teredo or address in TRANSLATED:
            return False
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def look_up(parts: SplitResult, guard: Guard) -> list[str]:
    """The addresses of a machine; Refused unless all of them are public, or it is one that may be reached."""
    host, port = parts.hostname or "", parts.port or HTTPS
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Unanswered("its machine was not found") from None
    addresses = [each.partition("%")[0] for each in found]
    if host not in guard.may_reach and not all(is_public(ipaddress.ip_address(each)) for each in addresses):
        raise Refused("it leads to a machine that is not on the open internet")
    return list(dict.fromkeys(addresses))


def post_json(address: str, body: bytes, guard: Guard) -> int:
    """Send once; the status that was answered, a redirect's too. Refused or Unanswered otherwise."""
    parts = check(address, guard)
    host, port = parts.hostname or "", parts.port or HTTPS
    asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json", "User-Agent": "Trustwide", "Connection": "close"}
    try:
        with _connected(look_up(parts, guard), host, port, guard) as sock:
            connection = HTTPSConnection(host, port)
            connection.sock = sock
            connection.request("POST", asked, body, headers)
            answer = connection.getresponse()
            answer.read(READ_AT_MOST)
            return answer.status
    except ssl.SSLError:
        raise Unanswered("its certificate is not good") from None
    except TimeoutError:
        raise Unanswered("it did not answer in time") from None
    except (Refused, Unanswered):
        raise
    except (OSError, HTTPException, ValueError):
        raise Unanswered("it did not answer as a web server does") from None


@contextmanager
def _connected(addresses: list[str], host: str, port: int, guard: Guard) -> Iterator[ssl.SSLSocket]:
    """A connection to one of the addresses that were looked at, cut off when the time for it is over."""
    context = ssl.create_default_context(cafile=guard.authorities)
    plain = _first_that_answers(addresses, port)
    with context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False) as sock:
        cut = threading.Timer(EXCHANGE, _shut, [sock])
        cut.daemon = True
        cut.start()
        try:
            sock.do_handshake()
            yield sock
        finally:
            cut.cancel()


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _first_that_answers(addresses: list[str], port: int) -> socket.socket:
    for each in addresses[:3]:
        with suppress(OSError):
            return socket.create_connection((each, port), timeout=CONNECT)
    raise Unanswered("it could not be reached")
