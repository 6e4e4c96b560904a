"""The gatekeeper of the page on which work begins."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from trustwide.rooms.people.gates import Policy
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.projects import queries


def at_start(view: Any) -> Any:
    """The view is given the organisation and the places where the person may begin something; with none it is 403.

    Who may at a place below is let in though they read nothing else of the organisation.
    """

    @wraps(view)
    def offer(request: HttpRequest, organisation: Place) -> HttpResponse:
        places = queries.places_to_start(request.user, organisation)  # type: ignore[arg-type]
        if not places:
            raise PermissionDenied
        answer: HttpResponse = view(request, organisation, places=places)
        return answer

    gate = at_organisation(offer, below=_starts_below)
    gate.policy = Policy(at_place=True, adds=True)
    return gate


def _starts_below(person: Person, organisation: Place) -> bool:
    return bool(queries.places_to_start(person, organisation))
