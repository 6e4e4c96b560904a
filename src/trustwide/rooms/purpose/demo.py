"""The demo's chapter of purpose: strategies, checked documents, and what chief executives wrote each month."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from trustwide.rooms.commons.actions import add_record, comment_on
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import added
from trustwide.rooms.measures.actions import add_computed_measure
from trustwide.rooms.measures.computed import COMPUTED, months_to
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import TEAM, Place, RoleHeld
from trustwide.rooms.purpose import demo_documents, demo_strategy
from trustwide.rooms.purpose.models import Message

TOLD = tomllib.loads((Path(__file__).parent / "demo-messages.toml").read_text(encoding="utf-8"))
MESSAGES, COMMENTS = TOLD["message"], TOLD["comments"]["texts"]
READERS = 60


def tell(story: Story) -> None:
    ties = demo_strategy.tell(story)
    demo_documents.tell(story)
    for trust in TRUSTS:
        home, chief = story.places[trust], demo_strategy.chief_of(story, trust)
        teams = [each for name, each in story.places.items() if each.level == TEAM and name.startswith(f"{trust} ›")]
        held = RoleHeld.objects.filter(place__in=teams, role="staff").select_related("person")
        staff = [each.person for each in held.order_by("person__email")[:READERS]]
        for number, month in enumerate(months_to(story.today)):
            team = teams[number * 5 % len(teams)].name
            tied = ties[trust][number % len(ties[trust])] if number else {}
            message = _post(story, chief, home, {**MESSAGES[number % len(MESSAGES)], **tied}, team, month)
            for each in range(number % 3 + 1):
                with story.on(month.replace(day=13 + each)):
                    text = COMMENTS[(number + each) % len(COMMENTS)]
                    comment_on(by=staff[(number * 7 + each) % len(staff)], record=message, text=text)
        with story.on(story.ago(days=1)):
            add_computed_measure(by=chief, computed=COMPUTED["messages-posted"], place=home)


def _post(story: Story, chief: Person, home: Place, told: dict[str, object], team: str, month: date) -> Message:
    fields = {name: said.replace("%s", team) if isinstance(said, str) else said for name, said in told.items()}
    with story.on(month.replace(day=12)):
        number = add_record(by=chief, kind=KINDS[Message._meta.label_lower], place=home, fields=fields, stage="posted")
    found: Message = added(Message, number, "place", "owner")
    return found
