"""The page of background work that could not be done."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from trustwide.rooms.jobs import actions, queries
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place


@at_organisation(needs=May.AUDIT)
@require_safe
def not_done(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What could not be done, and what is being tried again."""
    context = {
        "organisation": organisation,
        "given_up": queries.given_up(organisation),
        "trying": queries.still_trying(organisation),
        "said": request.GET.get("said") == "again",
    }
    return render(request, "jobs/not-done.jinja", context)


@at_organisation(needs=May.AUDIT)
@require_POST
def again(request: HttpRequest, organisation: Place, job: UUID) -> HttpResponse:
    """Try one of them anew."""
    found = queries.job_of(organisation, job)
    if found is None:
        raise Http404
    actions.try_again(by=request.user, organisation=organisation, job=found)
    return redirect(f"/{organisation.slug}/jobs/?said=again")
