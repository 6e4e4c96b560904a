"""A stand-in for clamd: it speaks INSTREAM over a socket, and finds a virus in whatever holds the words VIRUS."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VIRUS = b"zq7-made-up-virus"
NAME = "Made.Up.Virus-1"


@dataclass
class Scanner:
    """Where it listens, what it was sent, and what it says in place of what it found, if a test tells it to."""

    address: str = ""
    says: bytes | None = None
    seen: list[bytes] = field(default_factory=list)


@contextmanager
def virus_scanner(folder: Path | None = None) -> Iterator[Scanner]:
    """It listens on a port of this machine, or at a path in a folder."""
    scanner = Scanner()
    kind: Any = socketserver.ThreadingUnixStreamServer if folder else socketserver.ThreadingTCPServer
    with kind(str(folder / "clamd.ctl") if folder else ("127.0.0.1", 0), _handler(scanner)) as server:
        server.daemon_threads = True
        scanner.address = str(server.server_address) if folder else f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        try:
            yield scanner
        finally:
            server.shutdown()
            thread.join()


def _handler(scanner: Scanner) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if self.rfile.read(10) != b"zINSTREAM\0":
                self.wfile.write(b"UNKNOWN COMMAND\0")
                return
            content = b""
            while length := struct.unpack(">I", self.rfile.read(4))[0]:
                content += self.rfile.read(length)
            scanner.seen.append(content)
            found = f"stream: {NAME} FOUND\0".encode() if VIRUS in content else b"stream: OK\0"
            self.wfile.write(found if scanner.says is None else scanner.says)

    return Handler
