"""Who reads what: by role, by place, by how a record is shared."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from tests.makers import make_group, make_message, make_organisation, make_person, make_team, read_by
from trustwide.rooms.commons.models import DRAFT, Record, readable
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places import actions
from trustwide.rooms.places.in_hand import meets
from trustwide.rooms.places.models import Partnership, Place
from trustwide.rooms.places.reach import SHARINGS


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


def crowd(trust: Place) -> dict[str, Person]:
    """Somebody from each direction, and a message shared in each way."""
    group = trust.parent
    sister, council = make_organisation("Riverside", group), make_organisation("Council", kind="council")
    away = make_organisation("Far away")
    ward, writer = make_team(trust), make_person("Alice", "executive", trust)
    borough = Partnership.objects.create(name="Borough", slug="borough")
    for member in (trust, council):
        borough.members.create(organisation=member, starts=today(), accepted_on=today())
    for sharing in SHARINGS:
        make_message(writer, trust, title=sharing, sharing=sharing)
    return {
        "a nurse of the trust": make_person("Bob", "staff", ward),
        "its manager": make_person("Man", "manager", trust),
        "the sister trust": make_person("Sis", "staff", sister),
        "the group": make_person("Gil", "executive", group),
        "the council": make_person("Cou", "staff", council),
        "a guest of the ward": make_person("Gus", "partner-guest", ward),
        "far away": make_person("Far", "staff", away),
    }


def test_who_reads_what(trust: Place) -> None:
    people = crowd(trust)
    organisation = {"organisation", "group", "partners", "public"}
    assert {name: read_by(person) for name, person in people.items()} == {
        "a nurse of the trust": organisation,
        "its manager": organisation | {"team"},
        "the sister trust": {"group", "partners", "public"},
        "the group": {"group", "partners", "public"},
        "the council": {"partners", "public"},
        "a guest of the ward": {"public"},
        "far away": {"public"},
    }


def test_the_next_request_is_refused(trust: Place) -> None:
    nurse = make_person("Bob", "staff", trust)
    make_message(make_person("Alice", "executive", trust), trust)
    assert read_by(nurse)
    actions.end_role(by=None, held=nurse.roles.get())
    assert not read_by(nurse)
    actions.give_role(by=None, person=nurse, role="staff", place=trust)
    nurse.is_active = False
    nurse.save()
    assert not read_by(nurse)


def test_a_record_in_hand_is_read_by_the_same_people(trust: Place) -> None:
    """The one rule, asked of the database and of what is loaded: each person, sharing, place and stage."""
    people = [*crowd(trust).values(), AnonymousUser()]
    writer = Person.objects.get(name="Alice")
    Record.objects.update(stage="posted")
    for place in (trust, trust.parent, Place.objects.get(level="team"), Place.objects.get(name="Council")):
        for sharing in SHARINGS:
            for stage in ("posted", DRAFT):
                record = make_message(writer, trust, title=f"{place} {sharing} {stage}", stage=stage)
                told = {"place": place, "organisation": place.organisation, "sharing": sharing}
                Record.objects.filter(pk=record.pk).update(**told)
    answers = Counter[bool]()
    for person in [*people, writer]:
        seen = set(Record.objects.visible_to(person).values_list("pk", flat=True))
        for record in Record.objects.all():
            answer = all(meets(each, record) for each in readable(person))
            assert answer == (record.pk in seen), f"{person}: {record}"
            answers[answer] += 1
    print(f"answers: {dict(answers)}")
    assert min(answers.values()) > 50


def test_what_it_does_not_know_it_does_not_answer(trust: Place) -> None:
    for condition in (Q(stage__gt="a"), Q(stage="a") ^ Q(stage="b")):
        with pytest.raises(NotImplementedError):
            meets(condition, Record(stage="a"))
