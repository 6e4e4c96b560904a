"""Every read of this room that more than one page needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from trustwide.rooms.commons.models import Notice
from trustwide.rooms.gains.models import ROUNDS, Answers, Gain, Signal, Verdict
from trustwide.rooms.gains.ten import FEWEST
from trustwide.rooms.gains.verdicts import KEPT
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

LEADS = ("team-leader", "manager")
A_WEEK = timedelta(days=7)
SHOWN = 30


def gains_of(person: Person, organisation: Place) -> QuerySet[Gain]:
    """What an organisation keeps an eye on, of what the person may read."""
    found = Gain.objects.visible_to(person).filter(organisation=organisation, stage=KEPT)
    return found.select_related("place", "organisation", "owner").order_by("next_review", "pk")


def changed_in(person: Person, organisation: Place) -> list[Signal]:
    """Where the measure changed for the worse and nobody has looked yet: to owners at once, to others a week later."""
    told = Q(others_told__isnull=False) | Q(gain__owner=person)
    open_ = Signal.objects.filter(told, gain__in=gains_of(person, organisation).order_by(), looked_at=None)
    return list(open_.select_related("gain__place", "gain__organisation")[:SHOWN])


def signals_of(person: Person, gain: Gain) -> list[Signal]:
    """Those of one gain that nobody has looked at, of which the person may know already."""
    mine = gain.owner_id == person.pk
    found = gain.signals.filter(looked_at=None)
    return list(found if mine else found.filter(others_told__isnull=False))


def gains_changed(person: Person) -> QuerySet[Gain]:
    """What an owner is told of on their front page: unless a notice there says it already."""
    says_so = Notice.objects.filter(person=person, record=OuterRef("pk"), what="gain-signal", read_at=None)
    told = Signal.objects.filter(gain=OuterRef("pk"), looked_at=None).order_by("owner_told").values("owner_told")[:1]
    found = Gain.objects.annotate(told=Subquery(told)).filter(~Exists(says_so), owner=person, stage=KEPT)
    return found.exclude(told=None).order_by("told", "pk")


def verdicts_of(gain: Gain) -> list[Verdict]:
    """The story in dates, oldest first."""
    return list(gain.verdicts.all())


def verdict_of(gain: Gain, number: UUID) -> Verdict | None:
    return gain.verdicts.filter(pk=number).first()


def answers_of(gain: Gain) -> dict[int, list[list[int | None]]]:
    """The ten answers of each round, without whose they are. One query."""
    found: dict[int, list[list[int | None]]] = {months: [] for months in ROUNDS}
    for months, given in gain.answers.order_by("pk").values_list("months", "given"):
        found[months].append(given)
    return found


def own_answers(person: Person, gain: Gain, months: int | None) -> list[int | None]:
    """What the person answered in a round, [] before."""
    mine = gain.answers.filter(by=person, months=months).values_list("given", flat=True).first()
    return mine or []


def watched_by(person: Person, gain: Gain) -> Measure | None:
    """The measure that a gain watches, if the person may read it."""
    found = Measure.objects.visible_to(person).filter(pk=gain.watch_id)
    return found.select_related("organisation", "place").first()


def gains_with_signal() -> QuerySet[Gain]:
    """Those whose measure shows a change for the worse that nobody was told of yet."""
    told = Signal.objects.filter(gain=OuterRef("pk"), began__gte=OuterRef("watch__changed_since"))
    shows = Q(watch__variation__startswith="concern", watch__changed_since__isnull=False, watch__closed_at=None)
    return Gain.objects.filter(shows, ~Exists(told), stage=KEPT).exclude(owner=None)


def signals_for_others() -> QuerySet[Signal]:
    """Those of which the owner has known for a week, and the others do not know yet."""
    known = Signal.objects.filter(owner_told__lte=today() - A_WEEK, others_told=None, gain__stage=KEPT)
    return known.filter(gain__watch__variation__startswith="concern")


def whole_gain(number: UUID) -> Gain | None:
    whole = Gain.objects.select_related("place__organisation", "organisation", "owner", "watch")
    return whole.filter(pk=number, stage=KEPT).first()


def whole_signal(number: UUID) -> Signal | None:
    whole = Signal.objects.select_related("gain__place__organisation", "gain__owner")
    return whole.filter(pk=number, others_told=None).first()


def answers_of_enough() -> QuerySet[Answers]:
    """Those of rounds that so many answered that nobody is guessed."""
    same = Answers.objects.filter(gain=OuterRef("gain"), months=OuterRef("months")).order_by().values("gain")
    return Answers.objects.filter(Exists(same.annotate(many=Count("pk")).filter(many__gte=FEWEST)))


def others_of(gain: Gain) -> list[Person]:
    """Who else is told: whoever leads at its place, wrote it, or answered the ten sentences."""
    leads = Q(roles__place=gain.place_id, roles__role__in=LEADS)
    answered = Q(pk__in=Answers.objects.filter(gain=gain).values("by"))
    found: Any = Person.objects.filter(leads | answered | Q(pk=gain.created_by_id), is_active=True)
    return list(found.exclude(pk=gain.owner_id).distinct())
