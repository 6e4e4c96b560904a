"""Pages beneath a team's board: how it is arranged, its huddles, its paper sheet."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.boards import actions, arranging, huddles_page, queries
from trustwide.rooms.boards.forms import BoardForm, CardForm
from trustwide.rooms.devices.gates import at_team, board_of
from trustwide.rooms.people.roles import May
from trustwide.rooms.people.seen import ChangedMeanwhile, look_again, mark_of, refused
from trustwide.rooms.places.models import Place

forms_too = require_http_methods(["GET", "HEAD", "POST"])
SAID = {
    "set-up": _("It is saved. The board is set up like that now."),
    "removed": _("It is taken back."),
    "taken-off": _("It is taken off the board."),
}


@at_team(needs=May.CHANGE)
@never_cache
@forms_too
def arrange(request: HttpRequest, team: Place) -> HttpResponse:
    """Which measures stand on the board, in which column and order; a new one is put there."""
    board = queries.board_of(team)
    form = CardForm(team, board.columns, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        measure = form.measures[form.cleaned_data["measure"]]
        try:
            card = actions.add_card(by=request.user, team=team, measure=measure, column=form.cleaned_data["column"])
            return redirect(f"{board_of(team)}arrange/?moved={card.pk}#card-{card.pk}")
        except actions.BoardFull:
            form.add_error("measure", _("Five measures stand on the board. Take one off first"))
    context = arranging.context(team, board, request.GET.get("moved", ""))
    status = 422 if form.errors else 200
    return render(request, "boards/arrange.jinja", {**context, "form": form, "board": board_of(team)}, status=status)


@at_team(needs=May.CHANGE)
@require_POST
def move(request: HttpRequest, team: Place, card: UUID) -> HttpResponse:
    """A measure goes up or down, or off the board."""
    found = queries.card_of(team, card)
    if found is None:
        raise Http404
    if request.POST.get("to") == "off":
        actions.take_off(by=request.user, card=found)
        return redirect(f"{board_of(team)}arrange/?moved=off")
    moved = actions.move_card(by=request.user, card=found, up=request.POST.get("to") == "up")
    return redirect(f"{board_of(team)}arrange/?moved={moved.pk}#card-{moved.pk}")


@at_team(needs=May.CHANGE)
@never_cache
@forms_too
def set_up(request: HttpRequest, team: Place) -> HttpResponse:
    """The names of the columns, when the team huddles, and when what stands there is old."""
    board = queries.board_of(team)
    now, theirs = queries.set_up_of(board), None
    seen = mark_of(*now.values())
    form = BoardForm(request.POST if request.method == "POST" else None, initial={**now, "seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_up_board(by=request.user, team=team, fields=form.typed(), seen=form.cleaned_data["seen"])
            return redirect(f"{board_of(team)}arrange/?moved=set-up")
        except ChangedMeanwhile:
            theirs = look_again(form, seen)
    context = {"team": team, "form": form, "board": board_of(team), "theirs": theirs}
    return render(request, "boards/set-up.jinja", context, status=refused(form, theirs))


@at_team(needs=May.ADD)
@never_cache
@require_safe
def huddles(request: HttpRequest, team: Place) -> HttpResponse:
    """The huddles of the last weeks, for the team alone."""
    days = huddles_page.days_of(team)
    said = SAID.get(request.GET.get("said", ""))
    context = {"team": team, "days": days, "why_not": huddles_page.why_not, "said": said, "board": board_of(team)}
    return render(request, "boards/huddles.jinja", {**context, "thanks": list(queries.thanks_of(team)[:20])})


@at_team(needs=May.ADD)
@require_POST
def remove_huddle(request: HttpRequest, team: Place, huddle: UUID) -> HttpResponse:
    found = queries.huddle_of(team, huddle)
    if found is None:
        raise Http404
    actions.remove_huddle(by=request.user, huddle=found)
    return redirect(f"{board_of(team)}huddles/?said=removed")


@at_team(needs=May.ADD)
@require_POST
def take_off_thanks(request: HttpRequest, team: Place, thanks: UUID) -> HttpResponse:
    found = queries.thank_you_of(team, thanks)
    if found is None:
        raise Http404
    actions.take_off_thanks(by=request.user, thanks=found)
    return redirect(f"{board_of(team)}huddles/?said=taken-off")


@at_team(needs=May.ADD)
@never_cache
@require_safe
def sheet(request: HttpRequest, team: Place) -> HttpResponse:
    """The sheet of one week, to be printed and filled in by hand."""
    context = huddles_page.sheet(team, request.GET.get("week", ""))
    return render(request, "boards/sheet.jinja", {**context, "team": team, "board_address": board_of(team)})
