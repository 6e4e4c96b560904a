"""The tree of an organisation as a table: out to a file, and back in with every change told before it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from trustwide.engines.sheets import safe_cell
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places import actions, queries
from trustwide.rooms.places.models import KIND_WORDS, KINDS_OF, LEVEL_WORDS, LEVELS, Place
from trustwide.rooms.places.reach import today
from trustwide.rooms.places.sheet_rows import Plan, Row, read_rows
from trustwide.rooms.places.tree import PlaceRefused

COLUMNS = ("address", "level", "name", "under", "kind", "ods_code", "opened", "closed")
BY_ADDRESS = "#"  # before an address in the column "under", where the names alone would not say which place


class Names:
    """Finds a place of an organisation by its address, or by its names from the organisation down."""

    def __init__(self, organisation: Place) -> None:
        self.places = queries.all_places(organisation)
        self.by_slug = {each.slug: each for each in self.places}
        names = {each.pk.hex: squeezed(each.name) for each in self.places}
        self.paths = {each.pk: " › ".join(names[part] for part in each.line if part in names) for each in self.places}
        self.shared = Counter(self.paths.values())
        self.by_path = {self.paths[each.pk]: each for each in self.places}

    def told(self, place: Place) -> str:
        """What the column "under" says of a place: its names, where they are its alone, else its address."""
        path = self.paths[place.pk]
        plain = self.shared[path] == 1 and safe_cell(path) == path and path[0] not in "#'"
        return path if plain else BY_ADDRESS + place.slug

    def find(self, words: str) -> Place | None:
        if words.startswith(BY_ADDRESS):
            return self.by_slug.get(words[1:])
        return self.by_path.get(words) if self.shared[words] < 2 else None

    def add(self, place: Place) -> None:
        """A place that the file adds may hold others of the same file."""
        path = f"{self.paths[place.parent_id]} › {place.name}"
        self.paths[place.pk], self.by_path[path] = path, place
        self.shared[path] += 1


def squeezed(text: str) -> str:
    return " ".join(text.split())


def table_of(organisation: Place) -> list[list[str]]:
    """The header and a row for each place, those above first."""
    names = Names(organisation)
    by_id = {each.pk: each for each in names.places}
    rows = [list(COLUMNS)]
    for each in names.places:
        above = by_id.get(each.parent_id)
        days = [f"{day:%Y-%m-%d}" if day else "" for day in (each.opened_on, each.closed_on)]
        rows.append(
            [each.slug, each.level, each.name, names.told(above) if above else "", each.kind, each.ods_code, *days]
        )
    return rows


@dataclass
class PlacesPlan(Plan):
    """What a file would change of the tree."""

    new: list[tuple[Row, Place]] = field(default_factory=list)
    steps: list[tuple[int, Row, str, Callable[[], Any]]] = field(default_factory=list)


RENAME, MOVE, CLOSE = range(3)


def plan_of(by: Person | None, organisation: Place, content: bytes, name: str) -> PlacesPlan:
    """Read a file against the tree as it is now."""
    rows, problems = read_rows(content, name, ("level", "name", "under"))
    plan, names = PlacesPlan(problems=problems), Names(organisation)
    if problems:
        return plan
    old, new = [], []
    for row in rows:
        (old if row["address"] else new).append(row)
    ranked = [(LEVELS.index(level), row) for row in new if (level := _level(plan, row))]
    for _rank, row in sorted(ranked, key=lambda each: each[0]):
        _plan_new(plan, names, row)
    seen: Counter[str] = Counter()
    for row in old:
        seen[row["address"]] += 1
        if seen[row["address"]] > 1:
            plan.refuse(row, "address", _("This address stands in the file twice."), _("Keep one of the rows."))
        else:
            _plan_old(plan, names, row, by)
    return plan


def _level(plan: PlacesPlan, row: Row) -> str:
    words = {str(words).lower(): key for key, words in LEVEL_WORDS.items()}
    level = words.get(row["level"].lower(), "")
    if level not in LEVELS[2:]:
        plan.refuse(row, "level", _("This is not a level."), _("Write directorate, service or team."))
        return ""
    return level


def _kind(plan: PlacesPlan, row: Row, level: str) -> str:
    words = {str(words).lower(): key for key, words in KIND_WORDS.items()}
    kind = words.get(row["kind"].lower(), row["kind"].lower())
    if kind and kind not in KINDS_OF.get(level, {}):
        cure = _("Write one of these, or nothing: %(kinds)s.") % {"kinds": ", ".join(KINDS_OF.get(level, {})) or "–"}
        plan.refuse(row, "kind", _("This kind does not fit the level."), cure)
        return ""
    return kind


def _day(plan: PlacesPlan, row: Row, column: str) -> Any:
    day = plan.day(row, column)
    if day and day > today():
        plan.refuse(row, column, _("This day is still to come."), _("Write today or a day before it."))
    return day


def _above(plan: PlacesPlan, names: Names, row: Row) -> Place | None:
    found = names.find(row["under"])
    if found is None:
        cure = _("Write the names from the organisation down with › between them, or # and an address.")
        plan.refuse(row, "under", _("No one place has this name."), cure)
    return found


def _fits(plan: PlacesPlan, row: Row) -> bool:
    """Whether the name and the code are of a length that can be kept."""
    before = len(plan.problems)
    if not 0 < len(row["name"]) <= 120:
        plan.refuse(row, "name", _("The name is empty or too long."), _("Write 1 to 120 letters."))
    if len(row["ods_code"]) > 10:
        plan.refuse(row, "ods_code", _("The ODS code is too long."), _("Write 10 letters and digits or fewer."))
    return len(plan.problems) == before


def _plan_new(plan: PlacesPlan, names: Names, row: Row) -> None:
    above, level = _above(plan, names, row), _level(plan, row)
    if above is None or not _fits(plan, row):
        return None
    if f"{names.paths[above.pk]} › {row['name']}" in names.by_path:
        cure = _("Write its address in the first column, or choose another name.")
        return plan.refuse(row, "name", _("There is a place of this name here already."), cure)
    if LEVELS.index(level) <= LEVELS.index(above.level) or above.closed_on:
        cure = _("Choose an open place of a higher level.")
        return plan.refuse(row, "under", _("It cannot stand there."), cure)
    opened, kind = _day(plan, row, "opened") or today(), _kind(plan, row, level)
    place = Place(id=uuid7(), level=level, name=row["name"], parent=above, kind=kind, opened_on=opened)
    place.ods_code = row["ods_code"]
    names.add(place)
    plan.new.append((row, place))
    plan.words.append(_("Add %(name)s under %(above)s") % {"name": place.name, "above": above.name})
    return None


def _plan_old(plan: PlacesPlan, names: Names, row: Row, by: Person | None) -> None:
    place = names.by_slug.get(row["address"])
    if place is None:
        cure = _("Leave the address empty for a new place, or mend it.")
        return plan.refuse(row, "address", _("No place has this address."), cure)
    if not _fits(plan, row):
        return None
    if row["level"].lower() not in (place.level, str(LEVEL_WORDS[place.level]).lower()):
        plan.refuse(row, "level", _("The level of a place stays."), _("Close it and add a new place."))
    closed, name = _day(plan, row, "closed"), row["name"]
    said = {"name": name, "old": place.name}
    if name not in (squeezed(place.name), squeezed(place.name).removeprefix("'")):
        _step(plan, RENAME, row, _("Rename %(old)s to %(name)s") % said, actions.rename_place, by, place, name=name)
    more = {"kind": _kind(plan, row, place.level), "ods_code": row["ods_code"]}
    if more != {"kind": place.kind, "ods_code": place.ods_code}:
        _step(plan, RENAME, row, _("Describe %(name)s anew") % said, actions.describe_place, by, place, **more)
    above = _above(plan, names, row) if row["under"] or not place.is_root else None
    if above is not None and above.pk != place.parent_id:
        words = _("Move %(name)s to %(above)s") % {**said, "above": above.name}
        _step(plan, MOVE, row, words, actions.move_place, by, place, parent=above)
    if closed != place.closed_on:
        if place.closed_on:
            cure = _("Leave the day as it was. Its own page reopens it.")
            return plan.refuse(row, "closed", _("It is closed already."), cure)
        _step(plan, CLOSE, row, _("Close %(name)s") % said, actions.close_place, by, place, on=closed)
    return None


def _step(plan: PlacesPlan, rank: int, row: Row, words: str, act: Any, by: Any, place: Place, **more: Any) -> None:
    def do() -> None:
        fresh = queries.place_numbered(str(place.pk))  # an earlier step of the same file may have moved it
        said = {key: queries.place_numbered(str(it.pk)) if isinstance(it, Place) else it for key, it in more.items()}
        act(by=by, place=fresh, **said)

    plan.words.append(words)
    plan.steps.append((rank * 10_000 - len(place.line) * (rank == CLOSE), row, words, do))


@transaction.atomic
def carry_out(*, by: Person | None, organisation: Place, plan: PlacesPlan, dry: bool = False, **_asked: Any) -> None:
    """Make all changes, or none where one is refused. A dry run does the very same and takes it back."""
    if plan.problems:
        return
    with transaction.atomic():
        actions.add_places(by=by, organisation=organisation, places=[place for _row, place in plan.new])
        for _rank, row, words, do in sorted(plan.steps, key=lambda each: each[0]):
            try:
                do()
            except PlaceRefused as refusal:
                plan.refuse(row, None, words + ".", " ".join(refusal.messages))
        if dry or plan.problems:
            transaction.set_rollback(True)
