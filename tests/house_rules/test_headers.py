"""The exact security headers and cookies on every address; on pages nothing inline and nothing from elsewhere."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.house_rules.reading import Reading
from tests.house_rules.world import EXAMPLES, World
from tests.makers import client_of
from tests.shares import sampled
from trustwide.house import network_settings
from trustwide.rooms.measures import queries

pytestmark = pytest.mark.seen_once  # they are put on without a question to the database

POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; object-src 'none'; script-src 'self'; "
    "style-src 'self'; worker-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OVER_TLS = {**HEADERS, "Strict-Transport-Security": "max-age=31536000"}
OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
OUTSIDE_IN_CSS = re.compile(r"""(?:url\(|@import)\s*['"]?\s*(?:[a-z]+:)?//[^)'";]*""", re.IGNORECASE)


def security_headers(response: Any) -> dict[str, str]:
    """Those of our headers that a response carries; the policy's directives in alphabetical order."""
    found = {name: response.headers[name] for name in OVER_TLS if name in response.headers}
    policy = sorted(each.strip() for each in found.get("Content-Security-Policy", "").split(";"))
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        policy.remove("sandbox")  # ValueError: a download is not kept apart
    return {**found, "Content-Security-Policy": "; ".join(policy)}


def inline_or_outside(html: str) -> list[str]:
    """What a page must not hold: scripts, styles or handlers within it, and addresses of other machines."""
    found = []
    for tag, attributes in Reading(html).tags:
        if tag == "style" or (tag == "script" and "src" not in attributes):
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            inline = name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:")
            outside = not name.startswith("xmlns") and OUTSIDE.match(value)
            if inline or outside:
                found.append(f"<{tag} {name}={value!r}>")
    return found


def static_files() -> list[str]:
    return sorted(path for finder in get_finders() for path, _ in finder.list([]))


def static_answer(client: Client, name: str) -> HttpResponse:
    """The answer with its body read, so that no file stays open."""
    answer = client.get(f"/static/{name}")
    whole = HttpResponse(b"".join(answer), status=answer.status_code, headers=answer.headers)
    request_finished.disconnect(close_old_connections)  # it would take the database, and the test's world with it
    answer.close()
    request_finished.connect(close_old_connections)
    return whole


def failures(world: World, monkeypatch: pytest.MonkeyPatch, *, secure: bool = False) -> dict[int, HttpResponse]:
    """An answer of each kind that is not the page asked for, by its status."""
    client, new = client_of(world.trust.everyone, raise_request_exception=False), world.at("measures:new-report")
    answers = {
        400: client.get("/", headers={"host": "elsewhere.example"}, secure=secure),
        403: Client(enforce_csrf_checks=True).post("/sign-in/", secure=secure),
        404: client.get("/no-such-page/", secure=secure),
        405: client.put("/national/", secure=secure),
        422: client.post(new, secure=secure),
    }

    def fail(_organisation: object) -> None:
        raise RuntimeError("made to fail by a test")

    def lose_the_database(_organisation: object, _number: object) -> None:
        raise OperationalError("taken away by a test")

    monkeypatch.setattr(queries, "reports", fail)
    monkeypatch.setattr(queries, "report", lose_the_database)
    answers[500] = client.get(world.at("measures:reports"), secure=secure)
    return {**answers, 503: client.get(world.at("measures:report"), secure=secure)}


@pytest.fixture(scope="module")
def browser(made_world: World, django_db_blocker: Any) -> Client:
    """The client that has looked at every page."""
    with django_db_blocker.unblock():
        return client_of(made_world.trust.everyone)


@pytest.fixture(scope="module")
def pages(made_world: World, browser: Client, django_db_blocker: Any) -> dict[str, HttpResponse]:
    """What every page answers, looked at once."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        return {path: browser.get(path) for path in made_world.pages()}


def test_headers_are_exact_on_every_url(world: World, client: Client, pages: dict[str, HttpResponse]) -> None:
    answers = pages | {path: client.get(path) for path in set(map(world.path, EXAMPLES)) - set(pages)}
    answers["/reports/new"] = client.get("/national")  # a redirect to the address with its slash
    answers |= {f"/static/{name}": static_answer(client, name) for name in static_files()}
    wrong = {path: security_headers(answer) for path, answer in answers.items() if security_headers(answer) != HEADERS}
    print(f"{len(answers)} addresses with exact headers, {len(static_files())} of them static files")
    assert wrong == {}
    declared = {world.path(each): each.get for each in EXAMPLES if each.signed_in}
    assert {path: answers[path].status_code for path in declared} == declared  # the one place where all are opened
    assert {answer.status_code for answer in answers.values()} >= {200, 301, 404, 405}


def test_headers_are_exact_on_every_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = failures(world, monkeypatch)
    assert {status: answer.status_code for status, answer in answers.items()} == {each: each for each in answers}
    for answer in answers.values():
        assert security_headers(answer) == HEADERS
    assert answers[503]["Retry-After"] == "60"
    for status in answers.keys() - {405}:
        assert b"<h1" in answers[status].content
        assert b"Traceback" not in answers[status].content


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings of an installation that people reach through a proxy that does TLS, read as it reads them."""
    monkeypatch.setenv("TRUSTWIDE_HOSTS", "testserver")
    monkeypatch.setenv("TRUSTWIDE_TLS", "proxy")
    monkeypatch.delenv("TRUSTWIDE_DEMO", raising=False)
    told = runpy.run_path(network_settings.__file__)
    named = {name: value for name, value in told.items() if re.match("SECURE_|SESSION_|CSRF_", name)}
    with override_settings(**named):
        yield


def test_headers_are_exact_over_tls(world: World, in_earnest: None, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, paths = client_of(world.trust.everyone), set(map(world.path, EXAMPLES)) | set(world.pages())
    asked = [path for path in sorted(paths) if sampled(f"{path} over TLS", one_in=12)]
    answers = {path: browser.get(path, secure=True) for path in asked}
    answers |= {f"{status}": answer for status, answer in failures(world, monkeypatch, secure=True).items()}
    wrong = {path: security_headers(answer) for path, answer in answers.items() if security_headers(answer) != OVER_TLS}
    print(f"{len(answers)} of {len(paths)} addresses and failures over TLS, {len(browser.cookies)} cookies")
    assert wrong == {}
    assert Client().get("/sign-in/", secure=True).cookies, "no cookie was set: this test saw nothing"
    cookies = {**browser.cookies, **Client().get("/sign-in/", secure=True).cookies}
    assert [name for name, each in cookies.items() if not (name.startswith("__Host-") and each["secure"])] == []
    bare = browser.get("/sign-in/")
    assert (bare.status_code, bare["Location"]) == (301, "https://testserver/sign-in/")


def test_control_settings_of_one_machine_do_not_do_over_tls(client: Client) -> None:
    assert security_headers(client.get("/reading-charts/", secure=True)) == HEADERS != OVER_TLS


def test_downloads_are_attachments(world: World, client: Client) -> None:
    answer = client.get(world.at("measures:report-pdf"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"


def test_cookies_are_out_of_reach_of_scripts(browser: Client, pages: dict[str, HttpResponse]) -> None:
    print(f"{len(browser.cookies)} kind of cookie, of {len(pages)} pages")
    assert browser.cookies, "no page set a cookie: this test saw nothing"
    for name in browser.cookies.keys() - {"sessionid"}:  # that one was put there by the test itself
        cookie = browser.cookies[name]
        assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_pages_hold_nothing_inline_or_from_elsewhere(pages: dict[str, HttpResponse]) -> None:
    drawn = {path: page for path, page in pages.items() if not path.endswith((".pdf", "/feed/"))}  # a feed is elsewhere
    found = {path: inline_or_outside(page.content.decode()) for path, page in drawn.items()}
    print(f"{len(drawn)} pages")
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_styles_call_no_other_machine(db: None, client: Client) -> None:
    sheets = [name for name in static_files() if name.endswith(".css")]
    bodies = {name: static_answer(client, name).content.decode() for name in sheets}
    print(f"{len(sheets)} style sheets")
    assert sheets
    assert {name: found for name, body in bodies.items() if (found := OUTSIDE_IN_CSS.findall(body))} == {}, (
        "drop what calls another machine as the style sheet is put in place: its @font-face rules"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color:red'>",
        "<a onclick='x()'>",
        "<script>x()</script>",
        "<style>p{}</style>",
        "<img src='//elsewhere.example/x.png'>",
        "<link href=' HTTPS://elsewhere.example/x.css'>",
        "<a href='javascript:x()'>",
    ],
)
def test_control_inline_and_outside_are_seen(html: str) -> None:
    assert inline_or_outside(html)


def test_control_outside_in_css_is_seen_and_headers_are_missed() -> None:
    assert OUTSIDE_IN_CSS.findall("@font-face{src:url(https://elsewhere.example/f.woff)}")
    assert OUTSIDE_IN_CSS.findall("@import '//elsewhere.example/a.css';")
    assert not OUTSIDE_IN_CSS.findall("p{background:url(a.png)} /* see https://elsewhere.example */")
    assert not inline_or_outside("<svg xmlns='http://www.w3.org/2000/svg'></svg> http://elsewhere.example")
    assert security_headers(HttpResponse()) != HEADERS
