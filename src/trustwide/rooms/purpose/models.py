"""Messages from the chief executive; strategy, values and objectives come with the rest of this room."""

from __future__ import annotations

from django.db import models

from trustwide.rooms.commons.models import Record


class Message(Record):
    """A message to all staff: what an executive saw of the values in the work, in their own words."""

    text = models.TextField(max_length=20_000)
