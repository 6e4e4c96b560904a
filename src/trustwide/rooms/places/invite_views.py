"""The page that asks somebody in, and the page on which they come in."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trustwide.rooms.people import queries as people
from trustwide.rooms.people.forms import AccountForm
from trustwide.rooms.people.gates import public
from trustwide.rooms.people.limits import INVITATIONS, limited
from trustwide.rooms.people.models import Invitation, Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.people.sessions import sign_in_newcomer
from trustwide.rooms.places import actions_people, invitations
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.invite_forms import InviteForm
from trustwide.rooms.places.models import Place

PAGE_METHODS = ["GET", "HEAD", "POST"]


@at_organisation(needs=May.PEOPLE)
@limited(INVITATIONS)
@never_cache
@require_http_methods(PAGE_METHODS)
def invite(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Ask somebody in. Where no letter can be sent, the link is shown here, once."""
    places = invitations.places_to_invite_to(request.user, organisation)
    came_from = {
        "once": uuid4(),
        "place": next((place.pk for place, _words in places if place.slug == request.GET.get("place")), ""),
    }
    form = InviteForm(places, request.POST if request.method == "POST" else None, initial=came_from)
    context = {"organisation": organisation, "form": form, "sends": settings.SENDS_LETTERS, "asked": None}
    if request.method == "POST" and form.is_valid():
        address = request.build_absolute_uri(reverse("places:welcome", args=["token"]))
        told = {("key" if name == "once" else name): value for name, value in form.cleaned_data.items()}
        context["asked"] = invitations.invite(by=request.user, address=address, **told)
        return render(request, "places/invited.jinja", context)
    context["waiting"] = {each.email: each for each in people.open_invitations(organisation)}.values()
    return render(request, "places/invite.jinja", context, status=422 if request.method == "POST" else 200)


@at_organisation(needs=May.PEOPLE)
@require_POST
def withdraw(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
    """The letter went to a wrong address, or they are not to come after all: its link opens nothing any more."""
    found = next((each for each in people.open_invitations(organisation) if each.pk == number), None)
    if found is None:
        raise Http404
    actions_people.withdraw_invitations(by=request.user, organisation=organisation, email=found.email)
    return redirect(f"{reverse('places:invite', args=[organisation.slug])}?said=withdrawn")


@public
@never_cache
@require_http_methods(PAGE_METHODS)
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The page that an invitation's link opens."""
    invitation = people.good_invitation(token)
    place = invitations.place_of(invitation) if invitation else None
    if invitation is None or place is None:
        return gone(request)
    known = people.person_with(invitation.email)
    if known or request.user.is_authenticated or people.provider_for(invitation.email):
        return welcome_back(request, invitation, place, known)
    return welcome_new(request, invitation, place)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "places/invitation-gone.jinja", status=404)


def welcome_back(request: HttpRequest, invitation: Invitation, place: Place, known: Person | None) -> HttpResponse:
    """Somebody who has an account already takes the role as themselves, signed in."""
    mine = known is not None and known == request.user
    if request.method == "POST" and mine:
        token = request.resolver_match.kwargs["token"]
        return redirect("/") if invitations.accept(person=request.user, token=token) else gone(request)
    context = {"invitation": invitation, "place": place, "role": ROLES[invitation.role], "mine": mine}
    context["provider"] = people.provider_for(invitation.email)
    return render(request, "places/welcome-back.jinja", context, status=403 if request.method == "POST" else 200)


def welcome_new(request: HttpRequest, invitation: Invitation, place: Place) -> HttpResponse:
    """A name, and a password or a passkey; then they are in."""
    by_passkey, posted = request.POST.get("by") == "passkey", request.method == "POST"
    form = AccountForm(request.POST if posted else None, email=invitation.email, by_passkey=by_passkey)
    if posted and form.is_valid():
        typed = {each: form.cleaned_data[each] for each in ("name", "password")}
        token = request.resolver_match.kwargs["token"]
        person = invitations.open_account(token=token, email=invitation.email, **typed)
        if person is None:
            return gone(request)
        sign_in_newcomer(request, person)
        return redirect("mfa_add_webauthn" if by_passkey else "/")
    context = {"form": form, "invitation": invitation, "place": place, "role": ROLES[invitation.role]}
    return render(request, "places/welcome.jinja", context, status=422 if posted else 200)
