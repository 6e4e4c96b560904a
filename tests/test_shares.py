"""Two shares make the whole: what a run on one database leaves out, the run on the other asks."""

from __future__ import annotations

import pytest

from tests import shares

CASES = [f"case {number}" for number in range(2_000)]


def asked(monkeypatch: pytest.MonkeyPatch, said: str, one_in: int = 1) -> set[str]:
    ours, parts = shares.parts_of(said)
    monkeypatch.setattr(shares, "WHOLE", False)
    monkeypatch.setattr(shares, "OURS", ours)
    monkeypatch.setattr(shares, "PARTS", parts)
    return {case for case in CASES if shares.in_share(case, one_in)}


def test_two_shares_make_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (asked(monkeypatch, said) for said in ("1-2/3", "3/3"))
    print(f"{len(CASES)} cases: {len(first)} in the first share, {len(second)} in the second")
    assert first | second == set(CASES)
    assert not first & second
    assert 1.8 < len(first) / len(second) < 2.2


def test_one_share_alone_is_everything_and_a_sample_is_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "1/1") == set(CASES)
    assert 100 < len(asked(monkeypatch, "1/1", one_in=10)) < 300
    assert not asked(monkeypatch, "1-2/3", one_in=10) & asked(monkeypatch, "3/3", one_in=10)
