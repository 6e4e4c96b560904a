"""Control of the guard on sockets: it refuses elsewhere and lets this machine through."""

from __future__ import annotations

import socket

import pytest

from tests.sockets import OutsideConnectionError

ELSEWHERE = ("192.0.2.1", 9)  # an address kept for documentation: nothing answers there


@pytest.mark.parametrize("act", ["connect", "connect_ex"])
def test_socket_refuses_another_machine(act: str) -> None:
    with socket.socket() as outside, pytest.raises(OutsideConnectionError):
        getattr(outside, act)(ELSEWHERE)


def test_socket_refuses_to_send_to_another_machine() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside, pytest.raises(OutsideConnectionError):
        outside.sendto(b"x", ELSEWHERE)


@pytest.mark.parametrize("name", ["trustwide.invalid", "192.0.2.1"])
def test_names_elsewhere_are_not_looked_up(name: str) -> None:
    with pytest.raises(OutsideConnectionError):
        socket.create_connection((name, 80), timeout=1)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername()[0] == "127.0.0.1"
