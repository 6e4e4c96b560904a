"""The demo's chapter of tools: what teams of the first trust have drawn, each about their work."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from trustwide.engines.diagrams import TOOLS, read, write
from trustwide.rooms.commons.actions import change_record
from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import Place
from trustwide.rooms.tools.actions import start_drawing
from trustwide.rooms.tools.models import Drawing

TOLD = tomllib.loads((Path(__file__).parent / "demo-drawings.toml").read_text(encoding="utf-8"))["drawing"]
FIRST = next(iter(TRUSTS))
#: The kinds that a drawing can be about, the likeliest first.
ABOUT = ("projects", "problems", "objectives")


def tell(story: Story) -> None:
    for told in TOLD:
        team = story.places[f"{FIRST} › {told['place']}"]
        by = story.cast[f"leader of {team.pk}"] if told["by"] == "leader" else story.cast[told["by"]]
        _draw(story, by, team, told)


def _draw(story: Story, by: Person, team: Place, told: dict[str, Any]) -> None:
    """As it was first, about what the team works on; and then each later wording of it."""
    tool, *wordings = TOOLS[told["tool"]], *told.get("earlier", ()), told
    first = wordings[0]
    fields = {"title": told["title"], "tool": tool.key, "head": first["head"], "lines": _lines(tool.key, first)}
    with story.on(story.ago(weeks=first["weeks"]), 14):
        number = start_drawing(by=by, place=team, fields=fields, about=about(team, told["word"]))
    for later in wordings[1:]:
        drawing = Drawing.objects.select_related("place", "organisation").get(pk=number)
        with story.on(story.ago(weeks=later["weeks"]), 14):
            fields = {"head": later["head"], "lines": _lines(tool.key, later)}
            change_record(by=by, record=drawing, version=drawing.version, fields=fields)


def _lines(tool: str, told: dict[str, Any]) -> str:
    return write(read(TOOLS[tool], told["lines"]))


def about(team: Place, word: str) -> Record | None:
    """What the team works on that has the word in its title; else its objective."""
    kinds = [kind.key for kind in map(kind_at, ABOUT) if kind]
    found = list(Record.objects.filter(place=team, kind__in=kinds, closed_at=None).select_related("organisation"))
    found.sort(key=lambda each: (kinds.index(each.kind), each.created_at, each.pk))
    named = [each for each in found if word in each.title.lower()]
    return next(iter(named), None) or next((each for each in found if each.kind == kinds[-1]), None)
