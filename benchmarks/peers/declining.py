"""Measures how well confidences tell answerable from unanswerable questions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

_WRONGLY_ANSWERED = 0.05


@dataclass(frozen=True, slots=True)
class Judged:
    """A query's confidence, whether it can be answered, and whether a relevant passage stood high enough."""

    confidence: float
    answerable: bool
    found: bool


def auroc(judged: Sequence[Judged]) -> float:
    """Give the chance that an answerable query has the higher confidence; a tie counts half.

    Not a number if all queries are answerable, or none.
    """
    unsure = sorted(one.confidence for one in judged if not one.answerable)
    sure = [one.confidence for one in judged if one.answerable]
    if not sure or not unsure:
        return nan
    below = sum(bisect_left(unsure, value) + bisect_right(unsure, value) for value in sure)
    return below / 2 / len(sure) / len(unsure)


def answered_safely(judged: Sequence[Judged]) -> float:
    """Give the share of answerable queries answered correctly while at most 5 % of the unanswerable get an answer.

    An answer is given from a confidence on: the lowest observed one that keeps to the 5 %. Not a number if all
    queries are answerable, or none.
    """
    unsure = sorted(one.confidence for one in judged if not one.answerable)
    answerable = [one for one in judged if one.answerable]
    if not answerable or not unsure:
        return nan
    for threshold in sorted({one.confidence for one in judged}):
        if len(unsure) - bisect_left(unsure, threshold) <= _WRONGLY_ANSWERED * len(unsure):
            return sum(one.found and one.confidence >= threshold for one in answerable) / len(answerable)
    return 0.0
