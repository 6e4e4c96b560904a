"""What this room tells the house rules of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.house_rules.act import TYPED
from tests.sign_in_walk import session_of
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.tools import actions
from trustwide.rooms.tools.models import Drawing

Way = Callable[[Any, Any], None]


#: The editor puts the focus where people write; the walk by keyboard begins at the top all the same.
FROM_THE_TOP = (
    "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
)


def start(scene: Any) -> None:
    fields = {"title": TYPED, "head": TYPED, "tool": "fishbone", "lines": f"- {TYPED}"}
    about = scene.trust.records["purpose.objective"]
    place = scene.place(scene.trust.ward)
    actions.start_drawing(by=scene.person("staff"), place=place, fields=fields, about=about, key=uuid7())


ACTS = {"tools.start_drawing": (start, ("added", "linked"))}


def press(form: Any, key: Any) -> Any:
    fields = {"title": "Twice is once", "tool": "five-whys"}
    return actions.start_drawing(by=form.nurse(), place=form.trust.ward, fields=fields, key=key)


KEYED = {"tools.start_drawing": (press, lambda kind: Drawing)}


def within(path: str, button: str = "") -> Way:
    """A page of the world's trust, {drawing} being its drawing; and a button there."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        page.goto(f"/{trust.place.slug}/{path.format(drawing=trust.records['drawings'].pk)}")
        if button:
            page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()  # the next page may have begun, with no body yet
        page.evaluate(FROM_THE_TOP)

    return way


SCREENS: dict[str, Way] = {
    "which tool fits": within("tools/"),
    **{
        f"which tool fits, {each}": within(f"tools/?problem={each}")
        for each in ("why", "steps", "counts", "people", "all")
    },
    **{f"start a drawing, {each}": within(f"drawings/start/?tool={each}") for each in ("angles", "fishbone")},
    "start a drawing, nothing typed": within("drawings/start/", "Start it"),
    "a drawing": within("drawings/{drawing}/"),
    "a drawing, a new row": within("drawings/{drawing}/edit/"),
    "a drawing, a row is open": within("drawings/{drawing}/edit/?row=0"),
    "a drawing, nothing added": within("drawings/{drawing}/edit/", "Add it"),
    "a drawing to print": within("drawings/{drawing}/sheet/"),
    "a drawing as it was before": within("drawings/{drawing}/versions/"),
}
