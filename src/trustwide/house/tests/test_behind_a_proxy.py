"""The server as it stands in earnest: behind a proxy that does TLS, which alone is believed."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

HOST = "trustwide.example"
SERVE = [sys.executable, "-m", "trustwide.house.command_line", "serve", "--no-browser", "--port", "0"]
CANARY = "zq7canary"


@pytest.fixture
def port(real_transactions: None, tmp_path: Path) -> Iterator[int]:
    """The port of a server on a database of its own; it is stopped when the test is done."""
    data = tmp_path / "data"
    data.mkdir()
    told = {"TRUSTWIDE_DATA": str(data), "TRUSTWIDE_HOSTS": HOST, "TRUSTWIDE_TLS": "proxy"}
    told |= {"TRUSTWIDE_SECRET_KEY": "k" * 60, "TRUSTWIDE_LOG": "json"}
    told |= where(data) | {name: value for name, value in os.environ.items() if not name.startswith("TRUSTWIDE_")}
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(SERVE, env=told, stdout=subprocess.PIPE, stderr=log, text=True, cwd=tmp_path)
        try:
            yield int(re.search(r":(\d+)/", server.stdout.readline()).group(1))  # type: ignore[union-attr]
        finally:
            server.terminate()
            server.communicate(timeout=30)


def where(data: Path) -> dict[str, str]:
    """The database of the test, as the server is told of it."""
    about = connection.settings_dict
    if connection.vendor == "sqlite":
        shutil.copy(about["NAME"], data / "trustwide.sqlite3")
        return {"TRUSTWIDE_DATABASE": ""}
    return {"TRUSTWIDE_DATABASE": f"postgresql://{about['USER']}@{about['HOST']}:{about['PORT']}/{about['NAME']}"}


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as asking:
        asking.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = asking.getresponse()
        answer.read()
    return answer


def test_only_what_came_by_tls_is_answered(port: int, tmp_path: Path) -> None:
    by_tls: dict[str, Any] = {"Host": HOST, "X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.7"}
    page = ask(port, f"/sign-in/?q={CANARY}", **by_tls)
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert re.match(r"__Host-csrftoken=.*HttpOnly.*Path=/; SameSite=Lax; Secure", page.headers["Set-Cookie"])
    bare = ask(port, "/sign-in/", Host=HOST)
    assert (bare.status, bare.headers["Location"]) == (301, f"https://{HOST}/sign-in/")
    assert ask(port, "/sign-in/", **{**by_tls, "Host": "elsewhere.example"}).status == 400
    assert ask(port, "/readyz").status == 200
    assert ask(port, "/metrics").status == 200
    assert ask(port, "/metrics", **by_tls).status == 404
    told = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    print(f"{len(told)} lines of log")
    assert ("account_login", 200) in {(line.get("route"), line.get("status")) for line in told}
    assert CANARY not in (tmp_path / "log").read_text()
