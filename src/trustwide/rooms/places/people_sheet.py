"""Who holds which role where as a table: out to a file, and back in with joiners, changes and leavers told first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trustwide.engines.sheets import Problem
from trustwide.rooms.people import actions as people_actions
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places import actions_people, invitations
from trustwide.rooms.places.actions_roles import OWN_KEY, is_own_key
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.people_known import Known
from trustwide.rooms.places.sheet_rows import Plan, Row, read_rows

COLUMNS = ("name", "email", "role", "place", "starts", "ends", "action")
#: What people call the columns, as a header is read: in small letters, _ for a space.
CALLED = {
    "name": ("full_name", "person"),
    "email": ("e-mail", "mail", "email_address", "e-mail_address", "work_email"),
    "role": ("role_held", "job"),
    "place": ("team", "ward", "where"),
    "starts": ("start", "start_date", "from", "first_day"),
    "ends": ("end", "end_date", "until", "to", "last_day"),
    "action": ("what", "change"),
}
ALIASES = {other: column for column, others in CALLED.items() for other in others}
JOIN, CHANGE, LEAVE = "join", "change", "leave"
ACTIONS = {
    "": "",
    **dict.fromkeys(("join", "joins", "joiner", "add", "new"), JOIN),
    **dict.fromkeys(("change", "changes", "mover", "update"), CHANGE),
    **dict.fromkeys(("leave", "leaves", "leaver", "end", "remove"), LEAVE),
}
ROLE_WORDS = {words: key for key, role in ROLES.items() for words in (key, key.replace("-", " "))}
MOST_LETTERS = 500


def table_of(organisation: Place) -> list[list[object]]:
    """The header and a row for each role that runs or is to come, by name."""
    known = Known(organisation, None)
    rows: list[list[object]] = [list(COLUMNS)]
    for held in sorted(known.held, key=lambda each: (each.person.name, each.starts, str(each.pk))):
        who, where = held.person, known.names.told(held.place)
        rows.append([who.name, who.email, held.role, where, held.starts, held.ends, ""])
    return rows


@dataclass
class PeoplePlan(Plan):
    """What a file would change about people, and who is new here."""

    gives: list[RoleHeld] = field(default_factory=list)
    changes: list[RoleHeld] = field(default_factory=list)
    ends: list[tuple[RoleHeld, date]] = field(default_factory=list)
    names: dict[Any, tuple[Person, str]] = field(default_factory=dict)
    newcomers: dict[str, Person] = field(default_factory=dict)  # by address; some have an account elsewhere already
    unasked: set[str] = field(default_factory=set)  # addresses of newcomers for whom an account may just be opened
    seen: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def invited(self) -> int:
        """How many newcomers are invited in any case, by their address; whether they have an account is not told."""
        return len(self.newcomers.keys() - self.unasked)

    def say(self, row: Row, words: str, held: RoleHeld, known: Known, when: str, who: str = "") -> None:
        what = f"{ROLES[held.role].name}, {known.names.told(held.place)}"
        self.tell(row, words % {"name": who or held.person.name, "what": what, "when": when})


def plan_of(by: Person | None, organisation: Place, content: bytes, name: str) -> PeoplePlan:
    """Read a file against the roles as they are now."""
    rows, problems = read_rows(content, name, ("email",), ALIASES)
    plan = PeoplePlan(problems=problems)
    if problems:
        return plan
    known = Known(organisation, by)
    known.look_up({row["email"].lower() for row in rows})
    for row in rows:
        _plan_row(plan, known, row)
    return plan


def _plan_row(plan: PeoplePlan, known: Known, row: Row) -> None:
    before, email = len(plan.errors), row["email"].lower()
    action = ACTIONS.get(row["action"].lower())
    try:
        validate_email(email[:300])
    except ValidationError:
        plan.refuse(row, "email", _("This is not an e-mail address."), _("Write one, such as name@example.org."))
    if action is None:
        plan.refuse(row, "action", _("This is not an action."), _("Write join, change or leave, or nothing."))
    role, place = _role(plan, row, action), _place(plan, known, row, action)
    starts, ends = plan.day(row, "starts"), plan.day(row, "ends")
    key = (email, role, str(place and place.pk), str(starts), str(action == LEAVE))
    if key in plan.seen:
        plan.refuse(row, "email", _("This role of this person stands in the file twice."), _("Keep one of the rows."))
    plan.seen.add(key)
    if len(plan.errors) > before:
        return
    if action == LEAVE:
        _plan_leave(plan, known, row, role, place, ends)
    elif place is not None:
        _plan_role(plan, known, row, action or "", role, place, starts, ends)


def _role(plan: PeoplePlan, row: Row, action: str | None) -> str:
    told = row["role"].lower()
    by_name = {str(role.name).lower().replace("’", "'"): key for key, role in ROLES.items()}
    role = ROLE_WORDS.get(told) or by_name.get(told.replace("’", "'"), "")
    if not role and (told or action != LEAVE):
        names = ", ".join(str(each.name) for each in ROLES.values())
        plan.refuse(row, "role", _("This is not a role."), _("Write one of these: %(names)s.") % {"names": names})
    return role


def _place(plan: PeoplePlan, known: Known, row: Row, action: str | None) -> Place | None:
    place = known.place(row["place"]) if row["place"] else None
    if place is None and (row["place"] or action != LEAVE):
        cure = _("Write its name, with the names above it where two have the same, or # and its address.")
        plan.refuse(row, "place", _("No one place of yours has this name."), cure)
    elif place and place.closed_on:
        plan.refuse(row, "place", _("This place is closed."), _("Choose one that is open."))
    return place


def _plan_leave(plan: PeoplePlan, known: Known, row: Row, role: str, place: Place | None, ends: date | None) -> None:
    """Of the role and the place that are named, or of all that the person holds here."""
    person = known.worker(row["email"])
    if person is None:
        return plan.refuse(row, "email", _("Nobody of this address works here."), _("Mend the address."))
    last = ends or today() - timedelta(days=1)
    for held in known.roles_of(person, role, place):
        if known.by and is_own_key(known.by, held):
            plan.refuse(row, "role", str(OWN_KEY), _("Take the row away."))
        elif held._state.adding:
            plan.refuse(row, "email", _("The file lets them join this role, too."), _("Keep one of the rows."))
        elif held.ends is None or held.ends > last:
            plan.ends.append((held, last))
            known.held_by[person.pk].remove(held)
            plan.say(row, _("%(name)s leaves: %(what)s, %(when)s"), held, known, _when_last(ends))
    return None


def _when_last(ends: date | None) -> str:
    return _("last day %(day)s") % {"day": _day(ends)} if ends else _("at once")


def _plan_role(
    plan: PeoplePlan,
    known: Known,
    row: Row,
    action: str,
    role: str,
    place: Place,
    starts: date | None,
    ends: date | None,
) -> None:
    person = known.worker(row["email"])
    same = known.roles_of(person, role, place) if person else []
    if person:
        _plan_name(plan, known, row, person)
    keeps_end = "ends" not in row.cells
    if any((starts or held.starts) == held.starts and (keeps_end or ends == held.ends) for held in same):
        return None
    if not same:
        if action == CHANGE:
            cure = _("Write join, or mend the role or the place.")
            return plan.refuse(row, "action", _("They do not hold this role there."), cure)
        return _plan_join(
            plan, known, row, person, RoleHeld(role=role, place=place, starts=starts or today(), ends=ends)
        )
    if action == JOIN:
        cure = _("Write change to change its days.")
        return plan.refuse(row, "action", _("They hold this role there already."), cure)
    chosen = [held for held in same if held.starts == starts] if len(same) > 1 else same
    if len(chosen) != 1:
        cure = _("Write the first day of the one that you mean.")
        return plan.refuse(row, "starts", _("They hold this role there more than once."), cure)
    return _plan_change(plan, known, row, chosen[0], starts, chosen[0].ends if keeps_end else ends)


def _plan_join(plan: PeoplePlan, known: Known, row: Row, person: Person | None, held: RoleHeld) -> None:
    if held.ends and held.ends < max(held.starts, today()):
        cure = _("Write a last day that is still to come, or none.")
        return plan.refuse(row, "ends", _("The role would be over already."), cure)
    email = row["email"].lower()
    if person is None:
        if not 0 < len(row["name"]) <= 200:
            return plan.refuse(row, "name", _("Somebody new needs a name."), _("Write it, in 200 letters or fewer."))
        if known.invited(email, held):
            return None
        plan.unasked |= {email} if known.may_open(email) else set()
        person = plan.newcomers.setdefault(email, known.outsiders.get(email) or Person(email=email, name=row["name"]))
    elif not person.is_active:
        plan.warn(row, "email", _("This account is closed."), _("Open it again on the person's own page."))
    held.person = person
    known.held_by[person.pk].append(held)
    known.workers.setdefault(email, person)
    plan.gives.append(held)
    who = row["name"] or ("" if person.pk in known.outside else person.name)
    plan.say(row, _("%(name)s joins: %(what)s, %(when)s"), held, known, days_of(held), who=f"{who} ({email})")
    return None


def _plan_change(
    plan: PeoplePlan, known: Known, row: Row, held: RoleHeld, starts: date | None, ends: date | None
) -> None:
    starts = starts or held.starts
    if ends and ends < starts:
        return plan.refuse(row, "ends", _("The last day is before the first."), _("Write a later one."))
    if ends and known.by and is_own_key(known.by, held):
        return plan.refuse(row, "ends", str(OWN_KEY), _("Leave the last day empty."))
    if held._state.adding:
        return plan.refuse(row, "email", _("This role stands in the file twice."), _("Keep one of the rows."))
    others = [each for each in known.roles_of(held.person, held.role, held.place) if each is not held]
    if any((not ends or each.starts <= ends) and (not each.ends or each.ends >= starts) for each in others):
        cure = _("Choose days that do not meet those.")
        return plan.refuse(row, "starts", _("They hold this role there again on some of these days."), cure)
    held.starts, held.ends = starts, ends
    plan.changes.append(held)
    plan.say(row, _("%(name)s changes: %(what)s, now %(when)s"), held, known, days_of(held))
    return None


def _plan_name(plan: PeoplePlan, known: Known, row: Row, person: Person) -> None:
    """A new name, for an account that is all within reach; others keep the name that they use."""
    name, now = row["name"], " ".join(person.name.split())
    if not name or name in (now, now.removeprefix("'")) or person._state.adding or person.pk in known.outside:
        return None
    if not known.looks_after(person):
        return plan.warn(
            row, "name", _("They work elsewhere too, under another name."), _("They change it themselves.")
        )
    new = (person, name)
    before = plan.names.setdefault(person.pk, new)
    if before[1] != name or len(name) > 200:
        return plan.refuse(row, "name", _("This person has two names in the file."), _("Write the same in each row."))
    if before is new:
        plan.tell(row, _("%(old)s is now called %(new)s") % {"old": person.name, "new": name})
    return None


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def days_of(held: RoleHeld) -> str:
    words = _("from %(first)s to %(last)s") if held.ends else _("from %(first)s")
    return words % {"first": _day(held.starts), "last": _day(held.ends)}


@transaction.atomic
def carry_out(
    *, by: Person, organisation: Place, plan: PeoplePlan, dry: bool = False, invite: bool = False, address: str = ""
) -> None:
    """Make all changes. Who may not just be given an account says yes themselves, as everybody new does if `invite`."""
    if dry or plan.errors:
        return
    new = plan.newcomers.items()
    opened = [] if invite else [who for email, who in new if who._state.adding and email in plan.unasked]
    invited = {who.pk for _email, who in new} - {who.pk for who in opened}
    asked = [each for each in plan.gives if each.person_id in invited]
    given = [each for each in plan.gives if each.person_id not in invited]
    if len({each.person_id for each in asked}) > MOST_LETTERS:
        message = _("The file would send more than %(most)s invitations.") % {"most": MOST_LETTERS}
        plan.problems.append(Problem(message, _("Send it in parts.")))
        return
    people_actions.open_accounts(by=by, people=opened)
    actions_people.give_roles(by=by, organisation=organisation, roles=given)
    actions_people.change_roles(by=by, organisation=organisation, roles=plan.changes)
    roles, days = [held for held, _last in plan.ends], [last for _held, last in plan.ends]
    actions_people.end_roles(by=by, organisation=organisation, roles=roles, days=days)
    for person, name in plan.names.values():
        people_actions.rename_person(by=by, person=person, name=name)
    emails = [each.person.email for each in asked]
    invitations.invite_many(by=by, roles=asked, emails=emails, address=address)
