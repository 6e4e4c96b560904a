"""Learns from `lexicon/examples.txt`, and writes `lexicon/learned.npy` and `learned.json`.

Run it after a change to the examples or to the model: `python -m trustwide.engines.matching.tests.training`.
It also prints weights for `judging.py`, fitted on the examples as though they had not been learned from (in fifths).
"""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.matching.learned import examples
from trustwide.engines.matching.signs import LEXICON
from trustwide.engines.meaning import vectors

Table = NDArray[np.float64]
ROUNDS, PULL = 8, 1.0


def fitted(given: Table, wanted: Table, pull: float, even: bool) -> Table:
    """Logistic regression by Newton's method; the last number is the constant. `even` weighs yes and no alike."""
    table = np.c_[given, np.ones(len(given))]
    weights = np.zeros(table.shape[1])
    share = np.where(wanted > 0, 0.5 / max(wanted.mean(), 1e-9), 0.5 / max(1 - wanted.mean(), 1e-9))
    counts = share if even else np.ones(len(wanted))
    ridge = np.r_[np.full(given.shape[1], pull), 0.0]
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (counts * (likely - wanted)) + ridge * weights
        bend = (table.T * (counts * likely * (1 - likely))) @ table + np.diag(ridge + 1e-9)
        weights -= np.linalg.solve(bend, slope)
    return weights


def meanings_learned(made: Table, labels: Table) -> Table:
    return np.array([fitted(made, labels[:, column], PULL, even=True) for column in range(labels.shape[1])])


def main() -> None:
    held = examples()
    names = sorted({meaning for each in held for meaning in each.meanings})
    made = vectors([each.text for each in held]).astype(np.float64)
    labels = np.array([[name in each.meanings for name in names] for each in held], float)
    np.save(LEXICON / "learned.npy", meanings_learned(made, labels).astype(np.float16))
    (LEXICON / "learned.json").write_text(json.dumps(names) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
