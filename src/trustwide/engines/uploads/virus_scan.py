"""Asking clamd, the service of ClamAV, whether a file holds a virus: its INSTREAM command over a socket."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable

SECONDS = 30.0  # for each exchange: the largest file takes clamd some seconds
ANSWER = 4_096  # bytes at most


class NotScanned(OSError):
    """The scanner could not be reached, or did not say; the message tells why, in a few words."""


def virus_in(parts: Iterable[bytes], scanner: str, seconds: float = SECONDS) -> str:
    """What a scanner calls the virus that it finds in a file, sent part by part; nothing where it finds none.

    `scanner` is `host:port`, or the path of a socket on this machine. Raises NotScanned, so that nobody takes silence
    for an answer.
    """
    try:
        with _connected(scanner, seconds) as asking:
            asking.sendall(b"zINSTREAM\0")
            for part in parts:
                if part:  # an empty one would say that this is all
                    asking.sendall(struct.pack(">I", len(part)) + part)
            asking.sendall(struct.pack(">I", 0))
            said = _answer(asking)
    except (OSError, ValueError) as error:
        raise NotScanned(f"the scanner cannot be reached ({type(error).__name__})") from error
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise NotScanned("the scanner did not look at the file")


def _connected(scanner: str, seconds: float) -> socket.socket:
    if scanner.startswith("/"):
        asking = socket.socket(socket.AF_UNIX)
        asking.settimeout(seconds)
        try:
            asking.connect(scanner)
        except OSError:
            asking.close()
            raise
        return asking
    host, _, port = scanner.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _answer(asking: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < ANSWER:
        part = asking.recv(ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
