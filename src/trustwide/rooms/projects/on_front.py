"""What this room puts on front pages and on boards: the test that runs, thanks that are owed, what was learned."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from trustwide.rooms.commons.board_records import ask_for_boards, records_on_board
from trustwide.rooms.commons.front_lines import CHANGED, NEEDS, FrontRecords, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.devices.parts import BoardPart, register_part
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.places.rule import Rule
from trustwide.rooms.projects.access import LEADERS
from trustwide.rooms.projects.models import FabulousFailure, Member, TestOfChange
from trustwide.rooms.projects.tests_page import failure_fact

TESTS, OWED, LEARNED = 2, 3, 2
ON_BOARD = 2


def running_tests(person: Person, place: Place) -> QuerySet[TestOfChange]:
    """The tests of theirs, and of their teams, that run."""
    members = Member.objects.filter(project=OuterRef("of_project"), person=person)
    mine = Q(owner=person) | Q(created_by=person) | Exists(members)
    return TestOfChange.objects.filter(mine, stage="running").order_by("started_at")


def what_happened(test: TestOfChange, person: Person, place: Place) -> Line:
    said = _("Day %(day)s of your test: what happened?") % {"day": day_of(test)}
    return Line(test.title, address_of(test), said)


def day_of(test: TestOfChange) -> int:
    """Which day of the test today is, where people work: the day on which it began is the first."""
    return (today() - localdate(test.started_at)).days + 1


def thanks_owed(person: Person, place: Place) -> QuerySet[FabulousFailure] | None:
    """What failed well below them and was told, and nobody has thanked the team for."""
    held = [each.place for each in reach_of(person).roles if each.role in LEADERS]
    if not held:
        return None
    within = Q(*(_within(each) for each in held), _connector=Q.OR)
    told = FabulousFailure.objects.filter(Rule(within), stage="published", thanked_at=None)
    return told.exclude(owner=person).exclude(created_by=person).order_by("published_at")


def _within(place: Place) -> Q:
    """What a role there leads; a board leads its organisation."""
    return Q(organisation=place.organisation_id) if place.kind == "board" else Q(place__path__startswith=place.path)


def owed(failure: FabulousFailure, person: Person, place: Place) -> Line:
    words = _("%(place)s told of what failed: a thank-you is owed within a week") % {"place": failure.place.name}
    return Line(failure.title, address_of(failure), words)


def tried_and_learned(person: Person, place: Place) -> QuerySet[FabulousFailure] | None:
    """For the board: what was tried and failed, and what was learned."""
    if not any(each.role in ("board-member", "executive") for each in reach_of(person).roles):
        return None
    told = FabulousFailure.objects.filter(organisation=place.organisation_id, stage="published")
    return told.filter(thanked_at__isnull=False).order_by("-published_at")  # what waits for thanks stands above already


def learned(failure: FabulousFailure, person: Person, place: Place) -> Line:
    words = _("Tried and failed. %(learned)s") % {"learned": failure_fact(failure)}
    return Line(failure.title, address_of(failure), words)


def tests_at(team: Place) -> QuerySet[TestOfChange]:
    running = TestOfChange.objects.filter(place=team, stage="running")
    return running.select_related("of_project").order_by("-started_at")


def trying_part(team: Place, person: Person | None) -> dict[str, Any]:
    """The tests that run at a team, the newest first."""
    found = records_on_board(team, person, "trying")
    days = [(each, day_of(each)) for each in found[:ON_BOARD]]
    return {"tests": days, "more": len(found) > ON_BOARD}


register_front(FrontRecords("running-tests", NEEDS, 30, TESTS, running_tests, what_happened))
register_front(FrontRecords("thanks-owed", NEEDS, 40, OWED, thanks_owed, owed))
register_front(FrontRecords("tried-and-learned", CHANGED, 40, LEARNED, tried_and_learned, learned))
ask_for_boards("trying", ON_BOARD + 1, tests_at)
register_part(BoardPart("trying", 15, "projects/board-trying.jinja", trying_part))
