"""How a board's pages are answered: to a screen on the wall, which turns to its board by itself, and to people."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from markupsafe import Markup

from trustwide.rooms.devices import access, actions, live, queries
from trustwide.rooms.devices.forms import WhoForm
from trustwide.rooms.devices.gates import board_of, cookie_name, device_of, person_of, remember
from trustwide.rooms.devices.models import Hand
from trustwide.rooms.devices.parts import AREAS, Addition, additions_for, links_for, offline_additions, parts
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

NEW_EVERY = 60  # seconds between two looks of a screen at its board
FORGETS_AFTER = 120  # seconds until a page where nobody goes on turns back to the board
SEEN_EVERY = 300
OWN_FIELDS = ("who", "called", "pin", "csrfmiddlewaretoken")
WRONG = gettext_lazy(
    "That person and PIN do not go together. Check both. Have you set a PIN? You do that in your own account."
)
SAID = {"added": gettext_lazy("It is saved. Thank you."), "finished": gettext_lazy("You have finished. Thank you.")}


def shown(request: HttpRequest, team: Place) -> HttpResponse:
    """The board: its parts as whoever looks may see them; on a wall, nobody in particular does."""
    person, device = person_of(request), device_of(request)
    number, areas = what_stands_there(team, person)
    context = {
        "team": team,
        "areas": Markup(areas),  # noqa: S704 (made by our own template)
        "number": number,
        "key": live.key_of(team),
        "may_add": device is not None or (person is not None and bool(additions_for(person, team))),
        "may_keep": person is not None and access.can_keep_devices(person, team),
        "links": links_for(person, team),
        "hand": queries.hand_of(device),
        "said": SAID.get(request.GET.get("said", "")),
        "at": timezone.now(),
        **offline_words(request, team),
    }
    response = render(request, "devices/board.jinja", context)
    if device is not None:
        if device.seen_at is None or (timezone.now() - device.seen_at).total_seconds() > SEEN_EVERY:
            actions.note_seen(device=device)
        remember(response, request.COOKIES[cookie_name()])
    return turning(request, team, response, NEW_EVERY)


def offline_words(request: HttpRequest, team: Place) -> dict[str, Any]:
    """What the script of a board's pages is told: which pages to keep for when there is no network."""
    board = board_of(team)
    pages = [board, f"{board}offline/", *(f"{board}offline/{each.key}/" for each in offline_additions())]
    return {"board": board, "kept_pages": " ".join(pages), "is_device": device_of(request) is not None}


def writing(request: HttpRequest, team: Place, what: str = "") -> HttpResponse:
    """The pages on which people write with no network. Nobody is asked who they are until it is sent."""
    additions = {each.key: each for each in offline_additions()}
    context = {"team": team, "additions": list(additions.values()), **offline_words(request, team)}
    if not what:
        return render(request, "devices/offline.jinja", context)
    if what not in additions:
        raise Http404
    form = additions[what].form(None, team, None)
    return render(request, "devices/offline-one.jinja", {**context, "addition": additions[what], "form": form})


@cache
def worker_script() -> bytes:
    return Path(finders.find("trustwide/board-worker.js")).read_bytes()


def what_stands_there(team: Place, person: Person | None) -> tuple[int, str]:
    """The board's number and its parts. All of the organisation see there what a wall may show, so it is made once
    for the wall, and once with links for all who are signed in; for a guest or a partner it is made as they may see it.
    """
    links = person is not None
    if person is None or reach_of(person).belongs_to(team.organisation):
        return live.PULSE.kept(team, lambda: _areas(team, None, links=links), links=links)
    return live.PULSE.number_of(team.path, fresh=True), _areas(team, person, links=links)


def _areas(team: Place, person: Person | None, *, links: bool) -> str:
    said = [(part, part.shows(team, person)) for part in parts()]
    stale = [each["stale"] for _part, each in said if each.get("stale")]
    areas = {area: [(part, each) for part, each in said if part.area == area] for area in AREAS}
    lists = person is None or reach_of(person).can_read_place(team.organisation)
    context = {"team": team, "areas": areas, "stale": stale, "links": links, "lists": lists}
    return render_to_string("devices/board-areas.jinja", context)


def turning(request: HttpRequest, team: Place, response: HttpResponse, after: float) -> HttpResponse:
    """On a shared device the page turns to the board after so many seconds; people turn their own pages.

    By a header: no script is needed, and a person who signed in reads in peace.
    """
    if device_of(request) is not None:
        response["Refresh"] = f"{int(after)}; url={board_of(team)}"
    return response


def who_adds(request: HttpRequest) -> tuple[Person | None, Hand | None]:
    """Whoever is signed in, or who gave their PIN at this device; and their hand, if it is that."""
    hand = queries.hand_of(device_of(request))
    return (hand.person if hand else person_of(request)), hand


def ask_who(request: HttpRequest, team: Place) -> tuple[HttpResponse | None, Person | None]:
    """The page that asks who it is, or the person whose PIN was right. What was typed before is carried along."""
    device, waits = device_of(request), None
    form = WhoForm(team, request.POST if "pin" in request.POST else None)
    if device is not None and form.is_valid():
        try:
            hand = actions.take_hand(device=device, person=form.person(), pin=form.cleaned_data["pin"])
            return None, hand.person
        except actions.PinRefused as refusal:
            waits = refusal.until
            form.add_error("pin", _refused(waits))
    context = {"team": team, "form": form, "carried": carried(request), "board": board_of(team)}
    status = 429 if waits else 422 if request.method == "POST" else 200
    response = render(request, "devices/who.jinja", context, status=status)
    if waits:
        response["Retry-After"] = str(max(1, int((waits - timezone.now()).total_seconds()) + 1))
    return turning(request, team, response, FORGETS_AFTER), None


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into the form whose time ran out."""
    return [(name, str(value)) for name, value in request.POST.items() if name not in OWN_FIELDS]


def _refused(until: datetime | None) -> Any:
    """What to say of a wrong PIN; with the wait in words, where there is one."""
    if until is None:
        return WRONG
    seconds = (until - timezone.now()).total_seconds()
    minutes = max(1, -int(-seconds // 60))
    told = {"minutes": minutes, "at": date_format(localtime(until), "H:i")}
    wait = ngettext(
        "Wait a minute, until just after %(at)s, then try again.",
        "Wait %(minutes)s minutes, until just after %(at)s, then try again.",
        minutes,
    )
    return _("The PIN was wrong too often.") + " " + wait % told


def adding(request: HttpRequest, team: Place, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page on which somebody adds; on a shared device it is cleared soon after their time is over."""
    person, hand = who_adds(request)
    response = render(
        request, template, {"team": team, "person": person, "hand": hand, "board": board_of(team), **context},
        status=status,
    )  # fmt: skip
    seconds = (hand.ends_at - timezone.now()).total_seconds() if hand else 0
    return turning(request, team, response, seconds + NEW_EVERY)


def form_of(request: HttpRequest, team: Place, addition: Addition, person: Person, *, only_look: bool) -> HttpResponse:
    """The form of an addition, saved where it was sent; `only_look`, after a PIN: shown with what was typed before."""
    if addition not in additions_for(person, team):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = addition.form(person, team, sent)
    if sent is not None and not only_look and form.is_valid():
        device = device_of(request)
        if actions.add_at_board(by=person, team=team, addition=addition, form=form, device=device):
            return redirect(f"{board_of(team)}?said=added")
    status = 422 if sent is not None and not only_look else 200
    return adding(request, team, "devices/add-one.jinja", status, addition=addition, form=form, again=only_look)
