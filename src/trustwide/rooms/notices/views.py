"""The pages of what somebody is told, and of how they want to be told."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.notices import actions, letters, queries, telling
from trustwide.rooms.notices.forms import ChooseForm
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.gates import public, signed_in

A_PAGE = 50
SAID = {"chosen": _("Saved. That is how we tell you from now on."), "read": _("All are marked as read.")}


@signed_in
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I am told, unread first, by day."""
    page = Paginator(queries.unread_first(request.user), A_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    context = {
        "page": page,
        "days": queries.by_day(found),
        "telling": telling,
        "any_new": any(each.read_at is None for each in found),
        "until": now().isoformat(),
        "said": SAID.get(request.GET.get("said", "")),
    }
    return render(request, "notices/mine.jinja", context)


@signed_in
@require_POST
def read_one(request: HttpRequest, notice: UUID) -> HttpResponse:
    found = queries.notice_of(request.user, notice)
    if found is None:
        raise Http404
    actions.mark_read(person=request.user, notice=found)
    return redirect("notices:mine")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All that stood on the page when it was shown: what came since stays new."""
    actions.mark_all_read(person=request.user, until=queries.moment(request.POST.get("until", "")))
    return redirect("/notices/?said=read")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """How I want to be told."""
    form = ChooseForm(request.POST if request.method == "POST" else None, queries.choice_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.choose_notices(person=request.user, **form.told())
        return redirect("/notices/?said=chosen")
    context = {"form": form, "organisations": queries.organisations_of(request.user)}
    return render(request, "notices/choose.jinja", context, status=422 if form.is_bound else 200)


@csrf_exempt  # the letter is the proof; mail programs post here by themselves, with no cookie (RFC 8058)
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, letter: str) -> HttpResponse:
    """From the link of an e-mail, signed in or not: no more of them."""
    person = queries.reader(letters.person_of(letter))
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.stop_email(person=person)
    return render(request, "notices/stop.jinja", {"stopped": request.method == "POST"})
