"""What people attach is made harmless or refused with a reason, in little memory."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trustwide.engines.uploads import Accepted, Refused, check
from trustwide.engines.uploads.tests import corpus

MOST_GROWTH = 100  # MB
#: Run in a process of its own that is handed the files, so that making them does not count. VmHWM is the peak of that
#: process alone, in kB; what `resource` tells counts its parent's memory too.
MEASURE = """
import pathlib, pickle, re, sys
from trustwide.engines.uploads import check
files = pickle.load(sys.stdin.buffer)
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text()).group(1)) // 1024
check(*files[0]); before = peak()
for name, content in files: check(name, content)
print(len(files), peak() - before)
"""


def missed(checker: Callable[[str, bytes], Accepted | Refused]) -> list[str]:
    """The harmful files of the corpus that a checker lets through as they are."""
    answers = [(name, content, checker(name, content)) for name, content, _ in corpus.refused()]
    return [name for name, content, answer in answers if isinstance(answer, Accepted) and answer.content == content]


def trusting(name: str, content: bytes) -> Accepted | Refused:
    """Goes by the name alone."""
    known = name.endswith((".png", ".jpg", ".webp", ".pdf", ".docx", ".xlsx", ".odt", ".csv", ".txt"))
    return Accepted(name, "", content) if known else Refused("Unknown kind.", "")


def test_the_corpus_is_large() -> None:
    good, bad = len(corpus.accepted()), len(corpus.refused())
    print(f"{good + bad} files: {good} to be kept or made harmless, {bad} to be refused")
    assert good + bad >= 40


@pytest.mark.parametrize(("name", "content", "safe_name"), corpus.accepted(), ids=lambda part: ascii(part)[:20])
def test_what_people_attach_is_kept_under_a_safe_name(name: str, content: bytes, safe_name: str) -> None:
    answer = check(name, content)
    assert isinstance(answer, Accepted), str(answer)
    assert answer.safe_name == safe_name
    assert b"<script" not in answer.content
    assert answer.content_type


@pytest.mark.parametrize(("name", "content", "said"), corpus.refused(), ids=lambda part: ascii(part)[:20])
def test_what_does_harm_is_refused_with_a_reason(name: str, content: bytes, said: str) -> None:
    answer = check(name, content)
    assert isinstance(answer, Refused)
    assert answer.message.startswith(said)
    assert answer.cure.endswith(".")


def test_control_a_checker_that_trusts_the_name_is_seen() -> None:
    let_through = missed(trusting)
    print(
        f"of {len(corpus.refused())} harmful files {len(let_through)} pass by name alone, {len(missed(check))} pass us"
    )
    assert len(let_through) > 20
    assert missed(check) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's own peak of memory")
def test_checking_takes_little_memory() -> None:
    files = pickle.dumps([(name, content) for name, content, _ in corpus.accepted() + corpus.refused()])
    said = subprocess.check_output([sys.executable, "-c", MEASURE], input=files)
    count, growth = map(int, said.split())
    print(f"{count} files checked; memory grew by {growth} MB, less than {MOST_GROWTH}")
    assert 1 < growth < MOST_GROWTH
