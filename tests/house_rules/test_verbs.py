"""Every verb that an action keeps in the audit has a sentence that a reader is shown, and no sentence is left over."""

from __future__ import annotations

import ast
from pathlib import Path

import trustwide
from tests.house_rules.acts import ACTS
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.people.verbs import VERBS, sentence_of

#: What writes an audit row, and the argument that says the verb: its name, and its place where it has one.
WRITERS = {"record_act": ("verb", 99), "record_acts": ("verb", 99)}
Writers = dict[str, tuple[str, int]]


def sources() -> list[str]:
    files = Path(trustwide.__path__[0]).rglob("*.py")
    return [file.read_text(encoding="utf-8") for file in files if not {"tests", "migrations"} & set(file.parts)]


def verbs_in(texts: list[str]) -> set[str]:
    """The verbs that are written: those said in calls of the writers, and of functions that hand theirs on to one."""
    trees = [ast.parse(text) for text in texts]
    known, found = dict(WRITERS), set()
    for _deep in range(3):
        known |= {name: each for tree in trees for name, each in _writers(tree, known).items() if name[0] != "_"}
    for tree in trees:
        writers = known | _writers(tree, known)
        calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
        found |= {verb for call in calls for said in _said(call, writers) for verb in _constants(said)}
        found |= {verb for function in _functions(tree) for verb in _default(function, writers)}
    return found


def _functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]


def _writers(tree: ast.AST, known: Writers) -> Writers:
    """The functions that hand an argument of their own on as the verb; those with _ count in their own file alone."""
    found: Writers = {}
    for _deep in range(2):
        for function in _functions(tree):
            places = [each.arg for each in function.args.args]
            calls = (each for each in ast.walk(function) if isinstance(each, ast.Call))
            for said in (said for call in calls for said in _said(call, known | found)):
                own = {*places, *(each.arg for each in function.args.kwonlyargs)}
                if isinstance(said, ast.Name) and said.id in own:
                    found[function.name] = said.id, places.index(said.id) if said.id in places else 99
    return found


def _default(function: ast.FunctionDef, writers: Writers) -> set[str]:
    """What a writer's verb is where nobody says it."""
    named, _place = writers.get(function.name, ("", 99))
    asked = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return {verb for each, default in asked if each.arg == named and default for verb in _constants(default)}


def _said(call: ast.Call, writers: Writers) -> list[ast.expr]:
    """What a call says for the verb: by name, or by its place."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    named, place = writers.get(name, ("", 99))
    return [each.value for each in call.keywords if each.arg == named] or call.args[place : place + 1]


def _constants(said: ast.expr) -> set[str]:
    return {each.value for each in ast.walk(said) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_every_verb_has_its_sentence() -> None:
    used = verbs_in(sources())
    print(f"{len(used)} verbs in the code, {len(VERBS)} sentences")
    assert {verb for act in ACTS.values() for verb in act.verbs} <= used, "the search of the code misses these"
    assert used - set(VERBS) == set(), "give each of these a sentence in rooms/people/verbs.py"
    assert set(VERBS) - used == set(), "take these sentences away: nothing writes such a verb"


def test_every_sentence_says_who() -> None:
    said = {verb: sentence_of(AuditRow(verb=verb)) for verb in VERBS}
    assert {verb for verb, words in said.items() if not words.startswith("Trustwide ") or "%" in words} == set()


def test_control_a_verb_without_a_sentence_is_seen() -> None:
    straight = 'record_act(by=by, verb="un-told", thing=it, organisation=None)'
    choice = 'record_act(by=by, verb="un-told" if it else "added", thing=it, organisation=None)'
    handed = 'def keep(by, word):\n    record_act(by=by, verb=word)\ndef act():\n    keep(by, "un-told")'
    default = 'def act(*, word="un-told"):\n    record_act(by=by, verb=word)'
    for text in (straight, choice, handed, default):
        assert "un-told" in verbs_in([text]) - set(VERBS), text


def test_a_verb_of_long_ago_is_still_shown() -> None:
    assert sentence_of(AuditRow(verb="rang-bell")) == "Trustwide: rang bell"
