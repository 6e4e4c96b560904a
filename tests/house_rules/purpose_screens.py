"""The screens of strategy, values and objectives, each come to as people do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sign_in_walk import session_of

Way = Callable[[Any, Any], None]


def within(path: str) -> Way:
    """A page of the world's trust; {objective}, {value} and {check} stand for its records."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        names = {"objective": "objectives", "value": "values", "check": "document-checks"}
        ids = {name: trust.records[address].pk for name, address in names.items()}
        page.goto(f"/{trust.place.slug}/{path.format(**ids)}")

    return way


def sent(path: str, press: str) -> Way:
    """The form there, sent as it stands: what is wrong is said."""

    def way(page: Any, world: Any) -> None:
        within(path)(page, world)
        page.get_by_role("button", name=press).click()

    return way


def sent_document(page: Any, world: Any) -> None:
    """A text that waits to be read."""
    within("document-checks/new/")(page, world)
    page.get_by_label("What it is called").fill("Ward clerk")
    page.get_by_label("What kind of document it is").select_option("advert")
    page.get_by_label("Or paste its text").fill("We say sorry first.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/document-checks/*-*/")


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
    "a checked document": within("document-checks/{check}/"),
    "a document that is being read": sent_document,
    "check a document, nothing sent": sent("document-checks/new/", "Save"),
    "check a new version": within("document-checks/{check}/again/"),
    "what documents carry": within("document-checks/coverage/"),
    "a yearly talk, nothing typed": sent("values/{value}/review/", "Save our talk"),
}
