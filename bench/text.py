"""Typed text of 20 kB to safe HTML, against CommonMark rendering alone of the same text."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from markdown_it import MarkdownIt

from trustwide.engines.text import to_html
from trustwide.engines.text.tests.checking import PROSE

GOAL = 1.5
LENGTH = 20_000
#: Nothing that people write; each is as slow to read, for its length, as we know how to make it.
HOSTILE = {"brackets": "[a](", "stars": "*a_ ", "entities": "&", "addresses": "http://a.example/).", "quotes": "> - "}


def measure(*, quick: bool) -> float:
    typed = (PROSE * (LENGTH // len(PROSE) + 1))[:LENGTH]
    markdown = MarkdownIt("commonmark")
    ratios = []
    for _ in range(5 if quick else 30):
        alone, ours = timed(lambda: markdown.render(typed)), timed(lambda: to_html(typed))
        ratios.append(ours / alone)
    print(f"  {len(typed):,} characters: CommonMark alone {alone * 1e3:.1f} ms, safe HTML {ours * 1e3:.1f} ms")
    for name, piece in HOSTILE.items():
        for length in (LENGTH, 5 * LENGTH):
            best = min(timed(lambda: to_html(piece * (length // len(piece)))) for _ in range(2))  # noqa: B023
            print(f"  {length:,} characters of {name}: {best * 1e3:.0f} ms")
    return statistics.median(ratios)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
