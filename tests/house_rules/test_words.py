"""Words on screens: plain enough for a reader of fourteen, and none that our list of words replaces."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.house_rules import spoken
from tests.house_rules.reading import Reading
from tests.house_rules.world import ASKED, World
from tests.makers import client_of
from tests.shares import sampled
from trustwide.engines.words import reading_age

pytestmark = [pytest.mark.seen_once, pytest.mark.django_db]  # the words of a page are ours

OLDEST_READER = 14
BANNED = (
    "pilot", "roll-out", "rollout", "benefits logic map", "gemba", "stand-up", "ticket", "performance failure",
    "pass/fail", "target setting", "rebase", "lessons identified", "de-scope", "PPI rep", "efficiency", "stakeholders?",
)  # fmt: skip
#: Said only where we say why we do without it.
RAG = re.compile(r"\bred\W+amber\b|\bamber\b|\bRAG\b")
MAY_SAY_RAG = {"/reading-charts/", "/willow-park/reports/"}


def banned_words(text: str, path: str) -> list[str]:
    found = [word for word in BANNED if re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    return found + ([] if path in MAY_SAY_RAG else RAG.findall(text))


@pytest.fixture(scope="module")
def pages(made_world: World, django_db_blocker: Any) -> dict[str, str]:
    """Every page as it is sent, looked at once; in a short run one in two."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        client = client_of(made_world.trust.everyone)
        paths = [path for path in made_world.pages(ASKED) if not path.endswith(".pdf") and sampled(path, one_in=2)]
        return {path: client.get(path).content.decode() for path in paths}


def test_pages_are_plain(pages: dict[str, str]) -> None:
    ages = {path: reading_age(Reading(page).seen) or 0.0 for path, page in pages.items()}
    for path, age in sorted(ages.items(), key=lambda each: -each[1]):
        print(f"  {age:4.1f} {path}")
    print(f"{len(ages)} pages; estimated reading age, at most {OLDEST_READER}")
    assert {path: age for path, age in ages.items() if age > OLDEST_READER} == {}


def too_hard(texts: dict[str, str]) -> dict[str, float]:
    """What reads older than it may, with the age; the five hardest are printed."""
    ages = {name: reading_age(text) or 0.0 for name, text in texts.items()}
    for name, age in sorted(ages.items(), key=lambda each: -each[1])[:5]:
        print(f"  {age:4.1f} {name}")
    return {name: age for name, age in ages.items() if age > OLDEST_READER}


def test_what_is_said_beside_pages_is_plain(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    doors, fronts = spoken.pages_of_doors(world, monkeypatch), spoken.front_pages(world)
    wrong, failed = spoken.pages_of_errors(world, client), spoken.pages_of_failures(world, monkeypatch)
    sent = spoken.all_letters(world)
    print(
        f"{len(doors)} pages of signing in, {len(failed)} of failures, {len(wrong)} of forms that are refused, "
        f"{len(fronts)} front pages, {len(sent)} letters; at most {OLDEST_READER}"
    )
    assert {"400", "403", "403 of a role", "404", "409", "422", "429", "500", "503"} == set(failed)
    assert min(len(doors), len(wrong), len(fronts)) >= 12
    assert len(sent) >= 8
    pages = doors | fronts | wrong | failed
    assert too_hard({name: Reading(page).seen for name, page in pages.items()} | sent) == {}
    said = {name: re.sub(r"<[^>]+>", " ", page) for name, page in pages.items()} | sent
    assert {name: found for name, text in said.items() if (found := banned_words(text, name))} == {}


def test_control_a_hard_letter_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    hard = "Multidisciplinary organisational transformation necessitates comprehensive prioritisation of deliverables."
    assert too_hard({"letter": f"Hello. {hard} {hard}", "other": "You are asked to help. Open this link."}).keys() == {
        "letter"
    }


def test_pages_use_our_words(pages: dict[str, str]) -> None:
    found = {path: banned_words(re.sub(r"<[^>]+>", " ", page), path) for path, page in pages.items()}
    print(f"{len(pages)} pages, {len(BANNED)} words we do without")
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("text", ["Engage stakeholders.", "a Gemba walk", "Red, amber and green", "rated RAG"])
def test_control_banned_words_are_seen(text: str) -> None:
    assert banned_words(text, "/")


def test_control_hard_words_read_older() -> None:
    hard = "Multidisciplinary organisational transformation necessitates comprehensive stakeholder prioritisation."
    ages = [reading_age(text) or 0.0 for text in ("We ask what changed. We try it out.", hard)]
    assert 0 < ages[0] < OLDEST_READER < ages[1]
