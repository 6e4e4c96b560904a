"""Drawings: thinking tools that a team has filled."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trustwide.engines.diagrams import TOOLS
from trustwide.rooms.commons.models import Record
from trustwide.rooms.places.models import one_of

MOST_LETTERS = 70_000  # of all rows: 50 of them with every detail


class Drawing(Record):
    """One filled tool. Its rows are plain text, as `engines.diagrams` reads and writes it."""

    tool = models.CharField(
        _("tool"), max_length=20, choices=[(each.key, each.name) for each in TOOLS.values()], default="driver-diagram"
    )
    head = models.CharField(_("what it is about"), max_length=300, blank=True)
    lines = models.TextField(_("what it says"), max_length=MOST_LETTERS, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [one_of("tool", tuple(TOOLS))]
