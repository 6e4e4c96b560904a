"""How long a session lasts: a limit without use, and a hard one. Both are kept by the server, not by the cookie."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse

from trustwide.rooms.people import actions
from trustwide.rooms.people.models import Person

VISIT, BEGAN, USED = "visit", "visit_began", "visit_used"
#: Looking at pages writes at most this often, so the limit without use is kept to within it.
NOTE_EVERY = 60
#: Sent by a page that asks again by itself, such as a board: nobody used it, so its session grows no longer.
BY_ITSELF = "X-By-Itself"
SYSTEMS = (("iPhone|iPad", "iPhone or iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome|CriOS", "Chrome"), ("Safari", "Safari"))


def end_at_limits(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a session that was not used for too long, or that is too old, is at its end."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _keep_or_end(request)
        return get_response(request)

    return respond


def _keep_or_end(request: HttpRequest) -> None:
    now, began, used = time.time(), request.session.get(BEGAN, 0), request.session.get(USED, 0)
    if now - used >= settings.IDLE_MINUTES * 60 or now - began >= settings.SESSION_HOURS * 3600:
        logout(request)
        request.ended_at_limit = True  # type: ignore[attr-defined]
    elif now - used >= NOTE_EVERY and BY_ITSELF not in request.headers:
        request.session[USED] = now
        actions.note_visit(number=request.session.get(VISIT))


def device_of(request: HttpRequest) -> str:
    """The browser and the system in words, such as "Edge on Windows"; '' where it does not say."""
    told = request.headers.get("User-Agent", "")
    browser = next((words for sign, words in BROWSERS if re.search(sign, told)), "")
    system = next((words for sign, words in SYSTEMS if re.search(sign, told)), "")
    return " on ".join(each for each in (browser, system) if each)


def sign_in_newcomer(request: HttpRequest, person: Person) -> None:
    """After an account was opened: who held the link needs not show again, for a while, that it is them."""
    login(request, person)
    record_authentication(request, person, method="invitation", reauthenticated=True)


def begin(sender: object, request: HttpRequest, user: Person, **_more: Any) -> None:
    """Each way of signing in ends here, since Django itself says when somebody did."""
    request.session[BEGAN] = request.session[USED] = time.time()
    if not request.session.session_key:
        request.session.save()
    visit = actions.begin_visit(person=user, session_key=request.session.session_key, device=device_of(request))
    request.session[VISIT] = visit.pk


def end(sender: object, request: HttpRequest, user: Person | None, **_more: Any) -> None:
    if user is not None:
        actions.forget_visit(number=request.session.get(VISIT))


def carry_on(sender: object, request: HttpRequest, user: Person, **_more: Any) -> None:
    """A new password gives this session a new key, and ends the others."""
    actions.carry_on_visit(person=user, number=request.session.get(VISIT), session_key=request.session.session_key)


def end_all(sender: object, request: HttpRequest, user: Person, **_more: Any) -> None:
    """A password set by a letter's link ends every session: somebody else may have one."""
    actions.end_other_visits(by=user, person=user, keep=None)


def connect() -> None:
    user_logged_in.connect(begin, dispatch_uid="people.begin")
    user_logged_out.connect(end, dispatch_uid="people.end")
    password_changed.connect(carry_on, dispatch_uid="people.carry_on")
    password_set.connect(carry_on, dispatch_uid="people.carry_on_first")
    password_reset.connect(end_all, dispatch_uid="people.end_all")
