"""Every action of every room, found by looking: a new one is held to the rules without being named here."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import trustwide.rooms

Action = Callable[..., Any]


def actions() -> dict[str, Action]:
    """The public functions of each room's actions, as "room.function"; a room may have more than one such file."""
    return {f"{room}.{name}": each for room, module in _modules() for name, each in _functions(module)}


def _modules() -> Iterator[tuple[str, Any]]:
    for folder in sorted(Path(trustwide.rooms.__path__[0]).iterdir()):
        for file in sorted(folder.glob("actions*.py")):
            if find_spec(f"trustwide.rooms.{folder.name}"):
                yield folder.name, import_module(f"trustwide.rooms.{folder.name}.{file.stem}")


def _functions(module: Any) -> Iterator[tuple[str, Action]]:
    for name, each in inspect.getmembers(module, inspect.isfunction):
        if each.__module__ == module.__name__ and not name.startswith("_"):
            yield name, each


def asks_for(action: Action, name: str) -> bool:
    """Whether it takes something of that name, by name alone."""
    asked = inspect.signature(action).parameters.get(name)
    return asked is not None and asked.kind is asked.KEYWORD_ONLY
