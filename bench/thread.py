"""How a record fits, read from a house of 100,000 records and links, against the same in a house of 1,000."""

from __future__ import annotations

from typing import Any

from bench import crowd

GOAL = 3


def measure(*, quick: bool) -> float:
    many = 20_000 if quick else 100_000
    crowd.set_up()
    teams, people = crowd.make_places()
    found = []
    for count in (1_000, many):
        records = crowd.make_records(teams, people, count)
        found.append(timed(people[0], records, runs=5 if quick else 15))
        print(f"  {count:,} records and links: {1000 * found[-1]:.1f} ms for a record of each level and its line")
    return found[1] / found[0]


def timed(person: Any, records: list[Any], runs: int) -> float:
    """A record near the top with thousands below it, two in the middle, and one at the foot of a chain."""
    from trustwide.rooms.commons import threads
    from trustwide.rooms.commons.models import Record

    ids = [records[place].pk for place in (1, 30, len(records) // 2, len(records) - 1)]
    mine = Record.objects.filter(pk__in=ids)
    mine.update(sharing="organisation", organisation=person.roles.get().place.organisation)
    chosen = list(mine)

    def read() -> None:
        for record in chosen:
            threads.thread_of(person, record)
            threads.line(person, record)

    return crowd.least_time(read, runs)
