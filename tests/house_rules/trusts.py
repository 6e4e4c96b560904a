"""Look-alike trusts: the same places, people, records and what hangs on them, under different names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from tests.house_rules.of_rooms import told
from tests.house_rules.walls import set_up_wall
from tests.makers import make_job, make_organisation, make_person, make_team
from trustwide.engines.uploads import Accepted
from trustwide.rooms.boards.models import Card, Huddle, Thanks
from trustwide.rooms.commons import actions
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Link, Notice
from trustwide.rooms.devices.actions import add_device
from trustwide.rooms.devices.models import Device
from trustwide.rooms.measures.actions import record_numbers, reset_limits
from trustwide.rooms.measures.computed import Number
from trustwide.rooms.measures.models import LimitsReset
from trustwide.rooms.notices.actions import add_channel
from trustwide.rooms.notices.models import Channel
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.actions_partnership import make_partnership
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.actions import answer_objective, keep_found
from trustwide.rooms.purpose.models import Round

#: Roles that are held at a ward; the others at the trust itself.
WARD_ROLES = {"staff", "team-leader", "service-user-partner", "partner-guest"}


@dataclass(frozen=True)
class Hung:
    """What hangs on a record: the ids of a comment, of a link that starts from it, and of a file."""

    comment: UUID
    link: UUID
    file: UUID


@dataclass
class Trust:
    place: Place
    ward: Place
    everyone: Person  # somebody with every role
    people: dict[str, Person] = field(default_factory=dict)  # by role
    records: dict[str, Any] = field(default_factory=dict)  # by the address of their kind
    hung: dict[str, Hung] = field(default_factory=dict)
    channel: Any = None
    job: Any = None  # one that was given up
    notice: Any = None  # one that everyone was left

    partnership: str = ""

    @property
    def device(self) -> Device:
        return Device.objects.get(place=self.ward)

    @property
    def card(self) -> Card:
        return Card.objects.get(board__team=self.ward)

    @property
    def huddle(self) -> Huddle:
        return Huddle.objects.get(team=self.ward)

    @property
    def thanks(self) -> Thanks:
        return Thanks.objects.get(team=self.ward)

    @property
    def turn(self) -> Round:
        return self.records["objectives"].rounds.get()

    @property
    def reset(self) -> LimitsReset:
        return self.records["measures"].resets.get()


def make_trust(name: str, group: Place | None = None, word: str = "") -> Trust:
    """A trust with a ward, a person of each role, a record of each kind; `word` marks each text that it holds."""
    place = make_organisation(f"{name}{word}", group)
    ward = make_team(place, f"Ward 7{word}")
    trust = Trust(place, ward, make_person(f"Everyone {name}{word}"))
    for role in ROLES:
        at = ward if role in WARD_ROLES else place
        trust.people[role] = make_person(f"{role} {name}{word}", role, at)
        give_role(by=None, person=trust.everyone, role=role, place=place)
    add_device(by=trust.people["team-leader"], place=ward, name=f"Screen {word}".strip())
    for kind in KINDS.values():
        trust.records[kind.address] = make_record(trust, kind, word)
    _add_numbers(trust, word)
    joined = make_partnership(by=trust.everyone, organisation=place, name=f"{name} together{word}")
    trust.partnership = joined.slug
    _talk(trust, word)
    _read(trust, word)
    for address, record in trust.records.items():
        trust.hung[address] = _hang(trust, record, word)
    _set_up_telling(trust, word)
    set_up_wall(trust, word)
    for set_up in told("set_up"):
        set_up(trust, word)
    return trust


def _set_up_telling(trust: Trust, word: str) -> None:
    """A channel of the trust that stopped, a notice that waits to be read, and a job of its own that was given up."""
    told = {"name": f"News {word}", "address": f"https://chat.example.org/{word}", "kinds": ["moved"]}
    trust.channel = Channel.objects.get(pk=add_channel(by=trust.everyone, place=trust.place, **told))
    Channel.objects.filter(pk=trust.channel.pk).update(stopped_at=now())
    first = next(iter(trust.records.values()))
    actions.comment_on(by=trust.people["manager"], record=first, text=f"An answer {word}")
    trust.notice = Notice.objects.filter(person=trust.everyone).first()
    given_up = {"status": "FAILED", "finished_at": now(), "exception_class_path": "smtplib.SMTPException"}
    trust.job = make_job(trust.place, **given_up)


def make_record(trust: Trust, kind: Kind, word: str) -> Any:
    """A record of any kind, every text of it written: not a draft, shared with the organisation."""
    fields = {name: _text(kind, name, word) for name in kind.typed if _is_text(kind, name)}
    stage = next(each.key for each in kind.stages if each.key != "draft")
    number = actions.add_record(by=trust.everyone, kind=kind, place=trust.place, fields=fields, stage=stage)
    return kind.model.objects.select_related("place", "organisation", "owner").get(pk=number)


def _is_text(kind: Kind, name: str) -> bool:
    return isinstance(kind.model._meta.get_field(name), models.CharField | models.TextField)


def _text(kind: Kind, name: str, word: str) -> str:
    return f"We tried it. It went well. {kind.address} {name} {word}".strip()


def _add_numbers(trust: Trust, word: str) -> None:
    measure, analyst = trust.records["measures"], trust.people["analyst"]
    numbers = [Number(date(2025, month, 1), 20.0 + month % 3) for month in range(1, 13)]
    record_numbers(by=analyst, measure=measure, numbers=numbers)
    reset_limits(by=analyst, measure=measure, starts=date(2025, 6, 1), reason=f"New ward {word}")


def _talk(trust: Trust, word: str) -> None:
    """The objective helps another, whose side would put it otherwise."""
    lower, executive = trust.records["objectives"], trust.people["executive"]
    kind = KINDS[lower.kind]
    fields = {name: _text(kind, name, word) for name in kind.typed}
    upper = actions.add_record(by=executive, kind=kind, place=trust.place, fields=fields, stage="live")
    above = kind.model.objects.select_related("place").get(pk=upper)
    actions.link_records(by=trust.everyone, start=lower, meaning="contributes-to", end=above)
    lower.refresh_from_db()
    answer_objective(by=executive, objective=lower, what="wording", worded=lower.worded, text=f"We would say {word}")


def _read(trust: Trust, word: str) -> None:
    """The document was read: it carries one value, in one place."""
    check, said = trust.records["document-checks"], {"count": 1, "quoted": [0]}
    found = {"values": [{"id": str(trust.records["values"].pk), **said}], "support": {"count": 0, "quoted": []}}
    found |= {"aims": [{"id": str(trust.records["objectives"].pk), **said}], "sentences": 3, "where": [2]}
    keep_found(by=trust.everyone, check=check, quotes=[f"We say sorry first. {word}".strip()], found=found)


def _hang(trust: Trust, record: Any, word: str) -> Hung:
    by = trust.everyone
    comment = actions.comment_on(by=by, record=record, text=f"A comment {word}")
    file = actions.attach_file(by=by, record=record, file=Accepted(f"file{word}.csv", "text/csv", f"a,{word}".encode()))
    other = next(each for each in trust.records.values() if each.pk != record.pk)
    actions.link_records(by=by, start=record, meaning="came-from", end=other)
    return Hung(comment, Link.objects.get(start=record.pk, meaning="came-from").pk, file)
