"""Links to the pages about all of an organisation, on pages that people see who may not open those.

A guest or a service-user partner reads the places they were asked to, and of the organisation nothing else.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from jinja2 import pass_context

from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


@pass_context
def opens(context: Any, organisation: Place) -> bool:
    """Whether who reads the page may open those about all of an organisation. Asked once a request."""
    request = context["request"]
    kept = request.__dict__.setdefault("opens", {})
    if organisation.pk not in kept:
        kept[organisation.pk] = reach_of(request.user).can_read_place(organisation)
    return bool(kept[organisation.pk])


@pass_context
def leads_to(context: Any, organisation: Place, page: str, words: Any) -> Any:
    """Words that lead to a page below an organisation's address; the words alone where it would not open."""
    if not opens(context, organisation):
        return format_html("{}", words)
    return format_html('<a href="/{}/{}">{}</a>', organisation.slug, page, words)
