"""Weighs the similarities of a passage's fields and its keyword score into one score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights, chosen by measurement (`docs/decisions/0005-fusion.md`).

    `question` is the share of an FAQ entry's question against its passage, `heading` that of any other
    section's heading, `sentence` that of the best sentence against the whole passage, `keyword` that
    of BM25 against all similarities, `text_keyword` the same for a passage without questions of its own.
    For each unit of the reranker's log-odds `relevance` is added to a passage that has questions of its
    own, for it is found by these, and `text_relevance` to any other.
    """

    question: float = 0.6
    heading: float = 0.15
    sentence: float = 0.5
    keyword: float = 0.15
    text_keyword: float = 0.2
    relevance: float = 0.03
    text_relevance: float = 0.06


def dense_score(fusion: Fusion, label: float, passage: float, sentences: Sequence[float], *, asked: bool) -> float:
    """Weigh the cosines of a passage's fields."""
    text = _mix(fusion.sentence, max(sentences), passage)
    return _mix(fusion.question if asked else fusion.heading, label, text)


def fuse(fusion: Fusion, dense: float, keyword: float, *, asked: bool) -> float:
    """Weigh a dense score and a BM25 score that was divided by the best one of the query."""
    return _mix(fusion.keyword if asked else fusion.text_keyword, keyword, dense)


def _mix(share: float, first: float, second: float) -> float:
    return share * first + (1 - share) * second
