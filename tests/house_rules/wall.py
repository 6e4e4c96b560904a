"""The wall, check by check: every place in the code that keeps somebody from something, and the code without it.

Found by shape, so that the checks of a new room are found too:
  - `if …: raise NotAllowed | Http404 | PermissionDenied` never refuses; of several things (`or`), each goes in turn
  - `_must(…)`, or `must_hold(…)`, is not called
  - `.visible_to(person)` becomes `.all()`
  - in the functions of ALWAYS, and in each of a room's `access.py`, each condition of `and`, `&`, `filter(…)`, `if`
    and of a loop goes in turn, and what a predicate returns is yes
  - a gate of a view asks no more what it `needs`, who `may`, who is `inside`, or for a place to be `adding` at
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "src" / "trustwide"
REFUSALS = {"NotAllowed", "Http404", "PermissionDenied"}
#: Functions that are the wall itself.
ALWAYS = {
    "rooms/places/reach.py": {"holds_on", "of", "may", "groups", "_insiders", "_reads", "_at_own_place", "_partners",
                              "_is_partner", "_below", "_of_groups", "can_read_place", "reach_of",
                              "shown_on_wall", "looks_after", "knows_people_of"},
    "rooms/commons/models.py": {"readable_by", "visible_to", "on_wall"},
    "rooms/commons/notices.py": {"tell"},
    "rooms/people/gates.py": {"process_view"},
    "rooms/devices/gates.py": {"is_its_own_board", "_may_read"},
    "rooms/devices/parts.py": {"additions_for"},
    "rooms/devices/queries.py": {"device_with", "hand_of", "devices_at", "_holding"},
}  # fmt: skip
GRANTS, NARROWS = {"can_read_place", "reach_of"}, {"_at_own_place"}  # what an `if` in them does
#: Predicates of `access.py` that say no by saying yes: who must wait may not yet.
KEEPS_FROM = {"is_held_back", "must_wait"}
#: What a gate asks of who comes.
GATES, ASKS = {"at_organisation", "at_team", "at_record", "at_kind"}, ("needs", "may", "inside", "adding")
MUST = ("_must", "must_hold")
Remove = Callable[[Any], str]  # takes one check out of the tree, and says which


@dataclass(frozen=True)
class Removal:
    """One check; `tree` is the file as it would be without it, each line where it was."""

    file: str
    line: int
    what: str
    place: int

    @property
    def tree(self) -> ast.Module:
        """The file is read anew, so that each removal stands alone."""
        tree = _read(self.file)
        node, remove = _checks_of(self.file, tree)[self.place]
        remove(node)
        return ast.fix_missing_locations(tree)

    @property
    def asks(self) -> str:
        """What a gate asks, where that is what is removed: views were given their gates when they were read."""
        gate, asked = self.what.partition(": ")[::2]
        return asked.partition("=")[0] if gate in GATES else ""

    @property
    def views(self) -> set[int]:
        """The first lines of the views that such a gate stands before; of another check there are none."""
        if not self.asks:
            return set()
        tree = _read(self.file)
        gate, _remove = _checks_of(self.file, tree)[self.place]
        return {
            first_line(each)
            for each in ast.walk(tree)
            if isinstance(each, ast.FunctionDef) and gate in _before(each, tree)
        }

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.what}"


@cache
def removals() -> list[Removal]:
    """Every check of the wall, by file and line."""
    files = [file for file in sorted(SOURCE.rglob("*.py")) if not {"tests", "migrations"} & set(file.parts)]
    return [removal for file in files for removal in _of_file(file)]


def _of_file(file: Path) -> Iterator[Removal]:
    name = file.relative_to(SOURCE).as_posix()
    for place, (node, remove) in enumerate(_checks_of(name, _read(name))):
        line = getattr(node, "lineno", None) or node.iter.lineno
        yield Removal(name, line, remove(deepcopy(node)), place)


def _read(name: str) -> ast.Module:
    return ast.parse((SOURCE / name).read_text(encoding="utf-8"))


def _checks_of(name: str, tree: ast.Module) -> list[tuple[Any, Remove]]:
    always = _functions(tree) if Path(name).name == "access.py" else ALWAYS.get(name, set())
    return [*_checks(tree, always), *_gates(tree)]


def _functions(tree: ast.AST) -> set[str]:
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def first_line(node: ast.FunctionDef) -> int:
    """Where Python says that it begins: at the first of its decorators."""
    return min(each.lineno for each in (node, *node.decorator_list))


def _before(view: ast.FunctionDef, tree: ast.Module) -> list[ast.AST]:
    """What decorates a view, a gate that has a name of its own too."""
    named = {
        each.targets[0].id: each.value
        for each in tree.body
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    }
    return [named.get(_name(each), each) for each in view.decorator_list]


def _gates(tree: ast.AST) -> Iterator[tuple[Any, Remove]]:
    """What each gate asks, named with the view that it stands before, or with its own name."""
    for node in ast.walk(tree):
        named = node.decorator_list if isinstance(node, ast.FunctionDef) else [getattr(node, "value", None)]
        before = getattr(node, "name", "") or (_name(node.targets[0]) if isinstance(node, ast.Assign) else "")
        for gate in named if before else []:
            if isinstance(gate, ast.Call) and _name(gate.func) in GATES:
                asked = [place for place, each in enumerate(gate.keywords) if each.arg in ASKS]
                yield from ((gate, _ask_nothing(place, before)) for place in asked)


def _checks(tree: ast.AST, always: set[str]) -> Iterator[tuple[Any, Remove]]:
    """Each check with what removes it; in the same order for the same code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and _refuses(node):
            yield node, _never
            for each in ast.walk(node.test):
                if isinstance(each, ast.BoolOp) and isinstance(each.op, ast.Or):
                    yield from ((each, _drop(part)) for part in range(len(each.values)))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _name(node.value.func) in MUST:
            yield node, _not_called
        elif isinstance(node, ast.Call) and _name(node.func) == "visible_to":
            yield node, _all
        elif isinstance(node, ast.FunctionDef) and node.name in always:
            yield from _conditions(node)


def _conditions(function: ast.FunctionDef) -> Iterator[tuple[Any, Remove]]:
    for node in ast.walk(function):
        if isinstance(node, ast.BoolOp) and (isinstance(node.op, ast.And) or function.name == "reach_of"):
            yield from ((node, _drop(part)) for part in range(len(node.values)))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
            yield from ((node, _keep_side(side)) for side in ("left", "right"))
        elif isinstance(node, ast.Call) and _name(node.func) == "filter":
            yield from ((node, _drop_argument(place)) for place in range(len(node.args) + len(node.keywords)))
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Call | ast.BoolOp | ast.Compare):
            if _is_asked(function):
                yield node, _no if function.name in KEEPS_FROM else _yes
        elif isinstance(node, ast.comprehension):
            yield from ((node, _drop_if(place)) for place in range(len(node.ifs)))
        elif isinstance(node, ast.If) and not _refuses(node) and function.name not in GRANTS:
            yield node, _never if function.name in NARROWS or _says_no(node) else _always


def _is_asked(function: ast.FunctionDef) -> bool:
    """Whether it is asked whether somebody may: whatever its name, it answers yes or no."""
    return function.name.startswith(("can_", "may")) or (_name(function.returns or function) == "bool")


def _says_no(node: ast.If) -> bool:
    first = node.body[0]
    return isinstance(first, ast.Return) and isinstance(first.value, ast.Constant) and first.value.value is False


def _name(called: ast.AST) -> str:
    return getattr(called, "attr", getattr(called, "id", ""))


def _refuses(node: ast.If) -> bool:
    first = node.body[0]
    raised = first.exc if isinstance(first, ast.Raise) else None
    return _name(raised.func if isinstance(raised, ast.Call) else raised) in REFUSALS if raised else False


def _never(node: Any) -> str:
    said = ast.unparse(node.test)
    node.test = ast.Constant(value=False)
    return f"if {said}: refuse"


def _drop(part: int) -> Remove:
    def remove(node: Any) -> str:
        said = ast.unparse(node.values[part])
        node.values[part] = ast.Constant(value=isinstance(node.op, ast.And))  # which changes nothing
        return f"{type(node.op).__name__.lower()}: {said}"

    return remove


def _keep_side(gone: str) -> Remove:
    def remove(node: Any) -> str:
        said = ast.unparse(getattr(node, gone))
        setattr(node, gone, ast.parse("Q()", mode="eval").body)
        return f"&: {said}"

    return remove


def _drop_argument(place: int) -> Remove:
    def remove(node: Any) -> str:
        given = node.args if place < len(node.args) else node.keywords
        return f"filter: {ast.unparse(given.pop(place if given is node.args else place - len(node.args)))}"

    return remove


def _ask_nothing(place: int, view: str) -> Remove:
    def remove(node: Any) -> str:
        return f"{_name(node.func)}: {ast.unparse(node.keywords.pop(place))} before {view}"

    return remove


def _drop_if(place: int) -> Remove:
    return lambda node: f"for … if {ast.unparse(node.ifs.pop(place))}"


def _not_called(node: Any) -> str:
    said = ast.unparse(node)
    node.value = ast.Constant(value=None)
    return said


def _all(node: Any) -> str:
    said = ast.unparse(node)
    node.func.attr, node.args = "all", []
    return said


def _yes(node: Any) -> str:
    said = ast.unparse(node)
    node.value = ast.Constant(value=True)
    return said


def _no(node: Any) -> str:
    said = ast.unparse(node)
    node.value = ast.Constant(value=False)
    return said


def _always(node: Any) -> str:
    said = ast.unparse(node.test)
    node.test = ast.Constant(value=True)
    return f"if {said}"
