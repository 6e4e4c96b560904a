"""What people say at a team's board: a comment on something that goes on there, whatever its kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access, actions, queries
from trustwide.rooms.commons.forms import CommentForm
from trustwide.rooms.commons.kinds import Kind
from trustwide.rooms.devices.live import PATHS_OF
from trustwide.rooms.devices.parts import Addition, register_addition
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


class SayForm(CommentForm):
    key = forms.UUIDField(required=False, initial=CommentForm.base_fields["key"].initial, widget=forms.HiddenInput)
    about = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={
            "required": _("Choose what it is about"),
            "invalid_choice": _("Choose what it is about from the list"),
        },
    )
    field_order = ("about", "text")

    def __init__(self, person: Person, team: Place, sent: Any) -> None:
        super().__init__(sent)
        self.fields["text"].widget = forms.Textarea()
        self.fields["text"].label = _("What do you want to say?")
        self.fields["text"].help_text = _("Say what you saw or tried. Never name a patient.")
        self.records = {str(each.pk): each for each in queries.open_records_at(person, team)}
        self.fields["about"].choices = [(key, each.title) for key, each in self.records.items()]


def say(person: Person, team: Place, form: Any) -> Any:
    told = form.cleaned_data
    record = queries.whole_record(person, form.records[told["about"]])
    named = queries.people_named(record, queries.names_in(told["text"]))
    actions.comment_on(by=person, record=record, text=told["text"], mentions=named, key=told["key"])
    return record


def may_say(person: Person, team: Place) -> bool:
    """Who holds a role that comments there, and not only somewhere."""
    return reach_of(person).may(May.COMMENT, team)


def addition_of(kind: Kind) -> Addition:
    """A kind whose records people add at their team's board: a room registers it, and its own form and rights do."""

    def form(person: Person, team: Place, sent: Any) -> Any:
        made = kind.form_class(sent, places=[team], initial={"place": team.slug})
        made.fields["place"].widget = forms.HiddenInput()
        return made

    def save(person: Person, team: Place, form: Any) -> Any:
        fields, key = form.typed(), form.cleaned_data["key"]
        number = actions.add_record(by=person, kind=kind, place=team, fields=fields, key=key)
        return queries.record_for(person, team.organisation.slug, kind, number)

    return Addition(kind.address, kind.write, lambda person, team: access.can_add(person, kind, team), form, save)


register_addition(Addition("words", _("Say something"), may_say, SayForm, say, order=60))
PATHS_OF.append(queries.paths_of_records)
