"""The documents that the demo's trusts had checked, read by the engine as anybody's would be."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import added
from trustwide.rooms.people import clock
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.purpose import actions
from trustwide.rooms.purpose.document_reading import look_through
from trustwide.rooms.purpose.models import DocumentCheck

TOLD: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "demo-documents.toml").read_text(encoding="utf-8")
)
#: Who has a document of a place checked: the first of these roles that somebody holds there.
ROLES = ("manager", "team-leader", "executive")


def tell(story: Story) -> None:
    """All are sent first and then read together; each was read on the day on which it was sent."""
    numbers = []
    for trust, documents in TOLD.items():
        before = None
        for told in documents:
            with story.on(story.ago(weeks=told["weeks"]), 10):
                before = _send(story.places[f"{trust} › {told['place']}"], told, before)
            numbers.append(before.pk)
    sent = DocumentCheck.objects.select_related("place__organisation", "organisation", "created_by")
    for check, quotes, told in look_through(sent.filter(pk__in=numbers)):
        with clock.at(check.created_at):
            actions.keep_found(by=check.created_by, check=check, quotes=quotes, found=told)


def _send(place: Place, told: dict[str, Any], before: DocumentCheck | None) -> DocumentCheck:
    by, fields = _who(place), {"title": told["title"], "text": told["text"].strip()}
    if "sort" in told or before is None:
        kind, fields = KINDS[DocumentCheck._meta.label_lower], {**fields, "sort": told["sort"]}
        number = add_record(by=by, kind=kind, place=place, fields=fields)
    else:
        number = actions.check_again(by=by, earlier=before, fields={**fields, "sort": before.sort})
    return added(DocumentCheck, number, "place__organisation")  # type: ignore[no-any-return]


def _who(place: Place) -> Person:
    held = {each.role: each.person for each in RoleHeld.objects.filter(place=place).select_related("person")}
    return next(held[role] for role in ROLES if role in held)
