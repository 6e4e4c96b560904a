"""The pages people see when something goes wrong: what happened, what was kept, what to do."""

from __future__ import annotations

import sys
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

#: How SQLite, PostgreSQL and the system say that there is no room.
FULL = ("disk is full", "No space left on device")


def _page(request: HttpRequest, status: int, title: str, *words: str) -> HttpResponse:
    return render(request, "error.jinja", {"title": title, "words": words}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 400, _("We could not read that"), _("Nothing was saved."), _("Go back to the page and try again.")
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, _("You may not see this page"), _("Ask whoever runs Trustwide for you."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("We could not find that page"),
        _("If you typed the address, check it."),
        _("If you followed a link, the page may have moved or been removed."),
    )


def too_often(request: HttpRequest) -> HttpResponse:
    response = _page(
        request,
        429,
        _("That was tried too often"),
        _("Nothing was changed."),
        _("Wait five minutes, then try again. Nobody else is held up."),
    )
    response["Retry-After"] = "300"
    return response


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles what went wrong, so it can be told from `sys`."""
    error = sys.exc_info()[1]
    if any(each in str(error) for each in FULL):
        return _away(
            request,
            _("Trustwide has no room to save that"),
            _("Nothing was half-saved. What is there already can still be read."),
            _("Its disk is full. Tell whoever runs Trustwide for you, and send it again when there is room."),
        )
    if isinstance(error, OperationalError | InterfaceError):
        return _away(
            request,
            _("Trustwide cannot reach its data just now"),
            _("Nothing was half-saved."),
            _("Wait a minute, then load the page again. If it was a form, your browser offers to send it once more."),
        )
    return _page(
        request,
        500,
        _("Something went wrong"),
        _("It is our fault, not yours. Nothing was half-saved."),
        _("Try again in a minute."),
    )


def _away(request: HttpRequest, title: str, *words: str) -> HttpResponse:
    request.user = AnonymousUser()  # who it is stands in the database, and the page must not ask it again
    response = _page(request, 503, title, *words)
    response["Retry-After"] = "60"
    return response


def form_too_old(request: HttpRequest, reason: str = "", **_more: Any) -> HttpResponse:
    return _page(
        request,
        403,
        _("This form is too old to send"),
        _("Nothing was saved."),
        _("Go back, load the page again, and send the form once more. Your browser must allow cookies."),
    )
