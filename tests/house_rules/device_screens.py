"""The screens of shared devices and of boards, each come to as people do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.house_rules.sign_in_screens import sign_in, signed_in_at, somebody
from tests.makers import make_measure, make_numbers, make_person, make_team
from trustwide.rooms.devices import actions
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place

Way = Callable[[Any, Any], None]
PIN, BOARD = "904837", "/screen-trust/board/ward-1/"


def ward() -> Place:
    """A team of the screens' trust with a measure, made once in a world; its administrator leads it, too."""
    ada = somebody()
    trust = Place.objects.get(slug="screen-trust")
    found = Place.objects.filter(organisation=trust, slug="ward-1").select_related("organisation").first()
    if found is None:
        found = make_team(trust, "Ward 1")
        give_role(by=None, person=ada, role="team-leader", place=found)
        make_person("Nia Nurse", "staff", found)
        leader = Person.objects.get(pk=ada.pk)
        make_numbers(leader, make_measure(leader, found, "Falls on our ward"), [5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 6, 5])
        actions.set_pin(person=leader, pin=PIN)
    return found


def on_the_wall(page: Any, world: Any) -> None:
    team = ward()
    _device, code = actions.add_device(by=Person.objects.get(pk=somebody().pk), place=team, name="Screen")
    page.goto(f"/shared-device/?code={code}")
    page.click("main button")


def who(page: Any, world: Any) -> None:
    on_the_wall(page, world)
    page.click("text=Add something")


def wrong_pin(page: Any, world: Any) -> None:
    who(page, world)
    page.check("text=NN")
    page.fill("#pin", "730284")
    page.click("text=Go on")


def what_to_add(page: Any, world: Any) -> None:
    who(page, world)
    page.check("text=AA")
    page.fill("#pin", PIN)
    page.click("text=Go on")


def add_with(link: str) -> Way:
    def way(page: Any, world: Any) -> None:
        what_to_add(page, world)
        page.click(f"text={link}")
        page.click("main button:has-text('Save')")  # nothing is typed, so each field tells what it needs

    return way


def at_ward(address: str, click: str = "") -> Way:
    def way(page: Any, world: Any) -> None:
        ward()
        signed_in_at(BOARD + address)(page, world)
        if click:
            page.click(click)

    return way


def code_shown(page: Any, world: Any) -> None:
    at_ward("devices/new/")(page, world)
    page.fill("#name", "Screen")
    page.click("main button")


def wrong_code(page: Any, world: Any) -> None:
    page.goto("/shared-device/")
    page.fill("#code", "ABCD")
    page.click("main button")


def my_pin(page: Any, world: Any) -> None:
    sign_in(page)
    page.goto("/me/pin/")
    page.fill("#password", "three quiet porters walk")
    page.click("text=Go on")


DEVICE_SCREENS: dict[str, Way] = {
    "board, for its team": at_ward(""),
    "board, on the wall": on_the_wall,
    "who are you": who,
    "who are you, wrong PIN": wrong_pin,
    "what to add": what_to_add,
    "add a number, nothing typed": add_with("Add a number"),
    "say something, nothing typed": add_with("Say something"),
    "shared devices": at_ward("devices/"),
    "new shared device, no name": at_ward("devices/new/", "main button"),
    "code of a shared device": code_shown,
    "join": lambda page, world: page.goto("/shared-device/"),
    "join, wrong code": wrong_code,
    "my PIN": my_pin,
}
