"""What people add at a team's board: an idea, with a PIN at a shared device, and with no network."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import DRAFT
from trustwide.rooms.devices.parts import Addition, register_addition
from trustwide.rooms.ideas.access import leads
from trustwide.rooms.ideas.forms import BoardIdeaForm
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


def may_add(person: Person, team: Place) -> bool:
    return access.can_add(person, KINDS[Idea._meta.label_lower], team)


def save_idea(person: Person, team: Place, form: Any) -> Any:
    """A leader's begins with a problem. A board by which anybody may stand does not list those, so it is kept as a
    draft until its writer chooses one at their own screen.
    """
    said = form.cleaned_data
    fields, kind = {"title": said["title"], "more": said["more"]}, KINDS[Idea._meta.label_lower]
    stage = DRAFT if leads(person, team.organisation) else None
    number = add_record(by=person, kind=kind, place=team, fields=fields, key=said["key"], stage=stage)
    return Idea.objects.get(pk=number)


register_addition(Addition("idea", _("Have an idea"), may_add, BoardIdeaForm, save_idea, offline=True, order=25))
