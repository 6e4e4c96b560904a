"""One action, as the rules call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

DAY = date(2025, 3, 3)
TYPED = "zq7-typed"  # what is typed in every act: the audit must not hold it
LEFT = f"{TYPED}-left@example.org"  # of somebody whose account is closed


@dataclass(frozen=True)
class Act:
    """One action: how it is called, and the verbs of the audit rows that it must leave, in their order."""

    call: Callable[[Any], Any]
    verbs: tuple[str, ...]
    every_kind: bool = False  # called for each kind of record
    of_a_person: bool = False  # about an account, which is of no one organisation
    by_system: tuple[str, ...] = ()  # the verbs of rows that name nobody
