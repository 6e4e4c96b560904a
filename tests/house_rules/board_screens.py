"""The screens of wall boards: how one is arranged, its huddles, its sheet, and what is written on it."""

from __future__ import annotations

from typing import Any

from tests.house_rules.device_screens import PIN, Way, at_ward, on_the_wall, ward
from trustwide.rooms.boards import actions, queries
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person


def arranged(address: str, click: str = "") -> Way:
    """Below the board of a team that has set it up: one card, and a huddle that was told of in two ways."""

    def way(page: Any, world: Any) -> None:
        team = ward()
        leader = Person.objects.get(pk=team.records.first().created_by_id)
        if queries.board_of(team).version == 0:
            actions.add_card(by=leader, team=team, measure=queries.measures_to_show(team).get(), column=1)
            told = {"day": today(), "shift": "day"}
            actions.record_huddle(by=leader, team=team, told={**told, "held": True, "minutes": 8, "raised": 2})
            actions.record_huddle(by=leader, team=team, told={**told, "held": False, "why_not": "busy"})
            actions.thank(by=leader, team=team, to="Ade", why="Sunday")
        at_ward(address, click)(page, world)

    return way


def add_at_wall(link: str) -> Way:
    def way(page: Any, world: Any) -> None:
        on_the_wall(page, world)
        page.click("text=Add something")
        page.check("text=AA")
        page.fill("#pin", PIN)
        page.click("text=Go on")
        page.click(f"text={link}")

    return way


def nothing_typed(link: str) -> Way:
    def way(page: Any, world: Any) -> None:
        add_at_wall(link)(page, world)
        page.click("main button:has-text('Save')")

    return way


BOARD_SCREENS: dict[str, Way] = {
    "arrange a board, nothing chosen": at_ward("arrange/", "text=Put it on the board"),  # while a measure is left
    "board, set up": arranged(""),
    "arrange a board": arranged("arrange/"),
    "set up a board": arranged("arrange/set-up/"),
    "huddles": arranged("huddles/"),
    "paper sheet": arranged("sheet/"),
    "tell of a huddle": add_at_wall("Tell of our huddle"),
    "today's plan": add_at_wall("Write today’s plan"),
    "write with no network": arranged("offline/"),
    "thank somebody with no network": arranged("offline/thanks/"),
    "thank somebody, nothing typed": nothing_typed("Thank somebody"),
    "type in a paper sheet, nothing typed": nothing_typed("Type in a paper sheet"),
}
