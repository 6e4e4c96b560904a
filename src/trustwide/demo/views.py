"""Choosing who to be, in demo mode only."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from trustwide.demo.personas import PERSONA_WORDS, persona
from trustwide.rooms.people.gates import View, public


def in_demo_only(view: View) -> Any:
    """Anywhere else there is no such page."""

    @wraps(view)
    def gate(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request)

    return gate


@public
@in_demo_only
@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """Everyone that a visitor can be."""
    return render(request, "demo/personas.jinja", {"personas": PERSONA_WORDS})


@public
@in_demo_only
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Be that person; a persona that is not there is shown the list again."""
    person = persona(request.POST.get("persona", ""))
    if person is None:
        context = {"personas": PERSONA_WORDS, "wrong": True}
        return render(request, "demo/personas.jinja", context, status=422)
    login(request, person)
    return redirect("front:home")
