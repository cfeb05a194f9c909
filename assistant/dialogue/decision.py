"""Decides whether the library answers a query, by a threshold that was measured."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.dialogue.names import names
from assistant.retrieval.hits import Hit, Retrieval


@dataclass(frozen=True, slots=True)
class Decision:
    """What the decision reads, chosen by measurement (`docs/decisions/0006-abstention.md`).

    `coverage` is the weight of the share of the query's terms that a passage has, `margin` that of
    how far the passage stands out from the library as a whole, `answer` the confidence from which a
    passage is quoted.
    """

    coverage: float = 0.6
    margin: float = 2.0
    answer: float = 1.25


def confidence(decision: Decision, retrieval: Retrieval, hit: Hit) -> float:
    """Give how sure we are that a hit answers the query: a weighted sum, no probability.

    0 if the query names a state or a bill that the passage does not.
    """
    passage = hit.passage
    context = "\n".join((passage.title, *passage.heading, *passage.questions, passage.text))
    if names(retrieval.query) - names(context):
        return 0.0
    margin = hit.dense - retrieval.background
    return hit.dense + decision.coverage * hit.coverage + decision.margin * margin


def best_confidence(decision: Decision, retrieval: Retrieval) -> float:
    """Give the highest confidence of any hit: a query is answered if this reaches the threshold."""
    return max((confidence(decision, retrieval, hit) for hit in retrieval.hits), default=0.0)
