"""The pages of a person's own account, and of what each role may do."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.people import actions, queries
from trustwide.rooms.people.forms import NameForm
from trustwide.rooms.people.gates import public, signed_in
from trustwide.rooms.people.roles import ROLES, May, Reads
from trustwide.rooms.people.sessions import VISIT

SAID = {
    "password": _("Your new password is saved. Your other sessions are at an end."),
    "session": _("That session is at an end."),
    "sessions": _("Your other sessions are at an end."),
    "organisation": _("You sign in with your organisation, so you need no password or passkey here."),
    "name": _("Your name is saved."),
}


@signed_in
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do, printed from the table that every check reads."""
    return render(request, "people/roles.jinja", {"roles": ROLES.values(), "may": May, "reads": Reads})


@signed_in
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """My name, my sessions, and how I sign in."""
    return render(
        request,
        "people/me.jinja",
        {
            "roles": queries.roles_today(request.user),
            "names": ROLES,
            "visits": queries.running_visits(request.user),
            "here": request.session.get(VISIT),
            "steps": queries.second_steps(request.user),
            "said": SAID.get(request.GET.get("said", "")),
        },
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_person(by=request.user, person=request.user, name=form.cleaned_data["name"])
        return redirect("/me/?said=name")
    return render(request, "people/my-name.jinja", {"form": form}, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    visit = queries.visit_of(request.user, number)
    if visit is None:
        raise Http404
    if visit.pk == request.session.get(VISIT):
        return sign_out(request)
    actions.end_visit(by=request.user, visit=visit)
    return redirect("/me/?said=session")


@signed_in
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    actions.end_other_visits(by=request.user, person=request.user, keep=request.session.get(VISIT))
    return redirect("/me/?said=sessions")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/sign-in/?said=out")
