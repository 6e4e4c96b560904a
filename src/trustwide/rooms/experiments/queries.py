"""Every read of this room that more than one page needs."""

from __future__ import annotations

from django.db.models import QuerySet

from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.queries import places_to_add
from trustwide.rooms.decisions.models import TAKEN_BACK, TEST, YES, Decision
from trustwide.rooms.experiments.models import RUNNING, Contacts, Experiment, SafeLimits
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

SHOWN = 20


def limits_for(place: Place) -> SafeLimits | None:
    """The limits that hold at a place now: those of its organisation."""
    return SafeLimits.objects.filter(organisation=place.organisation_id).order_by("-number").first()


def versions_of_limits(organisation: Place) -> list[SafeLimits]:
    """All limits that held, the newest first; as many as a page shows."""
    return list(SafeLimits.objects.filter(organisation=organisation).order_by("-number").select_related("by")[:SHOWN])


def contacts_for(place: Place) -> Contacts | None:
    return Contacts.objects.filter(organisation=place.organisation_id).first()


def may_plan(person: Person, organisation: Place) -> bool:
    """Whether there is a place there at which the person may plan an experiment."""
    return bool(places_to_add(person, organisation, KINDS[Experiment._meta.label_lower]))


def running_in(person: Person, organisation: Place) -> QuerySet[Experiment]:
    """What is being tried in an organisation, of what the person may read, the next to end first."""
    found = Experiment.objects.visible_to(person).filter(organisation=organisation, stage=RUNNING)
    return found.select_related("place", "organisation").order_by("next_review", "pk")


def as_it_stands(experiment: Experiment) -> Experiment:
    """The record as it is kept, with what its page needs: a refused act may have written on the one in hand."""
    whole = Experiment.objects.select_related("place__organisation", "organisation", "owner", "created_by")
    return whole.get(pk=experiment.pk)


def was_agreed(experiment: Experiment) -> bool:
    """Whether the decision that was asked for said yes, or yes as a test."""
    return Decision.objects.filter(pk=experiment.question_id, stage__in=(YES, TEST)).exists()


def was_taken_back(experiment: Experiment) -> bool:
    """Whether whoever asked for its decision asks no more."""
    return Decision.objects.filter(pk=experiment.question_id, stage=TAKEN_BACK).exists()


def is_asked_by_one(decision: Decision) -> bool:
    """Whether it is the question of an experiment."""
    return Experiment.objects.filter(question=decision.pk).exists()


def decision_of(person: Person, experiment: Experiment) -> Decision | None:
    """The decision that was asked for, if the person may read it."""
    found = Decision.objects.visible_to(person).filter(pk=experiment.question_id)
    return found.select_related("organisation", "owner").first() if experiment.question_id else None
