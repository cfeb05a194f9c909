"""Puts the best hits in the order of how well each, read together with the query, answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.retrieval.hits import LEAST_RELEVANCE, Hit

READ = 5
"""Hits that are read again: more of them moved no figure (`docs/decisions/0011-reranking.md`)."""


class Reranker(Protocol):
    """Reads a query and a text together."""

    def relevance(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Give the log-odds that each text answers the query, each text read by itself."""


def rerank(reranker: Reranker, query: str, hits: Sequence[Hit], weight: float, count: int = READ) -> tuple[Hit, ...]:
    """Give hits, which come best first, with `weight` × relevance added to their scores, best first again.

    Hits beyond the first `count` are not read: they count as least relevant, and stay behind those that were.
    """
    texts = [_text(hit) for hit in hits[:count]]
    read = [max(LEAST_RELEVANCE, min(-LEAST_RELEVANCE, value)) for value in reranker.relevance(query, texts)]
    relevance = [*read, *[LEAST_RELEVANCE] * (len(hits) - len(read))]
    weighed = (
        replace(hit, relevance=value, score=hit.score + weight * value)
        for hit, value in zip(hits, relevance, strict=True)
    )
    return tuple(sorted(weighed, key=lambda hit: (-hit.score, hit.passage.id)))


def _text(hit: Hit) -> str:
    return f"{'. '.join((hit.passage.title, *hit.passage.heading))}. {hit.passage.text}"
