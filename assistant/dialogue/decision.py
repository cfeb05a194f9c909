"""Decides whether the library answers a query, by a model and a threshold that were fitted on labelled questions."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from math import exp

from assistant.retrieval.hits import Hit, Retrieval
from assistant.retrieval.names import names

_FIRST = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a hit.

    `dense` as in a hit, `coverage` the share of the query's terms that the passage has, `missing` the
    rarity of the rarest it lacks, `margin` how far `dense` stands out from the library as a whole,
    `relevance` the reranker's log-odds by tens, `specificity` how much the query says, `asked` 1 if the
    passage has questions of its own to be found by, else 0: all of a size.
    """

    dense: float
    coverage: float
    missing: float
    margin: float
    relevance: float
    specificity: float
    asked: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic model of the evidence, and the confidence from which a passage is quoted as an answer, or as closest.

    All figures are what `python -m assistant.evaluation calibrate` gives (`docs/decisions/0006-abstention.md`);
    `questions` is the beginning of the SHA-256 of the questions they come from.
    """

    intercept: float = -5.012
    weights: Evidence = Evidence(
        dense=5.247, coverage=0.958, missing=-0.792, margin=4.375, relevance=0.622, specificity=0.727, asked=0.928
    )
    answer: float = 0.695
    closest: float = 0.2
    questions: str = "cdcdb4bcdf089621"


def evidence(retrieval: Retrieval, hit: Hit) -> Evidence:
    """Give what speaks for a hit of a retrieval."""
    return Evidence(
        hit.dense,
        hit.coverage.share,
        hit.coverage.missing,
        hit.dense - retrieval.background,
        hit.relevance / 10,
        retrieval.specificity,
        float(bool(hit.passage.questions)),
    )


def best_hit(retrieval: Retrieval) -> Hit | None:
    """Give the first hit that names each state and bill that the query names, `None` if there is none."""
    return next((hit for hit in retrieval.hits if _names_all(retrieval.query, hit)), None)


def confidence(decision: Decision, retrieval: Retrieval, hit: Hit) -> float:
    """Give the probability, 0 to 1, that a hit answers the query, as far as the model can tell.

    0 if the query names a state or a bill that the passage does not.
    """
    if not _names_all(retrieval.query, hit):
        return 0.0
    terms = zip(astuple(decision.weights), astuple(evidence(retrieval, hit)), strict=True)
    return 1 / (1 + exp(-decision.intercept - sum(weight * value for weight, value in terms)))


def best_confidence(decision: Decision, retrieval: Retrieval) -> float:
    """Give the highest confidence in one of the first hits: a query is answered if this reaches the threshold.

    Where several passages say nearly the same, the surest speaks for the one that is ranked first.
    """
    return max((confidence(decision, retrieval, hit) for hit in retrieval.hits[:_FIRST]), default=0.0)


def _names_all(query: str, hit: Hit) -> bool:
    passage = hit.passage
    return names(query) <= names("\n".join((passage.title, *passage.heading, *passage.questions, passage.text)))
