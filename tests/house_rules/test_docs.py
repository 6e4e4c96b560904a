"""The commands that the documentation names are there, with their options; its examples of Python run."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

from trustwide.engines.matching import command as check_document
from trustwide.engines.spc import command as spc
from trustwide.engines.words import command as words_command
from trustwide.house import backup, export_command, identity, restore, retention_command, similar_command
from trustwide.house.command_line import COMMANDS
from trustwide.rooms.measures import report_command as report

pytestmark = pytest.mark.seen_once  # no database

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BUILDERS = {
    "spc": spc,
    "report": report,
    "words": words_command,
    "check-document": check_document,
    "similar": similar_command,
    "backup": backup,
    "restore": restore,
    "retention": retention_command,
    "export-organisation": export_command,
    "identity": identity,
}
PARSERS = {name: module.build_parser() for name, module in BUILDERS.items()}
#: Typed in a block of its own, or between backticks.
COMMAND = re.compile(r"(?:^    (?:\$ )?|`)(?:\.venv/bin/)?trustwide ([^`\n]+)", re.MULTILINE)
OPTION = re.compile(r"`(--[a-z-]+)")
PYTHON = re.compile(r"(?:^    (?:from|import) .*\n(?:^(?:    .*)?\n)*)", re.MULTILINE)
#: Options of other programs, or of `./run` and `./test`, that stand alone between backticks.
OTHERS = {
    *("--upgrade", "--prepare", "--full", "--only", "--data", "--scale", "--port"),
    *("--no-worker", "--once", "--no-browser", "--new-key", "--group", "--kind", "--ods", "--administrator"),
}


def commands(text: str) -> list[list[str]]:
    found = [shlex.split(words) for words in COMMAND.findall(text)]
    return [words for words in found if words[0] != "…"]


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return set(parser._option_string_actions)


def wrong_commands(text: str) -> list[str]:
    """Sub-commands and options that Trustwide does not have."""
    known = set().union(*map(options_of, PARSERS.values())) | OTHERS
    wrong = [option for option in OPTION.findall(text) if option not in known]
    for name, *words in commands(text):
        allowed = options_of(PARSERS[name]) if name in PARSERS else OTHERS
        options = [word for word in words if word.startswith("--")]
        wrong += [name] if name not in COMMANDS else [f"{name} {each}" for each in options if each not in allowed]
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_are_there(page: Path) -> None:
    assert wrong_commands(page.read_text(encoding="utf-8")) == []


def test_the_pages_name_commands() -> None:
    found = [words for page in PAGES for words in commands(page.read_text(encoding="utf-8"))]
    print(f"{len(found)} commands in {len(PAGES)} pages")
    assert {words[0] for words in found} == set(COMMANDS)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`trustwide sing`", ["sing"]),
        ("    $ trustwide spc a.csv --colour red\n", ["spc --colour"]),
        ("use `--colour`", ["--colour"]),
        ("`.venv/bin/trustwide spc a.csv --chart u` and `--floor-zero`", []),
    ],
)
def test_control_a_command_that_is_not_there_is_seen(text: str, wrong: list[str]) -> None:
    assert wrong_commands(text) == wrong


@pytest.mark.parametrize("page", [PAGES[0], ROOT / "docs" / "charts.md"], ids=lambda page: page.name)
def test_python_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    examples = "".join(PYTHON.findall(page.read_text(encoding="utf-8")))
    exec(compile(re.sub(r"^    ", "", examples, flags=re.MULTILINE), page.name, "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.startswith("improvement_low inconsistent\n")


def test_examples_of_the_guide_print_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(ROOT)
    guide = (ROOT / "docs" / "charts.md").read_text(encoding="utf-8")
    examples = re.findall(r"^    \$ trustwide spc (.*)\n((?:    .*\n)+)", guide, re.MULTILINE)
    assert len(examples) == 2
    for words, said in examples:
        assert spc.main(shlex.split(words)) == 0
        assert capfdbinary.readouterr().out.decode() == re.sub(r"^    ", "", said, flags=re.MULTILINE)
