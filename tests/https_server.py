"""A web server of this machine, with a certificate of its own, that keeps what it is sent."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Hook:
    """What it answers with, and what came; a test may change the answer at any moment."""

    port: int = 0
    authorities: str = ""  # the file of the certificate that vouches for it
    status: int = 200
    leads_to: str = ""
    slowly: float = 0.0  # seconds before it answers
    came: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}/hook?sig=abc"


@contextmanager
def https_server(folder: Path) -> Iterator[Hook]:
    """It answers on localhost for as long as the block runs."""
    certificate = make_certificate(folder)
    hook = Hook(authorities=str(certificate))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hook))
    server.daemon_threads = True
    server.handle_error = lambda *_about: None  # type: ignore[method-assign]  # whoever asks may go away meanwhile
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(hook: Hook) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # whoever sent it went away in the middle
            hook.came.append((self.path, body))
            time.sleep(hook.slowly)
            self.send_response(hook.status)
            if hook.leads_to:
                self.send_header("Location", hook.leads_to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """What came is kept, not printed."""

    return Handler


def make_certificate(folder: Path) -> Path:
    """A key and a certificate for localhost, in one file, that vouches for itself."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    here = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(here), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    plain = serialization.NoEncryption()
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(written + made.public_bytes(serialization.Encoding.PEM))
    return file
