"""Ranks passages by an array of scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.peers.trial import RANKED

Scores = np.ndarray[tuple[int], np.dtype[np.float32]]
"""One score for each passage, in the corpus' order."""


def best(ids: Sequence[str], scores: Scores) -> tuple[str, ...]:
    """Give the ids of the best passages; of equal ones the first in the corpus."""
    return tuple(ids[i] for i in np.argsort(-scores, kind="stable")[:RANKED])


def scaled(scores: Scores) -> Scores:
    """Scale scores to 0 for the lowest and 1 for the highest; all alike are 0."""
    span = scores.max() - scores.min()
    return (scores - scores.min()) / span if span else np.zeros_like(scores)
