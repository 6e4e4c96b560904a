"""How a reply without a name is its writer's own: a hash that only the server, asked by that writer, can find.

Confidential, not anonymous: whoever has both the database and the server's secret can try each person in turn. See
docs/decisions/0017-problems-and-ideas.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time

from django.utils.crypto import salted_hmac
from django.utils.timezone import get_current_timezone

from trustwide.rooms.ideas.models import Problem
from trustwide.rooms.people import clock
from trustwide.rooms.people.models import Person

FEWEST = 3  # replies without names are shown from so many on, so that none stands alone


def hash_of(problem: Problem, person: Person) -> bytes:
    """A different one for each question, so that two replies of one person cannot be put together."""
    return salted_hmac("trustwide.ideas.reply", f"{problem.pk} {person.pk}", algorithm="sha256").digest()


@contextmanager
def at_no_hour() -> Iterator[None]:
    """Within it, it is noon of today: what is written tells the day and not the hour."""
    with clock.at(datetime.combine(clock.today(), time(12), get_current_timezone())):
        yield
