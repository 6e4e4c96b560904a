"""A trust with a ward in a service in a directorate, somebody who decides at each level, and a scheme."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.makers import make_organisation, make_person
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.decisions.actions import ask_decision
from trustwide.rooms.decisions.models import SERVICE, Decision, SchemeLine
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.models import Place

#: Level, role, limit, only what can be undone.
LINES = (
    ("team", "team-leader", 250, True),
    ("service", "manager", 1_000, True),
    ("directorate", "manager", 5_000, False),
    ("organisation", "executive", None, False),
)


@dataclass
class Trust:
    place: Place
    directorate: Place
    service: Place
    ward: Place
    people: dict[str, Person] = field(default_factory=dict)

    def ask(self, by: str = "nurse", **told: Any) -> Decision:
        """A question of the ward's: the smallest, where nothing else is told."""
        given: dict[str, Any] = {
            "place": self.ward, "question": "May we try a later tea round?", "why": "People ask for it.",
            "options": ["Try it at four"], "recommendation": "Try it.", "sort": SERVICE, **told,
        }  # fmt: skip
        return decision_numbered(ask_decision(by=self.people[by], **given))


def make_trust(name: str = "St Bride's", lines: Any = LINES, sort: str = SERVICE) -> Trust:
    place = make_organisation(name)
    directorate = add_place(by=None, level="directorate", name="Medicine", parent=place)
    service = add_place(by=None, level="service", name="Elderly care", parent=directorate)
    trust = Trust(place, directorate, service, add_place(by=None, level="team", name="Ward 7", parent=service))
    for who, role, at in (
        ("nurse", "staff", trust.ward), ("porter", "staff", trust.ward), ("leader", "team-leader", trust.ward),
        ("manager", "manager", service), ("director", "manager", directorate), ("chief", "executive", place),
        ("administrator", "administrator", place),
    ):  # fmt: skip
        trust.people[who] = make_person(f"{who} {name}".title(), role, at)
    for level, role, limit, undo_only in lines:
        SchemeLine.objects.create(
            organisation=place, sort=sort, level=level, role=role, limit=limit, undo_only=undo_only,
            by=trust.people["administrator"],
        )  # fmt: skip
    return trust


def again(decision: Decision) -> Decision:
    return decision_numbered(decision.pk)


def told(person: Person) -> list[str]:
    """What the person was told of, in order."""
    return list(Notice.objects.filter(person=person).order_by("at", "pk").values_list("what", flat=True))


DAY = date(2027, 3, 1)  # a Monday to come, when all hold their roles
