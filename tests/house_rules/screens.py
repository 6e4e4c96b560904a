"""Every distinct screen, and the way a person comes to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.house_rules.board_screens import BOARD_SCREENS
from tests.house_rules.device_screens import DEVICE_SCREENS
from tests.house_rules.of_rooms import told_together
from tests.house_rules.purpose_screens import PURPOSE_SCREENS
from tests.house_rules.room_screens import ROOM_SCREENS
from tests.house_rules.second_step_screens import SECOND_STEP_SCREENS
from tests.house_rules.sign_in_screens import SIGN_IN_SCREENS
from tests.house_rules.world import World
from tests.sign_in_walk import session_of

Way = Callable[[Any, World], None]


def at(address: str) -> Way:
    return lambda page, world: page.goto(address)


def shows(name: str) -> Way:
    """A page of the world's trust, as somebody with every role there sees it."""

    def way(page: Any, world: World) -> None:
        page.context.add_cookies([session_of(world.trust.everyone, page.site)])
        page.goto(world.at(name))

    return way


def no_file_chosen(page: Any, world: World) -> None:
    shows("measures:new-report")(page, world)
    page.click("main button")


def unreadable_file(page: Any, world: World) -> None:
    shows("measures:new-report")(page, world)
    page.set_input_files("#file", {"name": "measures.csv", "mimeType": "text/csv", "buffer": b"%PDF-1.7 not a table"})
    page.click("main button")


def columns_left_out(page: Any, world: World) -> None:
    shows("measures:choose-columns")(page, world)
    page.fill("#title", "")
    page.click("main button")


def wrong_columns(page: Any, world: World) -> None:
    shows("measures:choose-columns")(page, world)
    page.select_option("#value", "measure")
    page.click("main button")


def wrong_target(page: Any, world: World) -> None:
    shows("measures:choose-measures")(page, world)
    page.fill("#target-0", "as low as we can")
    page.click("main button")


SCREENS: dict[str, Way] = {
    "A&E": at("/national/"),
    "A&E, all": at("/national/?change=all"),
    "A&E, nothing found": at("/national/?q=nothing+fits+this"),
    "an organisation": shows("measures:organisation"),
    "how to read the charts": shows("measures:reading-charts"),
    "reports": shows("measures:reports"),
    "new report": shows("measures:new-report"),
    "new report, no file": no_file_chosen,
    "new report, unreadable file": unreadable_file,
    "columns": shows("measures:choose-columns"),
    "columns, none chosen": columns_left_out,
    "columns, wrong ones": wrong_columns,
    "measures": shows("measures:choose-measures"),
    "measures, wrong target": wrong_target,
    "a report": shows("measures:report"),
    "not found": at("/no-such-page/"),
    **SIGN_IN_SCREENS,
    **SECOND_STEP_SCREENS,
    **DEVICE_SCREENS,
    **BOARD_SCREENS,
    **PURPOSE_SCREENS,
    **ROOM_SCREENS,
    **told_together("SCREENS"),
}
#: Before anything is loaded.
EMPTY_SCREENS = {"A&E, no data": at("/national/")}
