"""The gatekeepers of every page of a record, and of every list of a kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from trustwide.rooms.commons import queries
from trustwide.rooms.commons.kinds import KINDS, Kind, kind_at
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.gates import Policy, View
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place


class KindConverter:
    """The part of an address that names a kind: only those that are registered."""

    @property
    def regex(self) -> str:
        return "|".join(sorted(kind.address for kind in KINDS.values()))

    def to_python(self, value: str) -> Kind:
        kind = kind_at(value)
        if kind is None:
            raise ValueError(value)
        return kind

    def to_url(self, value: Kind | str) -> str:
        return value.address if isinstance(value, Kind) else value


def at_kind(view: View | None = None, *, adding: bool = False) -> Any:
    """The view is given the organisation and the kind. Strangers to the organisation get 404.

    With `adding` it is given the places where the person may add one, too; somebody with none gets 403. Who may add
    one at a place below is let in though they read nothing else of the organisation: a service-user partner does.
    """
    if view is None:
        return lambda inner: at_kind(inner, adding=adding)
    if not adding:
        return at_organisation(view)

    @wraps(view)
    def offer(request: HttpRequest, organisation: Place, kind: Kind) -> HttpResponse:
        places = queries.places_to_add(request.user, organisation, kind)
        if not places:
            raise PermissionDenied
        return view(request, organisation, kind, places=places)

    gate = at_organisation(offer, below=_adds_below)
    gate.policy = Policy(at_place=True, adds=True)
    return gate


def _adds_below(person: Person, organisation: Place, kind: Kind) -> bool:
    return bool(queries.places_to_add(person, organisation, kind))


def at_record(view: View | None = None, *, may: Callable[[Person, Record], bool] | None = None, kind: str = "") -> Any:
    """The view is given the record that its address names, whole, if the person may read it; else 404.

    Somebody who reads it and may not do what the view does (`may`) gets 403. A room's own view, whose address names
    no kind, says of which `kind` its records are.
    """
    if view is None:
        return lambda inner: at_record(inner, may=may, kind=kind)
    of_kind = kind

    @wraps(view)
    def gate(
        request: HttpRequest, organisation: str, record: UUID, kind: Kind | None = None, **parts: Any
    ) -> HttpResponse:
        asked = kind or kind_at(of_kind)
        found = queries.record_for(request.user, organisation, asked, record) if asked else None
        if found is None:
            raise Http404
        if may and not may(request.user, found):
            raise PermissionDenied
        return view(request, found, **parts)

    gate.policy = Policy(at_record=True, may=may)  # type: ignore[attr-defined]
    return gate


def address_of(record: Record) -> str:
    """Where a record's page stands; its organisation is loaded with it."""
    return f"/{record.organisation.slug}/{KINDS[record.kind].address}/{record.pk}/"


def version_sent(request: HttpRequest) -> int:
    """The version that a page showed on which a button was pressed; 0, which is none, where it says none."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
