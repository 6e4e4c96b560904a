"""What a room tells the house rules of itself, in its own `tests/house.py`: it goes when the room goes.

Any of these names may stand there:
  ACTS        each action, as "room.action": how it is called in a Scene (`acts.py`), and the verbs of its audit rows
  KEYED       each action that takes a key: how it is pressed, given a Form and a key, and the table that it adds to,
              given a kind (`test_double_submit.py`); WRITES tells how many audit rows that writes, where it is not one
  OPEN_TO_ALL actions that whoever has no account may do; NOT_BY_ROLE: those that no role lets do, since it is
              one's own or one's team's (`test_refusals.py`)
  SCREENS     each distinct page of the room by a name, and the way that a person comes to it (`screens.py`)
  PARTS       what fills a part of an address in the world (`world.py`)
  TOLD        examples of addresses that cannot be generated (`world.py`)
  set_up      trust, word -> what the addresses need to be there; every text of it marked with the word (`trusts.py`)
  walk        client, world -> asks for what only answers a form: pages that no address shows (`test_urls.py`)
  set_scene   trust -> what the acts need to be there, every text of it TYPED (`acts.py`)
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import trustwide.rooms


@cache
def told(name: str) -> list[Any]:
    """Everything of that name that rooms tell, in the order of the rooms' names."""
    folders = sorted(each.name for each in Path(trustwide.rooms.__path__[0]).iterdir() if (each / "tests").is_dir())
    names = [f"trustwide.rooms.{each}.tests.house" for each in folders]
    rooms = [import_module(each) for each in names if find_spec(each)]
    return [getattr(room, name) for room in rooms if hasattr(room, name)]


def told_together(name: str) -> dict[str, Any]:
    """The same where each room tells a table: one table of all. ValueError where two tell the same key."""
    together: dict[str, Any] = {}
    for each in told(name):
        if twice := together.keys() & each.keys():
            raise ValueError(f"two rooms tell {name} of {sorted(twice)}")
        together |= each
    return together
