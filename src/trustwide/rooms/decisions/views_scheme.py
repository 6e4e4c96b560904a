"""The page of who may decide what, and where it is set."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.rooms.decisions import access, actions_scheme, lower_page, scheme_page
from trustwide.rooms.decisions.queries import line_of
from trustwide.rooms.decisions.scheme_forms import LineForm, TopForm
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.roles import May
from trustwide.rooms.people.seen import ChangedMeanwhile, look_again, refused
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place


@at_organisation(inside=True)
@require_safe
def scheme(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Who may decide what, in plain words, and what it said before."""
    may_set = access.can_set_scheme(request.user, organisation)
    context = {"organisation": organisation, "may_set": may_set, **scheme_page.told_of(organisation)}
    return render(request, "decisions/scheme.jinja", context)


@at_organisation(needs=May.SCHEME)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Add a line, or take one away; say who is at the top."""
    if "end" in request.POST:
        return _end(request, organisation)
    theirs = None
    sent, top = (request.POST if request.method == "POST" else None), "top" in request.POST
    form, top_form = LineForm(organisation, None if top else sent), TopForm(organisation, sent if top else None)
    if form.is_bound and form.is_valid():
        actions_scheme.set_line(by=request.user, organisation=organisation, line=form.line())
        return redirect("decisions:scheme", organisation=organisation.slug)
    if top_form.is_bound and top_form.is_valid():
        said = {"named": top_form.named(), "seen": top_form.cleaned_data["seen"]}
        try:
            actions_scheme.name_at_top(by=request.user, organisation=organisation, **said)
            return redirect("decisions:scheme", organisation=organisation.slug)
        except ChangedMeanwhile:
            theirs = look_again(top_form, top_form.initial["seen"])
    context = {"organisation": organisation, "form": form, "top_form": top_form, **scheme_page.told_of(organisation)}
    status = 422 if form.errors else refused(top_form, theirs)
    return render(request, "decisions/change-scheme.jinja", {**context, "theirs": theirs}, status=status)


@at_organisation(inside=True)
@require_safe
def lower(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What was decided at which level, what went up, and what limits would have let it be decided lower."""
    context = {"organisation": organisation, **lower_page.told_of(request.user, organisation, today())}
    return render(request, "decisions/lower.jinja", context)


def _end(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Take a line away; with `blank`, what was typed of its committee goes for good."""
    try:
        line = line_of(organisation, UUID(request.POST["end"]))
    except ValueError:
        line = None
    if line is None:
        raise Http404
    if "blank" in request.POST:
        actions_scheme.blank_line(by=request.user, line=line)
    actions_scheme.end_line(by=request.user, line=line)
    return redirect("decisions:change-scheme", organisation=organisation.slug)
