"""No test reaches beyond this machine: a connection or a look-up of a name elsewhere fails, and says so."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any


class OutsideConnectionError(RuntimeError):
    """A test tried to reach another machine."""


def is_here(host: object) -> bool:
    """Whether a host is this machine: loopback, or no host at all.

    >>> is_here("127.0.0.1"), is_here("localhost"), is_here("192.0.2.1")
    (True, True, False)
    """
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_outside(host: object) -> None:
    if not is_here(host):
        raise OutsideConnectionError(f"A test tried to reach {host!r}. Tests stay on this machine.")


class LocalSocket(socket.socket):
    """A socket that connects and sends to this machine alone."""

    def connect(self, address: Any) -> None:
        self._check(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        self._check(address)
        return super().connect_ex(address)

    def sendto(self, *arguments: Any) -> int:
        self._check(arguments[-1])
        return super().sendto(*arguments)

    def _check(self, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refuse_outside(address[0])


def stay_on_this_machine() -> None:
    """Put the guard in place for the life of this process; a second call changes nothing."""
    if socket.socket is LocalSocket:
        return
    look_up = socket.getaddrinfo

    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        refuse_outside(host)
        return look_up(host, *arguments, **options)

    socket.socket = LocalSocket  # type: ignore[misc]
    socket.getaddrinfo = guarded
