"""Where we send, and where we never do: against a real server of this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.https_server import Hook, https_server
from trustwide.engines import outbound
from trustwide.engines.outbound import Guard, Refused, Unanswered, check, is_public, post_json

LOCALHOST = frozenset({"localhost"})
CLOSED = (
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1",
    "::ffff:10.0.0.1", "::ffff:9.9.9.9", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "ff02::1", "fec0::1",
)  # fmt: skip
OPEN = ("9.9.9.9", "20.112.52.29", "2620:fe::fe", "2a02:26f0::1")


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Hook]:
    with https_server(tmp_path) as running:
        yield running


def allowed(hook: Hook) -> Guard:
    return Guard(LOCALHOST, hook.authorities)


@pytest.mark.parametrize("address", CLOSED)
def test_closed_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OPEN)
def test_control_open_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_in_another_dress_is_never_public(address: ipaddress.IPv4Address) -> None:
    for dress in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert not is_public(ipaddress.ip_address(dress))


@pytest.mark.parametrize(
    "address",
    [
        "http://chat.example.org/", "ftp://chat.example.org/", "//chat.example.org/", "chat.example.org", "", "https://",
        "https:///path", "https://user@chat.example.org/", "https://user:word@chat.example.org/", "file:///etc/passwd",
        "https://chat.example.org:22/", "https://chat.example.org:99999/", "https://[::1/", "https://a b/",
        "https://chat.example.org/\r\nHost: x", "https://chat.example.org/é", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_addresses_of_the_wrong_form_are_refused(address: str) -> None:
    with pytest.raises(Refused):
        check(address, Guard())


@given(st.text(max_size=60))
def test_any_text_is_refused_or_https(text: str) -> None:
    try:
        assert check(text, Guard()).scheme == "https"
    except Refused:
        return


def test_what_is_sent_arrives(hook: Hook) -> None:
    assert post_json(hook.address, b'{"a": 1}', allowed(hook)) == 200
    assert hook.came == [("/hook?sig=abc", b'{"a": 1}')]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0177.0.0.1", "2130706433", "localhost."])
def test_this_machine_is_refused_unless_it_is_listed(hook: Hook, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "HTTPS", hook.port)
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", hook.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: here)  # however a system reads such a name
    with pytest.raises(Refused, match="open internet"):
        post_json(f"https://{host}:{hook.port}/", b"{}", Guard(authorities=hook.authorities))
    assert hook.came == []


def test_a_name_with_one_closed_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the machine that is asked is the one that was looked at: it is looked up once."""
    asked = []

    def two_sided(*words: object, **_more: object) -> list[object]:
        asked.append(words)
        return [(2, 1, 6, "", (each, 443)) for each in ("9.9.9.9", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", two_sided)
    with pytest.raises(Refused):
        post_json("https://chat.example.org/", b"{}", Guard())
    assert len(asked) == 1


def test_a_name_that_changes_meanwhile_changes_nothing(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([[(2, 1, 6, "", ("9.9.9.9", 443))], [(2, 1, 6, "", ("127.0.0.1", 443))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: next(answers))
    tried = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unanswered):
        post_json("https://chat.example.org/", b"{}", Guard())
    assert tried == [("9.9.9.9", 443)]


def test_a_redirect_is_not_followed(hook: Hook) -> None:
    hook.status, hook.leads_to = 302, hook.address
    assert post_json(hook.address, b"{}", allowed(hook)) == 302
    assert len(hook.came) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(hook: Hook) -> None:
    with pytest.raises(Unanswered, match="certificate"):
        post_json(hook.address, b"{}", Guard(LOCALHOST))
    assert hook.came == []


def test_an_answer_that_does_not_come_is_cut_off(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "EXCHANGE", 0.3)
    hook.slowly = 3.0
    with pytest.raises(Unanswered):
        post_json(hook.address, b"{}", allowed(hook))


def test_no_server_is_told(tmp_path: Path) -> None:
    with https_server(tmp_path) as gone:
        address = gone.address
    with pytest.raises(Unanswered):
        post_json(address, b"{}", Guard(LOCALHOST, gone.authorities))
