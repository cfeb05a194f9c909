"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.documents.passages import Passage
from assistant.retrieval.keyword_index import Coverage

LEAST_RELEVANCE = -8.0
"""Relevance is bounded by this and its opposite: beyond, a model is only surer of the same."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and how near it is to the query.

    Similarities are cosines: of its label (the nearest wording of an FAQ entry's question, elsewhere
    the heading, or the whole passage if there is none), of the whole passage, and of each of its
    sentences; `dense` is their weighted mean, `coverage` how much of the query's terms is in the passage;
    `relevance` what the reranker says, −8 (also for what it did not read) to 8.
    `question_similarities` are the cosines of the passage's questions, in their order.
    `score` orders the hits of one query and means nothing beyond it.
    """

    passage: Passage
    label_similarity: float
    passage_similarity: float
    sentence_similarities: tuple[float, ...]
    question_similarities: tuple[float, ...]
    dense: float
    coverage: Coverage
    relevance: float
    score: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The hits of a query, best first, each passage once.

    `background` is how near the library as a whole is to the query: the mean `dense` of the fifth to
    tenth nearest passages. A passage that answers stands out from it. `specificity`, 0 to 1, is how much
    the query says at all.
    """

    query: str
    hits: tuple[Hit, ...]
    background: float
    specificity: float
