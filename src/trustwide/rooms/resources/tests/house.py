"""What this room tells the house rules of itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.house_rules.act import TYPED
from tests.house_rules.purpose_screens import Way
from tests.sign_in_walk import session_of
from trustwide.rooms.commons.actions import move_record
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.resources import actions, actions_pots
from trustwide.rooms.resources.models import Benefit, Case, Draw, Pot

KIND = "resources.case"
YEAR = {"starts": today() - timedelta(days=400), "ends": today() + timedelta(days=400)}


def benefit(word: str) -> dict[str, Any]:
    said = {name: f"Less waiting {word}".strip() for name in ("what", "unit", "measured", "budget_line")}
    return {"sort": "waiting", "low": 2.0, "likely": 4.0, "high": 8.0, **said}


def set_up(trust: Any, word: str) -> None:
    """A pot from which was drawn, and a case that goes ahead and was looked back at once."""
    by = trust.everyone
    pot = Pot.objects.get(pk=actions_pots.set_pot(by=by, place=trust.place, half_days=40, money=900, **YEAR))
    told = {"half_days": 3, "money": 40, "what_for": f"A quiet hour {word}".strip()}
    drawn = Draw.objects.get(pk=actions_pots.draw(by=by, pot=pot, team=trust.ward, **told))
    actions_pots.say_what_came(by=by, draw=drawn, came=f"It went well {word}".strip())
    writer, number = trust.people["manager"], trust.records["cases"].pk
    Case.objects.filter(pk=number).update(created_by=writer, owner=writer)  # nobody agrees to what they wrote
    case = trust.records["cases"] = set_up_case(writer, by, number, word)
    seen: dict[Any, tuple[float | None, str]] = {each.pk: (5.0, f"As thought {word}") for each in case.benefits.all()}
    actions.look_back(by=by, case=case, version=case.version, seen=seen)


def set_up_case(by: Person, partner: Person, number: UUID, word: str) -> Case:
    """It has a benefit, its numbers are agreed, and it went ahead so long ago that it is time to look back."""
    case = whole(number)
    actions.set_benefit(by=by, case=case, version=case.version, fields=benefit(word))
    case = whole(number)
    actions.ask_to_agree(by=by, case=case, version=case.version, partner=partner)
    case = whole(number)
    actions.agree_numbers(by=partner, case=case, version=case.version)
    move_record(by=by, record=case, version=case.version, stage="going")
    Case.objects.filter(pk=number).update(began_on=today() - timedelta(days=200))
    return whole(number)


def set_scene(trust: Any) -> None:
    by, chief = trust.people["manager"], trust.people["executive"]
    number = actions_pots.set_pot(by=chief, place=trust.organisation, half_days=40, money=900, **YEAR)
    pot = Pot.objects.select_related("place").get(pk=number)
    told = {"half_days": 3, "money": 40, "what_for": TYPED}
    actions_pots.draw(by=trust.people["staff"], pot=pot, team=trust.ward, **told)
    set_up_case(by, trust.people["analyst"], trust.records[KIND].pk, TYPED)


def whole(number: UUID) -> Case:
    return Case.objects.select_related("place__organisation", "owner", "partner").get(pk=number)


def pot_of() -> Pot:
    return Pot.objects.select_related("place__organisation").get()


def draw_of() -> Draw:
    return Draw.objects.select_related("team", "pot__place").get()


def case_of(scene: Any) -> Case:
    return whole(scene.trust.records[KIND].pk)


def set_benefit(scene: Any) -> None:
    case = case_of(scene)
    told = {"fields": benefit(TYPED), "version": case.version}
    actions.set_benefit(by=scene.person("manager"), case=case, **told)


def remove_benefit(scene: Any) -> None:
    case = case_of(scene)
    one = case.benefits.get()
    actions.remove_benefit(by=scene.person("manager"), case=case, version=case.version, benefit=one)


def ask(scene: Any) -> None:
    case = case_of(scene)
    partner = Person.objects.get(pk=scene.trust.people["improver"].pk)
    actions.ask_to_agree(by=scene.person("manager"), case=case, version=case.version, partner=partner)


def agree(scene: Any) -> None:
    case = case_of(scene)
    who = Person.objects.get(pk=scene.person("analyst").pk)
    if getattr(scene, "instead", None) and scene.trust.organisation.pk in [r.place_id for r in who.roles.all()]:
        case.partner = who  # the control is one person, who plays all parts
    actions.agree_numbers(by=who, case=case, version=case.version)


def look(scene: Any) -> None:
    case = case_of(scene)
    seen: dict[Any, tuple[float | None, str]] = {each.pk: (5.0, TYPED) for each in case.benefits.all()}
    actions.look_back(by=scene.person("manager"), case=case, version=case.version, seen=seen)


ACTS: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "resources.set_pot": (
        lambda scene: actions_pots.set_pot(
            by=scene.person("executive"), place=scene.home, half_days=4, money=50, key=uuid7(), **YEAR
        ),
        ("set-pot",),
    ),
    "resources.change_pot": (
        lambda scene: actions_pots.change_pot(by=scene.person("executive"), pot=pot_of(), half_days=50, money=990),
        ("set-pot",),
    ),
    "resources.draw": (
        lambda scene: actions_pots.draw(
            by=scene.person("staff"), pot=pot_of(), team=scene.place(scene.trust.ward), half_days=1, money=0,
            what_for=TYPED, key=uuid7(),
        ),
        ("drew",),
    ),
    "resources.say_what_came": (
        lambda scene: actions_pots.say_what_came(
            by=scene.person("staff"), draw=draw_of(), came=TYPED, give_back=True
        ),
        ("said-what-came",),
    ),
    "resources.blank_draw": (
        lambda scene: actions_pots.blank_draw(by=scene.person("administrator"), draw=draw_of()), ("redacted",),
    ),
    "resources.set_benefit": (set_benefit, ("changed", "set-benefit")),
    "resources.remove_benefit": (remove_benefit, ("changed", "removed-benefit")),
    "resources.ask_to_agree": (ask, ("changed",)),
    "resources.agree_numbers": (agree, ("agreed-numbers",)),
    "resources.look_back": (look, ("changed", "looked-back")),
    "resources.blank_benefit": (
        lambda scene: actions.blank_benefit(
            by=scene.person("administrator"), case=case_of(scene), benefit=case_of(scene).benefits.get()
        ),
        ("redacted",),
    ),
}  # fmt: skip


def set_a_pot(form: Any, key: UUID | None) -> Any:
    chief = Person.objects.get(pk=form.trust.people["executive"].pk)
    return actions_pots.set_pot(by=chief, place=form.trust.organisation, half_days=2, money=0, key=key, **YEAR)


def draw_some(form: Any, key: UUID | None) -> Any:
    """From a pot that is there before, whoever presses first."""
    home, chief = form.trust.organisation, form.trust.people["executive"]
    told = {"organisation_id": home.pk, "place_id": home.pk, "by_id": chief.pk, "half_days": 99, "money": 0, **YEAR}
    Pot.objects.get_or_create(pk=home.pk, defaults=told)
    pot = Pot.objects.select_related("place").get(pk=home.pk)
    asked = {"half_days": 1, "money": 0, "what_for": "A quiet hour", "key": key}
    return actions_pots.draw(by=form.nurse(), pot=pot, team=form.trust.ward, **asked)


KEYED: dict[str, Any] = {
    "resources.set_pot": (set_a_pot, lambda kind: Pot),
    "resources.draw": (draw_some, lambda kind: Draw),
}
PARTS: dict[str, Any] = {
    "pot": lambda world, trust, kind: Pot.objects.get(organisation=trust.place).pk,
    "draw": lambda world, trust, kind: Draw.objects.get(pot__organisation=trust.place).pk,
    "benefit": lambda world, trust, kind: Benefit.objects.get(case=trust.records["cases"].pk).pk,
}


def within(path: str, press: str = "") -> Way:
    """A page of the world's trust; {case}, {benefit}, {pot} and {draw} stand for what it has."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        ids = {name: fill(world, trust, "cases") for name, fill in PARTS.items()}
        page.goto(f"/{trust.place.slug}/{path.format(case=trust.records['cases'].pk, **ids)}")
        if press:
            page.get_by_role("button", name=press, exact=True).click()

    return way


SCREENS: dict[str, Way] = {
    "pots": within("pots/"),
    "set up a pot with nothing typed": within("pots/new/", "Set up the pot"),
    "a pot": within("pots/{pot}/"),
    "draw from a pot, nothing typed": within("pots/{pot}/draw/", "Draw it"),
    "what came of a draw": within("pots/draws/{draw}/"),
    "a mini business case": within("cases/{case}/"),
    "write a mini business case, nothing typed": within("cases/new/", "Save"),
    "add a benefit, nothing typed": within("cases/{case}/benefits/new/", "Save the benefit"),
    "change a benefit": within("cases/{case}/benefits/{benefit}/"),
    "look back at a case": within("cases/{case}/look-back/"),
}
