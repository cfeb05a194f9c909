"""Puts the best hits in the order of how well each, read together with the query, answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.retrieval.fusion import Fusion
from assistant.retrieval.hits import LEAST_RELEVANCE, Hit

READ = 10
"""Hits that are read again (`docs/decisions/0011-reranking.md`)."""
READ_SURE = 5
"""The same where the first of them has a question that is nearly what was asked."""
_SURE = 0.7
"""Cosine from which it is."""


class Reranker(Protocol):
    """Reads a query and a text together."""

    def relevance(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Give the log-odds that each text answers the query, each text read by itself."""


def to_read(hits: Sequence[Hit]) -> int:
    """Give how many of the hits of a query, which come best first, are worth reading."""
    is_sure = bool(hits) and bool(hits[0].passage.questions) and hits[0].label_similarity >= _SURE
    return READ_SURE if is_sure else READ


def rerank(reranker: Reranker, query: str, hits: Sequence[Hit], fusion: Fusion, count: int) -> tuple[Hit, ...]:
    """Give hits, which come best first, with their weighed relevance added to their scores, best first again.

    Hits beyond the first `count` are not read: they count as least relevant, and stay behind those that were.
    """
    texts = [_text(hit) for hit in hits[:count]]
    read = [max(LEAST_RELEVANCE, min(-LEAST_RELEVANCE, value)) for value in reranker.relevance(query, texts)]
    relevance = [*read, *[LEAST_RELEVANCE] * (len(hits) - len(read))]
    weighed = (
        replace(hit, relevance=value, score=hit.score + _weight(fusion, hit) * value)
        for hit, value in zip(hits, relevance, strict=True)
    )
    return tuple(sorted(weighed, key=lambda hit: (-hit.score, hit.passage.id)))


def _weight(fusion: Fusion, hit: Hit) -> float:
    return fusion.relevance if hit.passage.questions else fusion.text_relevance


def _text(hit: Hit) -> str:
    return f"{'. '.join((hit.passage.title, *hit.passage.heading))}. {hit.passage.text}"
