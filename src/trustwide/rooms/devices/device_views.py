"""Keeping a team's shared devices, joining one, and one's own PIN."""

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.devices import actions, queries
from trustwide.rooms.devices.forms import CodeForm, DeviceForm, NewPinForm
from trustwide.rooms.devices.gates import at_team, board_of, remember
from trustwide.rooms.devices.models import Device
from trustwide.rooms.people.gates import public, signed_in
from trustwide.rooms.people.roles import May
from trustwide.rooms.people.seen import ChangedMeanwhile, look_again, mark_of, refused
from trustwide.rooms.places.models import Place

forms_too = require_http_methods(["GET", "HEAD", "POST"])
#: A whole trust may share one outside address, and a code has 25 thousand million fellows.
CODE_RATES = {"shared-device": "60/5m/ip"}
NO_SUCH_CODE = _("That code is not good: it works once, for 15 minutes. Ask for a new one, or check the letters.")
SAID = {
    "renamed": _("The new name is saved."),
    "ended": _("It is ended. It can open nothing any more."),
    "pin": _("Your PIN is saved."),
    "no-pin": _("Your PIN is removed. Nobody can add anything in your name at a shared device."),
}


@at_team(needs=May.DEVICES)
@never_cache
@require_safe
def devices(request: HttpRequest, team: Place) -> HttpResponse:
    """The shared devices of a team."""
    said = SAID.get(request.GET.get("said", ""))
    context = {"team": team, "devices": list(queries.devices_at(team)), "said": said, "board": board_of(team)}
    return render(request, "devices/devices.jinja", context)


@at_team(needs=May.DEVICES)
@never_cache
@forms_too
def new_device(request: HttpRequest, team: Place) -> HttpResponse:
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name, key = form.cleaned_data["name"], form.cleaned_data["once"]
        device, code = actions.add_device(by=request.user, place=team, name=name, key=key)
        return code_page(request, device, code)
    context = {"team": team, "form": form, "device": None, "board": board_of(team)}
    return render(request, "devices/name.jinja", context, status=422 if form.errors else 200)


def code_page(request: HttpRequest, device: Device, code: str) -> HttpResponse:
    """The code, once: the page that shows it is the answer to the form itself, and no address leads to it."""
    link = request.build_absolute_uri(f"/shared-device/?code={code}")
    told = {"code": f"{code[:4]} {code[4:]}", "link": link, "address": request.build_absolute_uri("/shared-device/")}
    context = {"team": device.place, "device": device, "board": board_of(device.place), **told}
    return render(request, "devices/code.jinja", context)


@at_team(needs=May.DEVICES)
@never_cache
@require_POST
def new_code(request: HttpRequest, team: Place, device: UUID) -> HttpResponse:
    found = device_or_404(team, device)
    return code_page(request, found, actions.give_code(by=request.user, device=found))


@at_team(needs=May.DEVICES)
@forms_too
def rename(request: HttpRequest, team: Place, device: UUID) -> HttpResponse:
    found = device_or_404(team, device)
    initial, theirs = {"name": found.name, "seen": mark_of(found.name)}, None
    form = DeviceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "seen")}
        try:
            actions.rename_device(by=request.user, device=found, **given)
            return redirect(f"{board_of(team)}devices/?said=renamed")
        except ChangedMeanwhile:
            theirs = look_again(form, initial["seen"])
    context = {"team": team, "form": form, "device": found, "board": board_of(team), "theirs": theirs}
    return render(request, "devices/name.jinja", context, status=refused(form, theirs))


@at_team(needs=May.DEVICES)
@require_POST
def end(request: HttpRequest, team: Place, device: UUID) -> HttpResponse:
    actions.end_device(by=request.user, device=device_or_404(team, device))
    return redirect(f"{board_of(team)}devices/?said=ended")


def device_or_404(team: Place, number: UUID) -> Device:
    found = queries.devices_at(team).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@public
@never_cache
@forms_too
def join(request: HttpRequest) -> HttpResponse:
    """Type the code of a shared device on it, and it is one."""
    sent = request.POST if request.method == "POST" else None
    limits = {"action": "shared-device", "config": CODE_RATES}
    if sent is not None and (limited := ratelimit.consume_or_429(request, **limits)):
        return limited
    form = CodeForm(sent, initial={"code": request.GET.get("code", "")})
    if sent is not None and form.is_valid():
        if joined := actions.join_device(code=form.cleaned_data["code"]):
            device, token = joined
            return remember(redirect(board_of(device.place)), token)
        form.add_error("code", NO_SUCH_CODE)
    return render(request, "devices/join.jinja", {"form": form}, status=422 if form.errors else 200)


@signed_in
@never_cache
@forms_too
@reauthentication_required
def my_pin(request: HttpRequest) -> HttpResponse:
    """Set my own PIN for shared devices."""
    form = NewPinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.set_pin(person=request.user, pin=form.cleaned_data["pin"])
        return redirect("/me/pin/?said=pin")
    told = {"pin": queries.pin_of(request.user), "waits": queries.waiting_until(request.user)}
    context = {"form": form, "said": SAID.get(request.GET.get("said", "")), **told}
    return render(request, "devices/pin.jinja", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def no_pin(request: HttpRequest) -> HttpResponse:
    actions.remove_pin(person=request.user)
    return redirect("/me/pin/?said=no-pin")
