"""From the kind of problem, the time and the data at hand to one to three tools, each with a filled example."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from trustwide.engines import diagrams
from trustwide.engines.diagrams import TOOLS, Tool
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.tools.models import Drawing

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))
MOST = 3

#: What people say of their problem, and the tools that help, the best first.
PROBLEMS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "why": (_("We do not know why it happens"), ("five-whys", "fishbone", "process-map")),
    "many": (_("It has too many causes"), ("fishbone", "pareto", "driver-diagram")),
    "steps": (_("There are many steps, and people wait"), ("process-map", "waste-walk", "five-whys")),
    "counts": (_("Many small things go wrong, and we can count them"), ("pareto", "fishbone")),
    "time": (_("We do not know where the time goes"), ("waste-walk", "process-map")),
    "how": (_("We know our aim, not how to get there"), ("driver-diagram", "force-field")),
    "disagree": (_("We do not agree, or something holds us back"), ("force-field", "angles", "five-whys")),
    "people": (_("People see it in different ways"), ("angles", "force-field")),
    "all": (_("We want all of it on one page"), ("a3", "driver-diagram")),
}
TIMES: dict[str, tuple[Any, int]] = {
    "short": (_("20 minutes"), 20),
    "hour": (_("An hour"), 60),
    "days": (_("A few days"), 10_000),
}
NONE, COUNTS = "none", "counts"
DATA: dict[str, Any] = {
    NONE: _("Nothing yet but what we know"),
    COUNTS: _("We have counted, or can"),
}
#: For each tool: what it is for, the minutes that it takes, and whether it needs something counted or seen.
ABOUT: dict[str, tuple[Any, int, bool]] = {
    "driver-diagram": (_("What would bring our aim about, and which ideas to try."), 60, False),
    "fishbone": (_("All the causes of one thing that goes wrong, by kind."), 45, False),
    "five-whys": (_("Ask why again and again, until we can act on the answer."), 20, False),
    "process-map": (_("Each step as it is now: who does it, what waits, what could go."), 60, False),
    "pareto": (_("The few reasons that make up most of it."), 20, True),
    "force-field": (_("What pushes for a change, and what holds it back."), 20, False),
    "angles": (_("What matters to each person, and where we need them. For the team alone."), 30, False),
    "waste-walk": (_("Walk with a watch: where do hours go that help nobody?"), 120, True),
    "a3": (_("The whole story on one page, with the other drawings in it."), 120, False),
}


@dataclass(frozen=True)
class Advice:
    """A tool that fits, with its example, and what stands against it."""

    tool: Tool
    why: Any
    minutes: int
    but: list[Any]
    head: str
    outline: list[diagrams.Told]
    readings: list[str]
    picture: Markup


def kind() -> Kind:
    return KINDS[Drawing._meta.label_lower]


def context(asked: dict[str, str]) -> dict[str, Any]:
    """What the page asks, and what it advises once it was asked."""
    problem = PROBLEMS.get(asked["problem"])
    return {
        "problems": [(key, words) for key, (words, _tools) in PROBLEMS.items()],
        "times": [(key, words) for key, (words, _minutes) in TIMES.items()],
        "data": list(DATA.items()),
        "advice": [advice_on(each, asked) for each in fitting(asked)] if problem else [],
        "every": [(TOOLS[key], words) for key, (words, _minutes, _needs) in ABOUT.items()],
    }


def fitting(asked: dict[str, str]) -> list[str]:
    """One to three tools for a kind of problem: those that time and data allow, or else the best all the same."""
    tools = PROBLEMS[asked["problem"]][1]
    fits = [key for key in tools if not _against(key, asked)]
    return (fits or list(tools[:1]))[:MOST]


def _against(key: str, asked: dict[str, str]) -> list[Any]:
    _words, minutes, needs_counts = ABOUT[key]
    against = []
    if asked["time"] in TIMES and minutes > TIMES[asked["time"]][1]:
        against.append(_("It takes longer than you have."))
    if asked["data"] == NONE and needs_counts:
        against.append(_("Count first: it needs numbers, not what people think."))
    return against


def advice_on(key: str, asked: dict[str, str]) -> Advice:
    why, minutes, _needs = ABOUT[key]
    head, outline, readings, picture = example(key)
    return Advice(TOOLS[key], why, minutes, _against(key, asked), head, outline, readings, picture)


@cache
def example(key: str) -> tuple[str, list[diagrams.Told], list[str], Markup]:
    """A filled example, drawn once."""
    told, tool = EXAMPLES[key], TOOLS[key]
    drawing = diagrams.Drawing(tool, told["head"], tuple(diagrams.read(tool, told["lines"])))
    drawn = Markup(diagrams.draw(drawing, str(_("an example")), f"-{key}"))  # noqa: S704 (each word goes through safe)
    return told["head"], diagrams.outline(drawing), diagrams.readings(drawing), drawn
