"""`trustwide serve`: the web server, for this machine and for the proxy beside it."""

from __future__ import annotations

import argparse
import gc
import io
import os
import socket
import sys
import threading
import webbrowser
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from trustwide.house.variables import said

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

HOST = "127.0.0.1"
#: Two make pages (`at_once.py`); the others answer at once what hundreds of boards ask.
THREADS = 6
#: Seconds that one thread goes on while another waits: Python's five milliseconds are long for who only asks.
SHORT_TURN = 0.001
LAST_PORT = 65535
#: An open board keeps its connection; poll() is not held to the thousand that select() can watch.
MANY = {"connection_limit": 2_000, "asyncore_use_poll": True}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="trustwide serve", description="Serve Trustwide to this machine.")
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    parser.add_argument("--no-worker", action="store_true", help="leave the background work to `trustwide worker`")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    options = parser.parse_args(argv)
    from trustwide.house.prepare import use_data

    if not said("TRUSTWIDE_HOSTS"):
        os.environ.setdefault("TRUSTWIDE_SITE", f"http://{HOST}:{options.port}")
    use_data(options.data)
    return serve(options.port, open_browser=not options.no_browser, with_worker=not options.no_worker)


def _has_screen() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _listen(port: int) -> socket.socket:
    """A socket of this machine alone; OSError where the port is taken or not ours to take."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()  # only now is the port ours: until then another may have it too
    except (OSError, OverflowError):
        listening.close()
        raise
    return listening


def serve(port: int, *, open_browser: bool, first_page: str = "/", with_worker: bool = True) -> int:
    """Serve until it is stopped, and do the background work beside it; a browser opens where there is a screen."""
    from waitress.server import create_server

    from trustwide.house.readiness import must_have_tables
    from trustwide.house.worker import worker_beside
    from trustwide.house.wsgi import application

    try:
        listening = _listen(port)
    except (OSError, OverflowError) as error:
        another = port + 1 if 0 < port < LAST_PORT else 8001
        print(f"Port {port} cannot be used ({error}). Try another: --port {another}", file=sys.stderr)
        return 1
    must_have_tables()
    server = create_server(
        application, sockets=[listening], threads=THREADS, ident=None, **MANY, **_trusting_the_proxy()
    )
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    print(f"Trustwide is at {address.rstrip('/')}{first_page}\n{_who_reaches_it()} Ctrl+C stops it.", flush=True)
    if open_browser and _has_screen():
        threading.Thread(target=webbrowser.open, args=[address.rstrip("/") + first_page], daemon=True).start()
    try:
        _warm(application)
        sys.setswitchinterval(SHORT_TURN)
        gc.freeze()  # what is there now stays as long as the server: no need to look through it for what has gone
        with worker_beside() if with_worker else nullcontext():
            server.run()
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


def _trusting_the_proxy() -> dict[str, Any]:
    """What the proxy beside us says of the visitor is believed; of anybody else's headers nothing is."""
    from django.conf import settings

    if settings.ON_THIS_MACHINE:
        return {}
    return {
        "trusted_proxy": HOST,
        "trusted_proxy_count": settings.PROXIES,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _who_reaches_it() -> str:
    from django.conf import settings

    return (
        f"The proxy brings it to https://{settings.HOSTS[0]}/." if settings.HOSTS else "Only this machine can reach it."
    )


def _warm(application: WSGIHandler) -> None:
    """Make the first page before anyone waits for it: its templates are compiled and its charts worked out, once.

    Whoever comes meanwhile waits for this, and does not do the same work a second time beside it. It runs in the
    main thread, so its connection stays open as long as the server: SQLite's files do not come and go.
    """
    from django.core.handlers.wsgi import WSGIRequest

    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/national/", "HTTP_HOST": HOST, "REMOTE_ADDR": HOST}
    application.get_response(WSGIRequest({**asked, "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO()}))
