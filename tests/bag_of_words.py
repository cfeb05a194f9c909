"""Models that can be worked out by hand: an embedder that counts stems, a reranker that counts shared ones."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from assistant.retrieval.embedding import Progress, Vectors, unit_vectors
from assistant.retrieval.terms import terms


class BagOfWords:
    """Texts with the same words are near; one without words points along the first axis, which no word has."""

    def __init__(self, model: str = "bag-of-words", dimension: int = 256) -> None:
        self.model = model
        self.dimension = dimension

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        counts = np.zeros((len(texts), self.dimension))
        for row, text in enumerate(texts):
            for term in terms(text):
                counts[row, 1 + zlib.crc32(term.encode()) % (self.dimension - 1)] += 1
            if not counts[row].any():
                counts[row, 0] = 1
        if progress is not None:
            progress(len(texts))
        return unit_vectors(counts, len(texts), self.dimension)

    def embed_query(self, text: str) -> Vectors:
        return self.embed([text])


class SharedWords:
    """A text is the more relevant the more of the query's stems it has: −8 for none, 8 for all."""

    def relevance(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        wanted = set(terms(query))
        return tuple(16 * len(wanted.intersection(terms(text))) / max(1, len(wanted)) - 8 for text in texts)
