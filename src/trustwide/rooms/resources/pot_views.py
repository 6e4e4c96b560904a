"""The pages of pots: what is set aside, what teams took, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.rooms.people.seen import ChangedMeanwhile, look_again, mark_of, refused
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.resources import access, actions_pots, queries
from trustwide.rooms.resources.amounts import amount
from trustwide.rooms.resources.models import Pot
from trustwide.rooms.resources.pot_forms import AmountForm, CameForm, ChangePotForm, DrawForm, PotForm

A_PAGE = 20
CLOSED = gettext_lazy("The days of this pot have not begun, or are over")
forms_too = require_http_methods(["GET", "HEAD", "POST"])


@at_organisation(inside=True)
@require_safe
def pots(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What is set aside, what is left, and what teams took."""
    page = Paginator(queries.draws_of(organisation), A_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "pots": queries.pots_of(organisation), "page": page, "amount": amount}
    context |= {"may_set": bool(queries.places_to_set_for(request.user, organisation))}
    return render(request, "resources/pots.jinja", context)


@at_organisation(inside=True)
@forms_too
def set_pot(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Set days and money aside for the board; others read who may do that."""
    form = PotForm(queries.places_to_set_for(request.user, organisation), _sent(request))
    if form.is_valid():
        actions_pots.set_pot(by=request.user, **form.sent())
        return redirect(_home(organisation))
    heading, why = (
        _("Set up a pot"),
        _(
            "You set it up for the board, so set aside what the board has agreed. Its page says that you did. "
            "Teams draw from it on their word. It is not a target: what is left is no fault."
        ),
    )
    return _form_page(request, organisation, form, heading=heading, why=why, button=_("Set up the pot"))


@at_organisation(inside=True)
@forms_too
def pot(request: HttpRequest, organisation: Place, pot: UUID) -> HttpResponse:
    """One pot; those who set pots change how much is in it."""
    found = _pot(organisation, pot)
    may_set = access.can_set_pot(request.user, found.place)
    form = ChangePotForm.of(found, _sent(request))
    if form.is_valid():
        try:
            actions_pots.change_pot(by=request.user, pot=found, **form.amounts())
        except actions_pots.AlreadyDrawn as refusal:
            taken = {"days": refusal.pot.half_days_drawn, "money": refusal.pot.money_drawn}
            wrong = [name for name, asked in form.asked().items() if asked < taken[name]]
            _refuse(form, wrong, _("Teams have drawn more than that already"))
        else:
            return redirect(_home(organisation))
    page = Paginator(queries.draws_of(organisation, found), A_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "pot": found, "form": form if may_set else None, "page": page}
    return render(request, "resources/pot.jinja", context | {"amount": amount}, status=422 if form.errors else 200)


@at_organisation(inside=True)
@forms_too
def draw(request: HttpRequest, organisation: Place, pot: UUID) -> HttpResponse:
    """Draw from a pot, on the team's word."""
    found = _pot(organisation, pot)
    form = DrawForm(queries.teams_to_draw_for(request.user, found), _sent(request))
    if form.is_valid():
        try:
            actions_pots.draw(by=request.user, pot=found, **form.sent())
        except actions_pots.PotEmpty as refusal:
            left = {"days": refusal.pot.half_days_left, "money": refusal.pot.money_left}
            wrong = [name for name, asked in form.asked().items() if asked > left[name]]
            _refuse(form, wrong, _said_of_rest(refusal.pot))
        except actions_pots.PotClosed:
            form.add_error("days", CLOSED)
        else:
            return redirect(f"{_home(organisation)}{found.pk}/")
    context = {"organisation": organisation, "pot": found, "form": form, "amount": amount}
    return render(request, "resources/draw.jinja", context, status=422 if form.errors else 200)


@at_organisation(inside=True)
@forms_too
def came(request: HttpRequest, organisation: Place, draw: UUID) -> HttpResponse:
    """What a team took, and what came of it."""
    found = queries.draw_in(organisation, draw)
    if found is None:
        raise Http404
    if "blank" in request.POST:
        actions_pots.blank_draw(by=request.user, draw=found)
        return redirect(f"{_home(organisation)}{found.pot_id}/")
    form, theirs = CameForm(_sent(request), initial={"came": found.came, "seen": mark_of(found.came)}), None
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("came", "give_back", "seen")}
        try:
            actions_pots.say_what_came(by=request.user, draw=found, **given)
            return redirect(f"{_home(organisation)}{found.pot_id}/")
        except ChangedMeanwhile:
            theirs = look_again(form, mark_of(found.came))
    may = {"say": access.can_say_what_came(request.user, found), "blank": access.can_blank_draw(request.user, found)}
    context = {"organisation": organisation, "draw": found, "form": form, "may": may, "amount": amount}
    return render(request, "resources/came.jinja", {**context, "theirs": theirs}, status=refused(form, theirs))


def _pot(organisation: Place, number: UUID) -> Pot:
    found = queries.pot_in(organisation, number)
    if found is None:
        raise Http404
    return found


def _refuse(form: AmountForm, wrong: list[str], words: str) -> None:
    """Say it at the number that is wrong; at the days where both would do by now, since the pot changed meanwhile."""
    for name in wrong or ["days"]:
        form.add_error(name, words)


def _said_of_rest(pot: Pot) -> str:
    if pot.is_empty:
        return _("The pot is empty. Ask your board whether there can be more")
    return _("There is not so much left: %(rest)s") % {"rest": amount(pot.half_days_left, pot.money_left)}


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _home(organisation: Place) -> str:
    return f"/{organisation.slug}/pots/"


def _form_page(request: HttpRequest, organisation: Place, form: Any, **words: str) -> HttpResponse:
    context = {"organisation": organisation, "form": form, **words}
    return render(request, "resources/set-pot.jinja", context, status=422 if form.errors else 200)
