"""The page on which somebody says who answers for them while they are away."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.gates import signed_in
from trustwide.rooms.places import actions_deputies, deputies
from trustwide.rooms.places.deputy_forms import AwayForm

SAID = {"named": _("It is saved. They get a letter."), "ended": _("It is ended. You answer by yourself.")}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Who answers for me, from when to when."""
    if "end" in request.POST:
        return _end(request)
    form = AwayForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data | {"starts": form.cleaned_data["starts"] or today()}
        try:
            actions_deputies.name_deputy(by=request.user, **told)
            return redirect("/me/away/?said=named")
        except actions_deputies.DeputyRefused as refusal:
            form.add_error("ends", refusal)
    mine, others = deputies.deputies_of(request.user), deputies.stands_in_for(request.user, today())
    context = {"form": form, "mine": mine, "others": others, "said": SAID.get(request.GET.get("said", ""))}
    return render(request, "places/away.jinja", context, status=422 if form.errors else 200)


def _end(request: HttpRequest) -> HttpResponse:
    try:
        row = deputies.deputy_of(request.user, UUID(request.POST["end"]))
    except ValueError:
        row = None
    if row is None:
        raise Http404
    actions_deputies.end_deputy(by=request.user, row=row)
    return redirect("/me/away/?said=ended")
