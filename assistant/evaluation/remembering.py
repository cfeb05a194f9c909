"""Spares models work that they have done: versions that are compared share most of their passages and all questions."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.retrieval.embedding import Embedder, Progress, Vectors
from assistant.retrieval.reranking import Reranker

Remembered = tuple[dict[str | tuple[str, ...], Vectors], dict[tuple[str, str], float]]


class RememberingModels:
    """An embedder and a reranker that work out the same figure once."""

    def __init__(self, embedder: Embedder, reranker: Reranker) -> None:
        self._embedder = embedder
        self._reranker = reranker
        self._vectors: dict[str | tuple[str, ...], Vectors] = {}
        self._relevance: dict[tuple[str, str], float] = {}
        self.model = embedder.model
        self.dimension = embedder.dimension

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed texts as the embedder does."""
        key = tuple(texts)
        if key not in self._vectors:
            self._vectors[key] = self._embedder.embed(texts, progress)
        return self._vectors[key]

    def embed_query(self, text: str) -> Vectors:
        """Embed a question as the embedder does."""
        if text not in self._vectors:
            self._vectors[text] = self._embedder.embed_query(text)
        return self._vectors[text]

    def relevance(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Read texts as the reranker does."""
        new = [text for text in texts if (query, text) not in self._relevance]
        read = self._reranker.relevance(query, new)
        self._relevance.update({(query, text): value for text, value in zip(new, read, strict=True)})
        return tuple(self._relevance[query, text] for text in texts)

    @property
    def remembered(self) -> Remembered:
        """What was worked out so far, to be given to `remember` in another run."""
        return self._vectors, self._relevance

    def remember(self, remembered: Remembered) -> None:
        """Take over what another run has worked out."""
        vectors, relevance = remembered
        self._vectors.update(vectors)
        self._relevance.update(relevance)
