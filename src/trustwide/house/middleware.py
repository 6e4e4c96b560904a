"""What Django does not see to by itself: two headers, and a character that no text holds."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NUL = "\0"
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take NUL out of what an address asks: PostgreSQL cannot keep or compare it. Forms refuse it by themselves."""

    def respond(request: HttpRequest) -> HttpResponse:
        if any(NUL in text for name, texts in request.GET.lists() for text in (name, *texts)):
            asked = request.GET.copy()
            asked.clear()
            for name, texts in request.GET.lists():
                asked.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
            request.GET = asked  # type: ignore[assignment]
        return get_response(request)

    return respond


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Switch off the device features that no page of ours uses."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return respond


def sandbox_downloads(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A file that is opened all the same, in place of kept, runs nothing and has no place of ours to act in."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # read by django-csp
        return response

    return respond
