"""A team's board, and what people add at it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.devices import actions, board_page, live
from trustwide.rooms.devices.gates import at_team, board_of, device_of
from trustwide.rooms.devices.parts import ADDITIONS, additions_for
from trustwide.rooms.people.gates import public
from trustwide.rooms.places.models import Place

forms_too = require_http_methods(["GET", "HEAD", "POST"])


@at_team(device=True)
@never_cache
@require_safe
def board(request: HttpRequest, team: Place) -> HttpResponse:
    """How the team is doing, for a screen on its wall and for its people."""
    return board_page.shown(request, team)


@public
@require_safe
def live_number(request: HttpRequest, key: str) -> HttpResponse:
    """The number of a board, so that its open copies know when to look again. 304 where they have it already.

    The key was given to those who may see the board; asking for the number tells who asks nothing else.
    """
    number = live.number_for(key)
    if number is None:
        raise Http404
    is_known = live.is_known(request.headers.get("If-None-Match", ""), number)
    answer = HttpResponse(status=304) if is_known else HttpResponse(str(number), content_type="text/plain")
    answer["ETag"], answer["Cache-Control"] = f'"{number}"', "no-store"
    return answer


@at_team(device=True)
@never_cache
@forms_too
def add(request: HttpRequest, team: Place) -> HttpResponse:
    """What to add; at a shared device, who it is comes first."""
    person, _hand = board_page.who_adds(request)
    if person is None:
        page, person = board_page.ask_who(request, team)
        if person is None:
            return page
    if request.method == "POST":
        return redirect(f"{board_of(team)}add/")
    return board_page.adding(request, team, "devices/add.jinja", additions=additions_for(person, team))


@at_team(device=True)
@never_cache
@forms_too
def add_one(request: HttpRequest, team: Place, what: str) -> HttpResponse:
    """The form of one thing to add. Whose time ran out gives the PIN again, and finds what they typed."""
    if what not in ADDITIONS:
        raise Http404
    person, _hand = board_page.who_adds(request)
    asked = person is None
    if person is None:
        page, person = board_page.ask_who(request, team)
        if person is None:
            return page
        if not board_page.carried(request):
            return redirect(request.path)
    return board_page.form_of(request, team, ADDITIONS[what], person, only_look=asked)


@at_team(device=True)
@never_cache
@require_safe
def offline(request: HttpRequest, team: Place, what: str = "") -> HttpResponse:
    """Where people write when there is no network: a board's script keeps this page on the device."""
    return board_page.writing(request, team, what)


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that opens boards with no network. It stands at the top, so that it may stand before each board."""
    answer = HttpResponse(board_page.worker_script(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@at_team(device=True)
@require_POST
def finish(request: HttpRequest, team: Place) -> HttpResponse:
    """Whoever gave their PIN here goes away."""
    if device := device_of(request):
        actions.put_down(device=device)
    return redirect(f"{board_of(team)}?said=finished")
