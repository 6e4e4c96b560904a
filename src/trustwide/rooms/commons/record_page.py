"""The page of one record, whatever its kind, as each of its forms comes back to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access, joined, queries, threads
from trustwide.rooms.commons.forms import CommentForm, FileForm, LinkForm, RecordForm
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.models import DRAFT, SHARING_WORDS

CANNOT_MOVE = _("It cannot be moved there. Choose one of the buttons.")
MOVED_MEANWHILE = _(
    "Someone changed this while you were reading. Here it is as it stands now; nothing of yours was lost."
)
NOTHING_TO_JOIN = _("Choose what to join it to: search for it by its title.")
A_CIRCLE = _("That would make a circle: it helps this one already. Nothing was joined.")


def shown(
    request: HttpRequest, record: Any, *, forms: dict[str, Any] | None = None, told: Any = "", status: int = 200
) -> HttpResponse:
    """The page; `forms` are those that were sent and refused, `told` what happened."""
    person, kind = request.user, kind_of(record)
    own = kind.shows(person, record) if kind.shows else {}
    links = queries.links_of(person, record)
    context = {
        "record": record,
        "kind": kind,
        "organisation": record.organisation,
        "home": address_of(record),
        "line": queries.places_above(record.place),
        "fits": threads.line(person, record),
        "stage": kind.stage(record.stage),
        "sharing": _("Only you, while it is a draft") if record.stage == DRAFT else SHARING_WORDS[record.sharing],
        "comments": [each for each in queries.comments_on(record) if each.pk not in own.get("said_above", ())],
        "named_in_vain": queries.named_in_vain,
        "files": list(queries.files_of(record)),
        "links": links,
        "joined": joined.parts_of(person, record, links),
        "offers": joined.offers_on(person, record),
        "found": queries.records_to_link(person, record, request.GET.get("join", "")),
        "may": {name: rule(person, record) for name, rule in RULES.items()},
        "forms": {"comment": CommentForm(), "link": LinkForm(), "file": FileForm(), **(forms or {})},
        "told": told,
        "address_of": address_of,
        **own,
    }
    response = render(request, "commons/record.jinja", context, status=status)
    if own.get("look_again_in"):  # something is being done; a page without scripts turns itself
        response["Refresh"] = str(own["look_again_in"])
    return response


RULES = {
    "change": access.can_change,
    "comment": access.can_comment,
    "attach": access.can_attach,
    "redact": access.can_redact,
    "see_audit": access.can_see_audit,
}


def differences(form: RecordForm, theirs: Any) -> list[tuple[Any, Any, Any]]:
    """Each field in which what was typed and what stands now differ: its label, yours, theirs."""
    yours = form.typed()
    return [
        (form.fields[name].label, yours[name], getattr(theirs, name))
        for name in yours
        if yours[name] != getattr(theirs, name)
    ]
