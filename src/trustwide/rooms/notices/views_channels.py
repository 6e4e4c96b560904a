"""The pages of the channels that an organisation and its teams have."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.rooms.commons.notices import WHAT
from trustwide.rooms.notices import actions, queries
from trustwide.rooms.notices.forms import ChannelForm
from trustwide.rooms.notices.models import Channel
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place

forms_too = require_http_methods(["GET", "HEAD", "POST"])
SAID = {
    "added": _("The channel is added. A greeting is on its way to it. If it does not come, check the address."),
    "changed": _("The channel is changed."),
    "started": _("We send to the channel again. A greeting is on its way to it."),
    "removed": _("The channel is taken away. We send it no more."),
}
MOVED = _("Somebody changed this channel while you had the page open. Look at it as it is now, then try again.")


@at_organisation
@require_safe
def channels(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The channels of the places where this person may set them."""
    places = queries.places_with_channels(request.user, organisation)
    context = {
        "organisation": organisation,
        "may_add": bool(places),
        "channels": queries.channels_of(places),
        "what": WHAT,
        "said": SAID.get(request.GET.get("said", "")),
    }
    return render(request, "notices/channels.jinja", context)


@at_organisation
@forms_too
def add(request: HttpRequest, organisation: Place) -> HttpResponse:
    places = queries.places_with_channels(request.user, organisation)
    if not places:
        raise PermissionDenied
    form = ChannelForm(request.POST if request.method == "POST" else None, places)
    if form.is_bound and form.is_valid():
        place, key = form.places[form.cleaned_data["place"]], form.cleaned_data["key"]
        actions.add_channel(by=request.user, place=place, key=key, **form.told())
        return redirect(f"/{organisation.slug}/channels/?said=added")
    context = {"organisation": organisation, "form": form, "channel": None}
    return render(request, "notices/channel.jinja", context, status=422 if form.is_bound else 200)


@at_organisation
@forms_too
def change(request: HttpRequest, organisation: Place, channel: UUID) -> HttpResponse:
    found = _channel(request, organisation, channel)
    form = ChannelForm(request.POST if request.method == "POST" else None, [], found)
    if form.is_bound and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_channel(by=request.user, channel=found, version=version, **form.told())
            return redirect(f"/{organisation.slug}/channels/?said=changed")
        except actions.ChannelMoved:
            form.add_error("name", MOVED)
    context = {"organisation": organisation, "form": form, "channel": found}
    return render(request, "notices/channel.jinja", context, status=422 if form.is_bound else 200)


@at_organisation
@require_POST
def start(request: HttpRequest, organisation: Place, channel: UUID) -> HttpResponse:
    actions.start_channel(by=request.user, channel=_channel(request, organisation, channel))
    return redirect(f"/{organisation.slug}/channels/?said=started")


@at_organisation
@require_POST
def remove(request: HttpRequest, organisation: Place, channel: UUID) -> HttpResponse:
    actions.remove_channel(by=request.user, channel=_channel(request, organisation, channel))
    return redirect(f"/{organisation.slug}/channels/?said=removed")


def _channel(request: HttpRequest, organisation: Place, number: UUID) -> Channel:
    """The channel, for who may set it; to everybody else there is none."""
    found = queries.channel_of(organisation, number)
    if found is None or not queries.may_set(request.user, found):
        raise Http404
    return found
