"""What this room puts on front pages and on boards: the test that runs, thanks that are owed, what was learned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from trustwide.rooms.commons.front_lines import CHANGED, NEEDS, FrontPart, Line, register_front
from trustwide.rooms.devices.parts import BoardPart, register_part
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.projects.access import LEADERS
from trustwide.rooms.projects.models import FabulousFailure, TestOfChange
from trustwide.rooms.projects.tests_page import failure_fact

TESTS, OWED, LEARNED = 2, 3, 2
ON_BOARD = 2


def running_tests(person: Person, place: Place) -> Iterator[Line]:
    """The tests of theirs, and of their teams, that run."""
    mine = Q(owner=person) | Q(created_by=person) | Q(of_project__members__person=person)
    running = TestOfChange.objects.visible_to(person).filter(mine, stage="running").distinct()
    for each in running.select_related("organisation").order_by("started_at")[:TESTS]:
        days = (today() - each.started_at.date()).days + 1
        words = _("Day %(day)s of your test: what happened?") % {"day": days}
        yield Line(each.title, _address(each, "tests-of-change"), words)


def thanks_owed(person: Person, place: Place) -> Iterator[Line]:
    """What failed well below them and was told, and nobody has thanked the team for."""
    held = [each.place for each in reach_of(person).roles if each.role in LEADERS]
    if not held:
        return
    within = Q(*(_within(each) for each in held), _connector=Q.OR)
    told = FabulousFailure.objects.visible_to(person).filter(within, stage="published", thanked_at=None)
    owed = told.exclude(owner=person).exclude(created_by=person).select_related("organisation", "place")
    for each in owed.order_by("published_at")[:OWED]:
        words = _("%(place)s told of what failed: a thank-you is owed within a week") % {"place": each.place.name}
        yield Line(each.title, _address(each, "fabulous-failures"), words)


def _within(place: Place) -> Q:
    """What a role there leads; a board leads its organisation."""
    return Q(organisation=place.organisation_id) if place.kind == "board" else Q(place__path__startswith=place.path)


def tried_and_learned(person: Person, place: Place) -> Iterator[Line]:
    """For the board: what was tried and failed, and what was learned."""
    if not any(each.role in ("board-member", "executive") for each in reach_of(person).roles):
        return
    told = FabulousFailure.objects.visible_to(person).filter(organisation=place.organisation_id, stage="published")
    told = told.filter(thanked_at__isnull=False)  # one that waits for thanks stands above already
    for each in told.select_related("organisation").order_by("-published_at")[:LEARNED]:
        words = _("Tried and failed. %(learned)s") % {"learned": failure_fact(each)}
        yield Line(each.title, _address(each, "fabulous-failures"), words)


def _address(record: Any, kind: str) -> str:
    return f"/{record.organisation.slug}/{kind}/{record.pk}/"


def trying_part(team: Place, person: Person | None) -> dict[str, Any]:
    """The tests that run at a team, the newest first."""
    running = TestOfChange.objects.on_wall(team, person).filter(place=team, stage="running")
    found = list(running.select_related("of_project").order_by("-started_at")[: ON_BOARD + 1])
    days = [(each, (today() - each.started_at.date()).days + 1) for each in found[:ON_BOARD]]
    return {"tests": days, "more": len(found) > ON_BOARD}


register_front(FrontPart("running-tests", NEEDS, 30, running_tests))
register_front(FrontPart("thanks-owed", NEEDS, 40, thanks_owed))
register_front(FrontPart("tried-and-learned", CHANGED, 40, tried_and_learned))
register_part(BoardPart("trying", 15, "projects/board-trying.jinja", trying_part))
