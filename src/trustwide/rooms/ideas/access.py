"""Who may do what in this room, where commons does not say it already. Predicates only."""

from __future__ import annotations

from trustwide.rooms.commons import access, notices
from trustwide.rooms.ideas.models import FRAMING, Idea, Problem
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places.deputies import answers_for
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

#: Whose ideas about a problem wait until it is framed: those who could have them carried out by saying so.
HELD_BACK = ("executive", "board-member", "manager")
#: Who is told, kindly, that what they wrote as a problem is an answer. A team leader works beside their people.
NUDGED = (*HELD_BACK, "team-leader")


def leads(person: Person, organisation: Place, roles: tuple[str, ...] = HELD_BACK) -> bool:
    """Whether the person holds one of those roles in the organisation, or in its group."""
    homes = (organisation.pk, organisation.parent_id)
    return any(each.role in roles and each.place.organisation_id in homes for each in reach_of(person).roles)


def is_held_back(person: Person, problem: Problem) -> bool:
    """Whether the person's ideas about it stay closed, since it is not framed yet."""
    return problem.stage == FRAMING and leads(person, problem.organisation)


def must_wait(person: Person, idea: Idea) -> bool:
    """Whether an idea of that person is kept as a draft: its problem is not framed or, for one who leads, not named."""
    if idea.for_problem is None:
        return leads(person, idea.organisation)
    return is_held_back(person, idea.for_problem)


def can_frame(person: Person, problem: Problem) -> bool:
    """Whoever may comment on it can give it an angle, while it is open."""
    return problem.closed_at is None and access.can_comment(person, problem)


def can_ask_everyone(person: Person, problem: Problem) -> bool:
    """The board: its members, and those who write to all staff, of a problem that they may change."""
    asks = any(
        (each.role == "board-member" or May.SPEAK in ROLES[each.role].may)
        and each.place.organisation_id in (problem.organisation_id, problem.organisation.parent_id)
        for each in reach_of(person).roles
    )
    return asks and problem.closed_at is None and access.can_change(person, problem)


def can_reply(person: Person, problem: Problem) -> bool:
    """All who belong to its organisation, while it is asked."""
    return problem.is_asking and reach_of(person).belongs_to(problem.organisation) and can_frame(person, problem)


def can_support(person: Person, idea: Idea) -> bool:
    """Whoever may comment on it, themselves aside, while it is open."""
    return idea.closed_at is None and person.pk != idea.created_by_id and access.can_comment(person, idea)


def can_word_anew(person: Person, idea: Idea) -> bool:
    """Whoever may change it, once its own words stay, while it is open."""
    return idea.is_locked and idea.closed_at is None and access.can_change(person, idea)


def can_answer(person: Person, idea: Idea) -> bool:
    """Its owner or who answers for them, and whoever leads there; nobody answers their own idea."""
    if person.pk == idea.created_by_id:
        return False
    return access.can_change(person, idea) or _answers_for_owner(person, idea)


def _answers_for_owner(person: Person, idea: Idea) -> bool:
    stands_in = (
        idea.owner is not None
        and idea.closed_at is None
        and answers_for(idea.owner, today(), idea.organisation) == person
    )
    return stands_in and notices.can_read(person, idea)


def is_late(idea: Idea) -> bool:
    """Whether the day by which its reply was due is over: others than its owner are told of it from then on."""
    return idea.answered_on is None and idea.next_review is not None and idea.next_review < today()
