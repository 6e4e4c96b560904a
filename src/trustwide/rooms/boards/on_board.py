"""What a team's board shows of this room, and what is written there: the plan, a huddle, a thank-you."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.boards import access, actions
from trustwide.rooms.boards.forms import HuddleForm, PlanForm, ThanksForm
from trustwide.rooms.boards.sheet_form import SheetForm
from trustwide.rooms.boards.wall import aims_part, columns_part, thanks_part, today_part
from trustwide.rooms.devices.parts import (
    COLUMNS,
    TODAY,
    Addition,
    BoardLink,
    BoardPart,
    register_addition,
    register_link,
    register_part,
)
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


def save_plan(person: Person, team: Place, form: Any) -> Any:
    said = form.cleaned_data
    try:
        version = said["version"] or 0
        return actions.write_plan(by=person, team=team, day=form.day, version=version, lines=form.lines())
    except actions.PlanChanged as changed:
        form.data = {**form.data.dict(), "version": changed.plan.version if changed.plan else 0}
        told = {"name": changed.plan.by.name if changed.plan else "", "lines": _in_words(changed.plan)}
        form.add_error("name0", _("%(name)s changed the plan meanwhile. It now says: %(lines)s.") % told)
        form.add_error("name0", _("Below is what you typed. It is not saved: save again to put it in its place."))
        return None


def _in_words(plan: Any) -> str:
    return "; ".join(f"{line.name}: {line.planned or 0}, {line.done or 0}" for line in plan.lines.all()) if plan else ""


def save_huddle(person: Person, team: Place, form: Any) -> Any:
    said = form.cleaned_data
    told = {"by": person, "team": team, "happened_at": said["happened_at"]}
    actions.record_huddle(**told, told=form.told(), key=said["key"])
    if said["to"]:
        actions.thank(**told, to=said["to"], why=said["why"])
    return team


def save_sheet(person: Person, team: Place, form: Any) -> Any:
    actions.enter_sheet(by=person, team=team, told=form.told, key=form.cleaned_data["key"])
    for to, why in form.cleaned_data["thanks"]:
        actions.thank(by=person, team=team, to=to, why=why)
    for addition, item in form.items:
        addition.save(person, team, item)
    return team


def save_thanks(person: Person, team: Place, form: Any) -> Any:
    said = form.cleaned_data
    told = {name: said[name] for name in ("to", "why", "happened_at", "key")}
    actions.thank(by=person, team=team, **told)
    return team


register_part(BoardPart("today", 5, "boards/board-today.jinja", today_part, area=TODAY))
register_part(BoardPart("measures", 10, "boards/board-columns.jinja", columns_part, area=COLUMNS))
register_part(BoardPart("aims", 14, "boards/board-aims.jinja", aims_part))
register_part(BoardPart("thanks", 16, "boards/board-thanks.jinja", thanks_part))
register_addition(
    Addition(
        "plan",
        gettext_lazy("Write today’s plan"),
        access.can_write,
        PlanForm,
        save_plan,
        fields="boards/plan-fields.jinja",
        order=20,
    )
)
register_addition(
    Addition(
        "huddle", gettext_lazy("Tell of our huddle"), access.can_write, HuddleForm, save_huddle, offline=True, order=10
    )
)
register_addition(
    Addition(
        "thanks", gettext_lazy("Thank somebody"), access.can_thank, ThanksForm, save_thanks, offline=True, order=30
    )
)
register_addition(
    Addition(
        "sheet",
        gettext_lazy("Type in a paper sheet"),
        access.can_write,
        SheetForm,
        save_sheet,
        fields="boards/sheet-fields.jinja",
        order=70,
    )
)
register_link(BoardLink("arrange/", gettext_lazy("Arrange this board"), access.can_arrange))
register_link(BoardLink("huddles/", gettext_lazy("Our huddles"), access.can_write))
register_link(BoardLink("sheet/", gettext_lazy("Paper sheet for the week"), access.can_write))
