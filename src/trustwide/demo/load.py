"""Load the demo group: every chapter in its order, through the same actions that people use."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from trustwide.rooms.commons.together import records_together
from trustwide.rooms.people import clock
from trustwide.rooms.people.acts import acts_together
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import kept_reaches

MARK = "demo@example.org"  # the account, which nobody can use, that says that this database is the demo's


class NotADemo(Exception):
    """The database holds real people: the demo is not loaded beside them."""


def is_loaded() -> bool:
    return Person.objects.filter(email=MARK).exists()


@transaction.atomic
def load_demo(*, day: date | None = None, scale: int = 1) -> str:
    """Tell the whole story up to a day (today), unless it is there; say what was done."""
    if is_loaded():
        return "already there"
    if Person.objects.exists():
        raise NotADemo
    Person.objects.create_user(MARK, "The demo")
    story = Story(day or clock.today(), scale)
    with acts_together(), kept_reaches(), records_together():
        for chapter in chapters():
            chapter.tell(story)
    teams = sum(place.level == "team" for place in story.places.values())
    return f"{teams} teams, {story.met} people"


def chapters() -> list[Any]:
    """The rooms' chapters, in the order in which rooms build on each other."""
    rooms = [import_module(name) for name in settings.INSTALLED_APPS if name.startswith("trustwide.rooms.")]
    found = [import_module(f"{room.__name__}.demo") for room in rooms if module_has_submodule(room, "demo")]
    return [chapter for chapter in found if hasattr(chapter, "tell")]
