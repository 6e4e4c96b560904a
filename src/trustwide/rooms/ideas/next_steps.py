"""What can be made of an idea: rooms that know a way to try one register it, and the idea's page offers it.

Their form is opened with the idea's id; once the work is there, `actions_ideas.begin_trying` joins the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.models import Person


@dataclass(frozen=True)
class NextStep:
    """One way to try an idea: its button, where that leads, and to whom it is open."""

    key: str
    words: Any  # "Make it a small test"
    address: Callable[[Idea], str]
    open_to: Callable[[Person, Idea], bool]
    order: int = 50


STEPS: dict[str, NextStep] = {}


def register_step(step: NextStep) -> None:
    """Called once by each step's room, as it is loaded. ValueError where the key is taken."""
    if step.key in STEPS:
        raise ValueError(f"{step.key} is registered already")
    STEPS[step.key] = step


def steps_for(person: Person, idea: Idea) -> list[tuple[Any, str]]:
    """The words and the address of each that is open to the person."""
    found = sorted((each for each in STEPS.values() if each.open_to(person, idea)), key=lambda each: each.order)
    return [(each.words, each.address(idea)) for each in found]
