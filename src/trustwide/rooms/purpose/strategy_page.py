"""The strategy on one page: what the screen shows, and the printed sheet, in the same order and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import GROUP, ORGANISATION, Place
from trustwide.rooms.places.reach import PUBLIC
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.models import Objective, Strategy, Value
from trustwide.rooms.purpose.record_parts import benefits_of, measures_of

AUDIENCES = {
    "colleagues": gettext_lazy("Colleagues"),
    "patients": gettext_lazy("Patients"),
    "service_users": gettext_lazy("Service users"),
    "local_people": gettext_lazy("Local people"),
}


@dataclass(frozen=True)
class Aim:
    """One objective as the page tells it."""

    objective: Objective
    why: list[str]
    value: str
    measures: list[Any]
    owner: str

    @property
    def measure_words(self) -> str:
        """Those that the reader may see; that one is there is told to others too."""
        hidden = _("for people who work here") if self.objective.told_by_id else _("none yet")
        return "; ".join(each.title for each in self.measures) or hidden

    @property
    def beside(self) -> list[str]:
        """Who, by which measure, which value and when it is looked at again."""
        review = self.objective.next_review
        told = [
            (_("Owner"), self.owner or _("nobody yet")),
            (_("Measure"), self.measure_words),
            (_("Value"), self.value or _("none yet")),
            (_("Look again by"), f"{review:%-d %B %Y}" if review else _("no day yet")),
        ]
        return [f"{label}: {said}" for label, said in told]


@dataclass(frozen=True)
class StrategyPage:
    """All that stands on it."""

    organisation: Place
    strategy: Strategy
    voices: list[tuple[str, str]]  # who, and why we are here in their words
    values: list[Value]
    aims: list[Aim]
    sisters: list[Place]  # of a group: the organisations in it

    @property
    def is_public(self) -> bool:
        return self.strategy.sharing == PUBLIC

    @property
    def not_public(self) -> int:
        """How many parts of a public page only staff can read."""
        parts = [*self.values, *(each.objective for each in self.aims)]
        return sum(each.sharing != PUBLIC for each in parts)


def page_of(person: Person, organisation: Place) -> StrategyPage | None:
    """The page as the person may read it: at most eight queries. None while no strategy is in use."""
    strategy = queries.strategy_at(person, organisation)
    if strategy is None:
        return None
    objectives = list(queries.live_at(person, organisation)[: queries.limit_of(organisation)])
    values = list(queries.values_at(person, organisation))
    lived = {each.pk: each.title for each in Value.objects.visible_to(person).filter(objectives__in=objectives)}
    measures = measures_of(person, objectives)
    sisters = Place.objects.open().filter(parent=organisation, level=ORGANISATION).select_related("organisation")
    return StrategyPage(
        organisation,
        strategy,
        [(str(words), getattr(strategy, name)) for name, words in AUDIENCES.items() if getattr(strategy, name)],
        values,
        [_aim(each, lived, measures[each.pk]) for each in objectives],
        list(sisters) if organisation.level == GROUP else [],
    )


def _aim(objective: Objective, lived: dict[Any, str], measures: list[Any]) -> Aim:
    """Why it matters in the words of each kind of benefit; the money stands last, as the objective has it."""
    why = [f"{label[:1].upper()}{label[1:]}: {said}" for label, said in benefits_of(objective)]
    owner = objective.owner.name if objective.owner else ""
    return Aim(objective, why, lived.get(objective.lives_id, ""), measures, owner)
