"""An installation of its own for a measurement, with invented records and links by the hundred thousand."""

from __future__ import annotations

import atexit
import itertools
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from typing import Any

NAMED = [
    "ward",
    "patient",
    "nurse",
    "team",
    "pharmacy",
    "tablets",
    "waiting",
    "falls",
    "discharge",
    "kitchen",
    "garden",
    "transport",
    "oxygen",
    "porter",
]
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "wo",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
]
#: From words that nearly every record holds down to words of one in hundreds, as in any language.
WORDS = [*NAMED, *("".join(each) for each in itertools.product(SYLLABLES, repeat=3))]
PEOPLE, TEAMS, HELPED_BY = 20, 60, 5


def set_up() -> None:
    """Django on an empty data folder, migrated; the folder goes when the measurement ends."""
    os.environ["TRUSTWIDE_DATA"] = folder = tempfile.mkdtemp(prefix="trustwide-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trustwide.house.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def make_places() -> tuple[list[Any], list[Any]]:
    """Teams of two trusts, and a person with a role in the first trust for each of a few teams."""
    from trustwide.rooms.people.models import Person
    from trustwide.rooms.places.actions import add_place, give_role

    group = add_place(by=None, level="group", name="Three Rivers")
    trusts = [add_place(by=None, level="organisation", name=name, parent=group) for name in ("St Bride's", "Riverside")]
    teams = [add_place(by=None, level="team", name=f"Team {each}", parent=trusts[each % 2]) for each in range(TEAMS)]
    people = [Person.objects.create_user(f"p{each}@example.org", f"Person {each}") for each in range(PEOPLE)]
    for each, person in enumerate(people):
        give_role(by=None, person=person, role="staff", place=teams[2 * each % TEAMS])
    return teams, people


def make_records(teams: list[Any], people: list[Any], count: int) -> list[Any]:
    """Records whose titles and texts are words drawn by frequency, in a tree where each helps another."""
    from django.db import connection
    from django.utils import timezone

    from trustwide.rooms.commons.models import KnownWord, Link, Record, SearchText

    draw = random.Random(7)
    weights = list(itertools.accumulate(1 / (place + 1) for place in range(len(WORDS))))
    now, records, texts = timezone.now(), [], []
    for number in range(count):
        place, by = draw.choice(teams), draw.choice(people)
        title = f"{' '.join(draw.choices(WORDS, cum_weights=weights, k=5))} {number}"
        shared = {"created_at": now, "created_by": by, "updated_at": now, "updated_by": by, "owner": by}
        sharing = draw.choice(("team", "organisation", "organisation", "group"))
        record = Record(kind="purpose.message", place=place, organisation_id=place.organisation_id, title=title,
                        stage="posted", sharing=sharing, **shared)  # fmt: skip
        records.append(record)
        texts.append(
            SearchText(record_id=record.pk, title=title, text=" ".join(draw.choices(WORDS, cum_weights=weights, k=40)))
        )
    links = [
        Link(start_id=record.pk, end_id=records[(place - 1) // HELPED_BY].pk, meaning="contributes-to", by=people[0])
        for place, record in enumerate(records)
        if place
    ]
    Record.objects.bulk_create(records, 5_000)
    SearchText.objects.bulk_create(texts, 5_000)
    Link.objects.bulk_create(links, 5_000)
    KnownWord.objects.bulk_create([KnownWord(word=word) for word in set(WORDS)], ignore_conflicts=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as it does by itself within minutes of such a load; SQLite never does
    return records


def least_time(act: Callable[[], object], runs: int) -> float:
    """Seconds, the first run aside: what else the machine does only ever adds."""
    act()
    taken = []
    for _run in range(runs):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return min(taken)
