"""The pages about an organisation's purpose as a whole: the strategy on a page, its versions, the objectives."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from trustwide.rooms.commons import access
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, version_sent
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.purpose import actions, cascade, message_feed, queries
from trustwide.rooms.purpose import priorities as limits
from trustwide.rooms.purpose import versions as history
from trustwide.rooms.purpose.cascade_picture import draw_cascade, state_words
from trustwide.rooms.purpose.models import Objective, Strategy
from trustwide.rooms.purpose.strategy_page import StrategyPage, page_of
from trustwide.rooms.purpose.strategy_pdf import heads, strategy_as_pdf


@at_organisation(visitors=queries.is_public)
@require_safe
def strategy(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The strategy on a page; to a visitor, what of it was made public."""
    return _strategy(request, organisation, page_of(request.user, organisation))


def _strategy(request: HttpRequest, organisation: Place, page: StrategyPage | None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"organisation": organisation, "page": page, "heads": heads(page) if page else {}}
    inside = request.user.is_authenticated and reach_of(request.user).can_read_place(organisation)
    context |= {"signed_in": inside, "address_of": address_of, "moved": status == 409}
    context |= {"elsewhere": page is None and queries.has_strategy(organisation)}
    context |= _may(request.user, organisation, page) if inside else {}
    return render(request, "purpose/strategy.jinja", context, status=status)


def _may(person: Person, organisation: Place, page: StrategyPage | None) -> dict[str, Any]:
    kinds = {name: KINDS[model._meta.label_lower] for name, model in (("write", Strategy), ("propose", Objective))}
    can = {name: access.can_add(person, kind, organisation) for name, kind in kinds.items()}
    return {**can, "change": bool(page and access.can_change(person, page.strategy)), "kinds": kinds}


@at_organisation(visitors=queries.is_public)
@require_safe
def strategy_pdf(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The same page on one sheet of A4."""
    page = page_of(request.user, organisation)
    if page is None:
        raise Http404
    response = HttpResponse(strategy_as_pdf(page), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="strategy-{organisation.slug}.pdf"'
    return response


@at_organisation
@require_safe
def versions(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The page as it stood on two days, side by side."""
    asked = {name: request.GET.get(name, "") for name in ("before", "after")}
    context = {"organisation": organisation, "told": history.side_by_side(request.user, organisation, asked)}
    return render(request, "purpose/versions.jinja", context)


@at_organisation(needs=May.CHANGE)
@require_POST
def share(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Make the page public, or take it back."""
    page = page_of(request.user, organisation)
    if page is None:
        raise Http404
    seen, public = version_sent(request), request.POST.get("public") == "yes"
    try:
        actions.share_strategy(by=request.user, strategy=page.strategy, version=seen, public=public)
    except SomeoneChangedThis:
        return _strategy(request, organisation, page_of(request.user, organisation), status=409)
    return redirect(f"/{organisation.slug}/strategy/")


@at_organisation
@require_safe
def tree(request: HttpRequest, organisation: Place) -> HttpResponse:
    """All objectives from the top down, as a picture and as a list; and what is joined to none."""
    found = cascade.cascade_of(request.user, organisation)
    roots = [each for each in cascade.walk(found.roots) if str(each.objective.pk) == request.GET.get("under")]
    context = {"organisation": organisation, "found": found, "picture": draw_cascade(roots or found.roots)}
    context |= {"sisters": queries.readable_in_group(request.user, organisation)}
    context |= {"under": roots[0] if roots else None, "state_words": state_words, "address_of": address_of}
    return render(request, "purpose/tree.jinja", {**context, "kinds": KINDS})


@at_organisation
@require_safe
def priorities(request: HttpRequest, organisation: Place) -> HttpResponse:
    """How many objectives are live at each level, and what stopped to make room."""
    context = {"organisation": organisation, "told": limits.priorities_of(request.user, organisation)}
    context |= {"sisters": queries.readable_in_group(request.user, organisation)}
    return render(request, "purpose/priorities.jinja", {**context, "address_of": address_of})


@at_organisation(visitors=queries.has_public_messages)
@require_safe
def feed(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The messages of an organisation's executives, for a reader of feeds."""
    found = queries.messages_of(request.user, organisation)[: message_feed.MOST]
    address = request.build_absolute_uri(f"/{organisation.slug}/messages/")
    return HttpResponse(message_feed.as_atom(organisation, found, address), content_type=message_feed.ATOM)
