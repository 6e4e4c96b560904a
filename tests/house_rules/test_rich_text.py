"""Typed text becomes safe HTML and nothing else, by 100,000 made-up texts in the full run and fewer in each."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from markdown_it import MarkdownIt

from tests.shares import WHOLE
from trustwide.engines.text import to_html
from trustwide.engines.text.rendering import _CLEANER
from trustwide.engines.text.tests.checking import PROSE, Reader, made_up, wrong_in

pytestmark = pytest.mark.seen_once  # no database

TEXTS = 100_000 if WHOLE else 3_000
LONG, MOST = 20_000, 0.05  # characters, and seconds of the processor
TIMES_LONGER, TIMES_SLOWER = 16, 48  # in proportion it is 16; where each letter looks at all others, 256


def texts() -> list[str]:
    chance = random.Random() if WHOLE else random.Random(3)
    return [made_up(chance) for _ in range(TEXTS)]


def test_any_text_becomes_safe_html() -> None:
    seen: Counter[str] = Counter()
    for typed in texts():
        html = to_html(typed)
        assert wrong_in(html) == [], ascii(typed)
        assert _CLEANER.clean(html) == html, ascii(typed)
        reader = Reader()
        reader.feed(html)
        seen["links"] += len(reader.links)
        seen["texts with marks"] += html.count("<") > 2
    print(f"{TEXTS:,} texts, {dict(seen)}; 0 of them unsafe, 0 changed by cleaning again")
    assert min(seen.values()) > TEXTS / 100


def test_control_a_renderer_without_the_allow_list_fails() -> None:
    markdown = MarkdownIt("commonmark")
    failed = sum(
        bool(wrong_in(markdown.render(typed.replace("\ud800", "").replace("\udfff", "")))) for typed in texts()[:2_000]
    )
    print(f"2,000 texts, {failed} of them unsafe without the allow-list")
    assert failed > 200


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>a</p>",
        '<a href="java&#10;script:x">a</a>',
        "<img>",
        "<!-- x -->",
        '<a href="https://a.example">a</a>',
        "<p>",
        "</p>",
    ],
)
def test_control_what_is_unsafe_is_seen(html: str) -> None:
    assert wrong_in(html)


def test_time_grows_with_the_text_and_no_faster() -> None:
    short = PROSE * (2_000 // len(PROSE) + 1)
    few, many = (min(timed(typed) for _ in range(7)) for typed in (short, short * TIMES_LONGER))
    print(f"{TIMES_LONGER} times the text takes {many / few:.0f} times as long, at most {TIMES_SLOWER}")
    assert many < TIMES_SLOWER * few


@pytest.mark.skipif(not WHOLE, reason="a figure of a quiet machine")
def test_a_long_text_is_quick() -> None:
    typed = (PROSE * (LONG // len(PROSE) + 1))[:LONG]
    best = min(timed(typed) for _ in range(7))
    print(f"{LONG:,} characters in {best * 1e3:.1f} ms, at most {MOST * 1e3:.0f}")
    assert best < MOST


def timed(typed: str) -> float:
    started = time.process_time()
    to_html(typed)
    return time.process_time() - started
