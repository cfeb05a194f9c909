"""Says how far a figure from few questions can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

_RESAMPLES = 2000
_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `count` questions with its 95 % interval; all NaN of none."""

    value: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f}) of {self.count}"


def share(values: Sequence[float], clusters: Sequence[str]) -> Share:
    """Give the mean of values, each of a cluster, with a percentile bootstrap over clusters.

    Questions about one document stand or fall together, so whole clusters are drawn (Field and Welsh,
    2007). The same values give the same interval.
    """
    if not values:
        return Share(float("nan"), float("nan"), float("nan"), 0)
    _, cluster_of = np.unique(np.array(clusters), return_inverse=True)
    sums = np.bincount(cluster_of, weights=np.array(values, dtype=float))
    counts = np.bincount(cluster_of)
    drawn = np.random.default_rng(0).integers(len(counts), size=(_RESAMPLES, len(counts)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Share(float(np.mean(values)), float(low), float(high), len(values))


def risk_bound(wrong: int, answers: int) -> float:
    """Give the share of wrong answers that is not exceeded, at 95 % confidence (Clopper and Pearson, 1934).

    1 if there are no answers.
    """
    if not answers:
        return 1.0
    return float(binomtest(wrong, answers, alternative="less").proportion_ci(_LEVEL, method="exact").high)
