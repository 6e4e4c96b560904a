"""What the house rules must know of this room."""

from __future__ import annotations

from tests.house_rules.room_screens import shows

SCREENS = {"everything": shows("front:everything")}
