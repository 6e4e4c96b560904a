"""The screens of strategy, values and objectives, each come to as people do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sign_in_walk import session_of

Way = Callable[[Any, Any], None]


def within(path: str) -> Way:
    """A page of the world's trust; {objective} and {value} stand for its records."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        ids = {"objective": trust.records["objectives"].pk, "value": trust.records["values"].pk}
        page.goto(f"/{trust.place.slug}/{path.format(**ids)}")

    return way


def sent(path: str, press: str) -> Way:
    """The form there, sent as it stands: what is wrong is said."""

    def way(page: Any, world: Any) -> None:
        within(path)(page, world)
        page.get_by_role("button", name=press).click()

    return way


PURPOSE_SCREENS: dict[str, Way] = {
    "strategy": within("strategy/"),
    "strategy, before": within("strategy/versions/"),
    "objectives joined up": within("strategy/tree/"),
    "priorities": within("strategy/priorities/"),
    "an objective": within("objectives/{objective}/"),
    "an objective, nothing said": sent("objectives/{objective}/", "Send it to the other side"),
    "propose an objective": within("objectives/new/"),
    "propose an objective, nothing typed": sent("objectives/new/", "Save"),
    "stop an objective, no reason": sent("objectives/{objective}/stop/", "Stop it"),
    "make an objective live": within("objectives/{objective}/start/"),
    "a value": within("values/{value}/"),
    "a yearly talk, nothing typed": sent("values/{value}/review/", "Save our talk"),
}
