"""Takes checks out of the code one by one and asks the tests that reach them; a plugin of pytest's.

All tests are run once, which notes the functions that each of them enters. Then, for each check, the function that
holds it is given the code without it, in this very process, and the tests that enter that function are run, the
quickest first, until one fails. A check so costs a second or two, not the start of a run. What came of each is written
to a file, a line each; the last line is of the tests with everything as it was.
"""

from __future__ import annotations

import ast
import copy
import gc
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import _lru_cache_wrapper
from inspect import unwrap
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.urls import get_resolver

from tests.house_rules.wall import SOURCE, Removal, first_line, removals

#: The variables that name what to take away, a list of texts, and the file to tell it in.
TAKEN, TOLD = "TAKE_AWAY", "TELL"
#: What is told of the tests with nothing taken away, and of a check that no test misses.
NOTHING, SURVIVED = "nothing", "SURVIVED"
#: How a gate's policy names what it asks, where it is by another name.
ASKED_AS = {"adding": "adds"}
FEW = 60  # tests that are run again when all is as it was

Place = tuple[str, int, int]  # a function in its file: its full name, its first line, which of those on that line


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of pytest's own."""
    gc.unfreeze()  # what is frozen is not told among the objects below
    get_resolver().reverse_dict  # noqa: B018 - what is imported with the first page, and what gates make then
    wanted = set(json.loads(os.environ[TAKEN]))
    checks = [each for each in removals() if str(each) in wanted]
    files = {name: File(SOURCE / name) for name in {each.file for each in checks}}
    gates = Gates(files)
    tests = entering(session, files, gates)
    with Path(os.environ[TOLD]).open("w", encoding="utf-8") as told:
        if session.testsfailed:
            return True
        for check in checks:
            file = files[check.file]
            changed = {(check.file, line) for line in check.views or file.changed(check)}
            enter = [test for places, test in tests if places & changed]
            with gates.open(check) if check.asks else file.without(check):
                print(f"{check}\t{first_failure(session, enter)} ({len(enter)} tests enter it)", file=told, flush=True)
        print(f"{NOTHING}\t{first_failure(session, [test for _places, test in tests[:FEW]])}", file=told)
    return True


class File:
    """The functions of one file, as they stand in memory."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.codes = codes(self.tree)
        places = {code: place for place, code in self.codes.items()}
        ours = [each for each in gc.get_objects() if type(each) is FunctionType and is_of(each, path)]
        self.functions = [(places[each.__code__], each) for each in ours if each.__code__ in places]

    def become(self, tree: ast.AST) -> None:
        """Every function gets the code that it would have if this were the file."""
        new = codes(tree)
        for place, function in self.functions:
            free = function.__code__.co_freevars
            alike = new[place].co_freevars == free  # else the check alone named something of the function around it
            function.__code__ = new[place] if alike else codes(naming(tree, place, free))[place]
        for each in gc.get_objects():
            if type(each) is _lru_cache_wrapper and each.__module__.startswith("trustwide."):
                each.cache_clear()  # what was worked out with other code

    @contextmanager
    def without(self, check: Removal) -> Iterator[None]:
        self.become(check.tree)
        yield
        self.become(self.tree)

    def changed(self, check: Removal) -> list[int]:
        """The first lines of the functions that are others without a check."""
        new = codes(check.tree)
        return [place[1] for place, code in self.codes.items() if new.get(place) != code]


class Gates:
    """The gates before the views of some files: each was given what it asks when its view was read."""

    def __init__(self, files: dict[str, File]) -> None:
        self.views = {
            function: (name, place[1]) for name, file in files.items() for place, function in file.functions
        }  # fmt: skip
        functions = [each for each in gc.get_objects() if type(each) is FunctionType and hasattr(each, "policy")]
        self.before = [(self.views[unwrap(each)], each) for each in functions if unwrap(each) in self.views]

    @contextmanager
    def open(self, check: Removal) -> Iterator[None]:
        """They ask nothing of what is taken away, and say that they do not."""
        kept = []
        for gate in [gate for view, gate in self.before if view in {(check.file, line) for line in check.views}]:
            names = dict(zip(gate.__code__.co_freevars, gate.__closure__ or (), strict=True))
            cell = names.get("view" if check.asks == "adding" else check.asks)
            kept.append((gate, gate.policy, cell, cell.cell_contents if cell else None))
            gate.policy = replace(gate.policy, **{ASKED_AS.get(check.asks, check.asks): None})
            if cell:
                cell.cell_contents = unwrap(gate) if check.asks == "adding" else None
        assert any(cell for _gate, _policy, cell, _asked in kept), f"no gate of {check} was found"
        yield
        for gate, policy, cell, asked in reversed(kept):
            gate.policy = policy
            if cell:
                cell.cell_contents = asked

    @contextmanager
    def noting(self, seen: set[tuple[str, int]]) -> Iterator[None]:
        """Whoever asks for an address comes to the gate before its view, let in or not."""
        resolve = BaseHandler.resolve_request

        def resolved(handler: BaseHandler, request: HttpRequest) -> Any:
            found = resolve(handler, request)
            seen.update(self.views[view] for view in [unwrap(found.func)] if view in self.views)
            return found

        BaseHandler.resolve_request = resolved  # type: ignore[method-assign]
        yield
        BaseHandler.resolve_request = resolve  # type: ignore[method-assign]


def is_of(function: FunctionType, path: Path) -> bool:
    return function.__code__.co_filename == str(path)


def codes(tree: ast.AST) -> dict[Place, CodeType]:
    """The code of every function of a file, those within functions too."""
    found: dict[Place, CodeType] = {}

    def look(code: CodeType) -> None:
        for each in code.co_consts:
            if isinstance(each, CodeType):
                same = sum(place[:2] == (each.co_qualname, each.co_firstlineno) for place in found)
                found[each.co_qualname, each.co_firstlineno, same] = each
                look(each)

    look(compile(tree, "", "exec", dont_inherit=True))  # type: ignore[arg-type]
    return found


def naming(tree: ast.AST, place: Place, free: Iterable[str]) -> ast.AST:
    """The same, with a function that names these without doing anything: Python changes no code for one with fewer."""
    named = copy.deepcopy(tree)
    for node in ast.walk(named):
        if isinstance(node, ast.FunctionDef) and (node.name, first_line(node)) == (place[0].split(".")[-1], place[1]):
            node.body += ast.parse(f"if 0: {', '.join(free)}").body
    return named


class Noting(ast.NodeTransformer):
    """Each function says first that it is entered."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, ast.Expr(said(node, first_line(node))))
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        node.body = ast.BoolOp(ast.Or(), [said(node, node.lineno), node.body])
        return node


def said(node: ast.AST, line: int) -> ast.expr:
    """A call of `_entered_`, which every file that is watched can see, and which returns nothing."""
    return ast.Call(ast.Name("_entered_", ast.Load()), [ast.Constant(line)], [])


def entering(
    session: pytest.Session, files: dict[str, File], gates: Gates
) -> list[tuple[set[tuple[str, int]], pytest.Item]]:
    """Every test that passes with what it enters of these files, the quickest first."""
    seen: set[tuple[str, int]] = set()
    for name, file in files.items():
        for _place, function in file.functions:
            function.__globals__["_entered_"] = lambda line, name=name: seen.add((name, line))
        file.become(ast.fix_missing_locations(Noting().visit(copy.deepcopy(file.tree))))
    found = []
    for test in session.items:
        seen.clear()
        began = time.monotonic()
        with gates.noting(seen):
            session.testsfailed += bool(failure(session, test))
        found.append((time.monotonic() - began, set(seen), test))
    for file in files.values():
        file.become(file.tree)
    return [(places, test) for _seconds, places, test in sorted(found, key=lambda each: each[0])]


def first_failure(session: pytest.Session, tests: Iterable[pytest.Item]) -> str:
    return next(filter(None, (failure(session, each) for each in tests)), SURVIVED)


def failure(session: pytest.Session, test: pytest.Item) -> str:
    """The name of the test where it fails; what is made for all of the tests stays."""
    reports = runtestprotocol(test, log=False, nextitem=session)
    return test.nodeid if any(each.failed for each in reports) else ""
