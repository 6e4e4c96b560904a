"""What a drawing says, in sentences; and what would make it of more use. Both are for everyone who cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from trustwide.engines.diagrams.model import Drawing, Row
from trustwide.engines.diagrams.tools import AGAINST, FOR, VALUE, WASTE

FEW = range(3, 6)  # primary drivers


def in_minutes(minutes: int) -> str:
    """A length of time as people say it.

    >>> in_minutes(45), in_minutes(60), in_minutes(250)
    ('45 min', '1 h', '4 h 10 min')
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(
        each for each in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if each
    )


def counted(count: int, one: str, many: str = "") -> str:
    """
    >>> counted(1, "cause"), counted(3, "why", "whys")
    ('1 cause', '3 whys')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def readings(drawing: Drawing) -> list[str]:
    """The drawing in a few sentences, the one that matters most first."""
    if not drawing.rows:
        return ["Nothing is drawn yet."]
    return [each for each in READINGS[drawing.tool.key](drawing) if each]


def at(drawing: Drawing, level: int) -> list[Row]:
    return [row for row in drawing.rows if row.level == level]


def _drivers(drawing: Drawing) -> list[str]:
    ideas, measured = at(drawing, 2), [row for row in drawing.rows if row.details.get("measure")]
    primary = len(at(drawing, 0))
    drivers = f"{counted(primary, 'primary driver')}, {counted(len(at(drawing, 1)), 'secondary driver')}"
    found = [f"{drivers} and {counted(len(ideas), 'change idea')}."]
    if not ideas:
        found.append("No change idea yet: what could be tried?")
    if not drawing.head:
        found.append("It has no aim yet: write how much, by when and for whom.")
    if primary not in FEW and primary > max(FEW):
        found.append("Three to five primary drivers are easier to keep in mind.")
    if not measured:
        found.append("No driver has a measure yet.")
    return found


def _fishbone(drawing: Drawing) -> list[str]:
    bare = [branch.row.text for branch in drawing.branches if not branch.below]
    found = [f"{counted(len(at(drawing, 1)), 'cause')} on {counted(len(drawing.branches) - len(bare), 'bone')}."]
    if bare:
        found.append(f"Nothing yet on: {', '.join(bare)}.")
    return found


def _whys(drawing: Drawing) -> list[str]:
    unchecked = [row for row in drawing.rows if not row.details.get("evidence")]
    deepest, act = max(row.level for row in drawing.rows) + 1, [row for row in drawing.rows if "act" in row.details]
    found = [f"We asked why {counted(deepest, 'time')} in a row."]
    found.append(f"We can act here: {'; '.join(row.text for row in act)}." if act else "Go on until we can act on it.")
    if unchecked:
        found.append(f"{counted(len(unchecked), 'answer')} of {len(drawing.rows)} not checked yet.")
    return found


def _process(drawing: Drawing) -> list[str]:
    rows = drawing.rows
    work, waits = sum(row.number("minutes") for row in rows), sum(row.number("wait") for row in rows)
    lanes = [row.details.get("lane", "") for row in rows]
    handed = sum(before != after for before, after in pairwise(lanes))
    worth = sum(row.number("minutes") for row in rows if row.details.get("worth") == VALUE)
    spare = [row.text for row in rows if row.details.get("worth") == WASTE]
    found = []
    if work or waits:
        found.append(
            f"It takes {in_minutes(work + waits)} from beginning to end: {in_minutes(work)} of work and"
            f" {in_minutes(waits) + ' of' if waits else 'no'} waiting."
        )
        found.append(f"What matters to patients takes {in_minutes(worth)} of it.")
    found.append(f"{counted(len(rows), 'step')}, handed over {counted(handed, 'time')}.")
    if spare:
        found.append(f"Could be left out: {'; '.join(spare)}.")
    return found


def by_count(drawing: Drawing) -> list[tuple[Row, int, int]]:
    """Reasons with their counts, the most frequent first, and how many there are up to each. One without is last."""
    ordered = sorted(drawing.rows, key=lambda row: -row.number("count"))
    total, found = 0, []
    for row in ordered:
        total += row.number("count")
        found.append((row, row.number("count"), total))
    return found


def vital_few(drawing: Drawing) -> int:
    """How many of the most frequent reasons make up 80 % of all; 0 where nothing is counted."""
    found = by_count(drawing)
    total = found[-1][2] if found else 0
    return next((place for place, (_row, _count, sum_) in enumerate(found, 1) if total and sum_ * 5 >= total * 4), 0)


def _pareto(drawing: Drawing) -> list[str]:
    found, few = by_count(drawing), vital_few(drawing)
    total = found[-1][2]
    if not total:
        return ["Nothing is counted yet. A Pareto chart needs counts, not what people think."]
    share = round(100 * found[few - 1][2] / total)
    named = ", ".join(row.text for row, _count, _sum in found[:few])
    make = "makes" if few == 1 else "make"
    told = f"{few} of {counted(len(found), 'reason')} {make} up {share} % of {total:,}: {named}."
    spread = "No few reasons stand out: it is spread over many." if few * 5 > len(found) * 3 and len(found) > 3 else ""
    uncounted = [row.text for row, count, _sum in found if not count]
    return [told, spread, f"Not counted yet: {', '.join(uncounted)}." if uncounted else ""]


def forces(drawing: Drawing, side: str) -> list[Row]:
    """Those of one side, the strongest first; one that does not say its side pushes for."""
    rows = [row for row in drawing.rows if row.details.get("side", FOR) == side]
    return sorted(rows, key=lambda row: -row.number("strength"))


def _forces(drawing: Drawing) -> list[str]:
    push, hold = forces(drawing, FOR), forces(drawing, AGAINST)
    sums = [sum(row.number("strength") for row in side) for side in (push, hold)]
    found = [f"For it: {sums[0]} in all. Against it: {sums[1]} in all."]
    if hold:
        found.append(f"Weaken what holds back first, beginning with: {hold[0].text}.")
    return found


def _angles(drawing: Drawing) -> list[str]:
    short = [row for row in drawing.rows if 0 < row.number("now") < row.number("needed")]
    idle = [row for row in short if not row.details.get("next")]
    found = [f"{counted(len(drawing.rows), 'person or group', 'people or groups')}."]
    unsaid = [row for row in drawing.rows if not (row.number("now") and row.number("needed"))]
    if short:
        found.append(f"{len(short)} {'stands' if len(short) == 1 else 'stand'} short of where we need them.")
    elif not unsaid:
        found.append("All stand where we need them.")
    if unsaid:
        found.append(f"Still to say of {len(unsaid)}: where they stand now, and where we need them.")
    if idle:
        found.append(f"No next step yet with: {', '.join(row.text for row in idle)}.")
    return found


def minutes_a_week(row: Row) -> int:
    return row.number("minutes") * row.number("times") * row.number("days", 7)


def by_time(drawing: Drawing) -> list[Row]:
    return sorted(drawing.rows, key=lambda row: -minutes_a_week(row))


def hours(minutes: int) -> str:
    """
    >>> hours(60), hours(90), hours(10_000)
    ('1 hour', '1.5 hours', '167 hours')
    """
    told = f"{minutes / 60:.0f}" if minutes >= 6_000 or minutes % 60 == 0 else f"{minutes / 60:.1f}"
    return f"{told} {'hour' if told == '1' else 'hours'}"


def _waste(drawing: Drawing) -> list[str]:
    ordered = by_time(drawing)
    total = sum(map(minutes_a_week, ordered))
    if not total:
        return ["No times yet: count minutes, and how often in a day."]
    first = minutes_a_week(ordered[0])
    return [
        f"{hours(total)} a week in all.",
        f"The most goes on: {ordered[0].text} ({hours(first)} a week, {round(100 * first / total)} % of it).",
    ]


def _sheet(drawing: Drawing) -> list[str]:
    parts = next(each for each in drawing.tool.details if each.key == "part").choices
    filled = {row.details.get("part", parts[0][0]) for row in drawing.rows}
    missing = [words for key, words in parts if key not in filled]
    return [f"Still empty: {', '.join(missing)}." if missing else "Every part is filled."]


READINGS: dict[str, Callable[[Drawing], list[str]]] = {
    "driver-diagram": _drivers,
    "fishbone": _fishbone,
    "five-whys": _whys,
    "process-map": _process,
    "pareto": _pareto,
    "force-field": _forces,
    "angles": _angles,
    "waste-walk": _waste,
    "a3": _sheet,
}
